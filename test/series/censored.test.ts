import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unmetPeriods } from '../../src/series/censored.ts'

test('of periods out of stock, no sale and less than the median of those in stock are no demand; more stands', () => {
  const values = Float64Array.of(10, 0, 12, 4, 30, 9, Number.NaN, 0)
  const out = new Set([1, 3, 4, 6])
  assert.deepEqual(
    unmetPeriods(values, (t) => out.has(t)),
    [1, 3],
  )
  assert.deepEqual(
    unmetPeriods(values, () => false),
    [],
  )
  // nothing was ever in stock: then only no sale is known to be none
  assert.deepEqual(
    unmetPeriods(Float64Array.of(0, 3), () => true),
    [0],
  )
})
