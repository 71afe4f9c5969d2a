import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calmSince } from '../../src/automl/calm-since.ts'
import { randomStream } from '../../src/math/random.ts'

const made = (n: number, level: (t: number) => number): Float64Array => {
  const random = randomStream('calm')
  return Float64Array.from(
    { length: n },
    (_, t) => level(t) * (1 + 0.3 * Math.sin((2 * Math.PI * t) / 12)) + level(t) * 0.1 * random.normal(),
  )
}

test('a history that falls to a hundredth is another one from there on, to within a season', () => {
  const from = calmSince(
    made(180, (t) => (t < 90 ? 1000 : 10)),
    12,
  )
  // the first season after the fall changes from the level before
  assert.ok(from >= 96 && from <= 114, String(from))
  for (let n = 150; n < 180; n++)
    assert.equal(
      calmSince(
        made(n, (t) => (t < 90 ? 1000 : 10)),
        12,
      ),
      from,
    )
  const gaps = made(180, (t) => (t < 90 ? 1000 : 10))
  for (let t = 120; t < 132; t++) gaps[t] = Number.NaN
  assert.ok(Math.abs(calmSince(gaps, 12) - from) <= 12)
})

test('growth, a slow decline, a steady level, an end of all sales and a short history are one history', () => {
  assert.equal(
    calmSince(
      made(180, (t) => 10 * 1.03 ** t),
      12,
    ),
    0,
  )
  assert.equal(
    calmSince(
      made(180, (t) => 1000 * 0.99 ** t),
      12,
    ),
    0,
  )
  assert.equal(
    calmSince(
      made(180, () => 100),
      12,
    ),
    0,
  )
  assert.equal(
    calmSince(
      made(180, (t) => (t < 100 ? 100 : 0)),
      12,
    ),
    0,
  )
  assert.equal(
    calmSince(
      made(70, (t) => (t < 30 ? 1000 : 10)),
      12,
    ),
    0,
  )
})
