import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSeasonal, naive2 } from '../../bench/naive2.ts'

/** The full comparison, with the organisers' forecasts of 23,148 series, is part of `npm run bench:accuracy`. */
const pattern = [0.5, 1, 1.5, 1]

test('no season: the last value; too short for the test: the same', () => {
  assert.deepEqual([...naive2(Float64Array.of(3, 1, 4, 1, 5), 1, 3)], [5, 5, 5])
  const short = Float64Array.from({ length: 11 }, (_, t) => 100 * pattern[t % 4]!)
  assert.equal(isSeasonal(short, 4), false)
  assert.deepEqual([...naive2(short, 4, 2)], [150, 150])
})

test('a pure season is continued from where the history ends', () => {
  const values = Float64Array.from({ length: 22 }, (_, t) => 100 * pattern[t % 4]!)
  assert.equal(isSeasonal(values, 4), true)
  const expected = [150, 100, 50, 100, 150]
  naive2(values, 4, 5).forEach((value, h) => {
    assert.ok(Math.abs(value - expected[h]!) < 1e-9)
  })
})
