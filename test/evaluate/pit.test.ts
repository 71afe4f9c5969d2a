import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distanceFromUniform, randomisedPit } from '../../src/evaluate/pit.ts'
import { poissonQuantile } from '../../src/math/distribution/poisson.ts'
import { randomStream } from '../../src/math/random.ts'

const COUNT = 2000
/** 1 % point of Kolmogorov's distance. */
const CRITICAL = 1.63 / Math.sqrt(COUNT)

const pits = (truth: number, believed: number): Float64Array => {
  const random = randomStream(`pit ${truth} ${believed}`)
  const futures = Float64Array.from({ length: 2000 }, (_, i) => poissonQuantile((i + 0.5) / 2000, believed))
  return Float64Array.from({ length: COUNT }, () =>
    randomisedPit(poissonQuantile(random.uniform(), truth), futures, random),
  )
}

test('counts forecast by their own distribution are uniform, by another they are not', () => {
  assert.ok(distanceFromUniform(pits(1.3, 1.3)) < CRITICAL)
  assert.ok(distanceFromUniform(pits(1.3, 2)) > 2 * CRITICAL)
})

test('by hand: below, among and above the futures; nothing of nothing', () => {
  const half = { uniform: () => 0.5, normal: () => 0 }
  const futures = Float64Array.of(0, 0, 1, 3)
  assert.equal(randomisedPit(0, futures, half), 0.25)
  assert.equal(randomisedPit(1, futures, half), 0.625)
  assert.equal(randomisedPit(5, futures, half), 1)
  assert.ok(Number.isNaN(randomisedPit(Number.NaN, futures, half)))
  assert.equal(distanceFromUniform(Float64Array.of(0.25, 0.75)), 0.25)
  assert.ok(Number.isNaN(distanceFromUniform(new Float64Array(0))))
})
