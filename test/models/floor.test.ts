import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomStream } from '../../src/math/random.ts'
import { quantileAt, totalQuantile } from '../../src/models/bands.ts'
import { floored } from '../../src/models/floor.ts'
import type { Forecast } from '../../src/models/forecast.ts'

const normal: Forecast = {
  mean: Float64Array.of(2, 2, 2, 2),
  spread: { kind: 'normal', sd: Float64Array.of(3, 3, 3, 3), response: Float64Array.of(1, 0, 0, 0) },
}

test('below zero is zero, above nothing changes', () => {
  const forecast = floored(normal)
  for (const p of [0.001, 0.05, 0.2]) assert.ok(quantileAt(forecast, p).every((value) => value === 0))
  for (const p of [0.5, 0.9, 0.99])
    assert.ok(Math.abs(quantileAt(forecast, p)[0]! - quantileAt(normal, p)[0]!) < 0.02, `${p}`)
})

test('totals are those of quantities that are never negative', () => {
  // four times max(0, X): against a plain simulation
  const random = randomStream('floor')
  const sums = Float64Array.from({ length: 200_000 }, () => {
    let sum = 0
    for (let h = 0; h < 4; h++) sum += Math.max(0, 2 + 3 * random.normal())
    return sum
  }).sort()
  for (const p of [0.1, 0.5, 0.95]) {
    const expected = sums[Math.floor(p * sums.length)]!
    const found = totalQuantile(floored(normal), 1, 4, p, randomStream('total'))
    // 2,000 draws leave a quantile this uncertain
    assert.ok(Math.abs(found - expected) < 0.5, `${p}: ${found} against ${expected}`)
  }
  assert.ok(totalQuantile(normal, 1, 4, 0.1, randomStream('total')) < 1, 'the unfloored total goes lower')
})

test('a forecast far from zero is left as it is', () => {
  const high = { ...normal, mean: normal.mean.map((value) => value + 1000) }
  assert.equal(floored(high).spread, high.spread)
})
