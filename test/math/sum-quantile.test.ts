import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median, quantile, quantileSorted } from '../../src/math/quantile.ts'
import { mean, standardDeviation, sum, variance } from '../../src/math/sum.ts'

test('the sum keeps what a plain loop loses', () => {
  assert.equal(sum([1, 1e100, 1, -1e100]), 2) // Neumaier's example; a plain loop gives 0
  assert.equal(sum([]), 0)
  assert.equal(sum(new Float64Array(1_000_000).fill(0.1)), 100000)
  assert.equal(sum([1, Number.POSITIVE_INFINITY]), Number.POSITIVE_INFINITY)
  assert.ok(Number.isNaN(sum([1, Number.NaN])))
})

test('mean and variance on a large offset', () => {
  const values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]
  assert.equal(mean(values), 1e9 + 10)
  assert.equal(variance(values), 30)
  assert.equal(variance(values, 0), 22.5)
  assert.equal(standardDeviation([1, 1, 1]), 0)
  assert.ok(Number.isNaN(variance([1])) && Number.isNaN(mean([])))
})

test('quantiles as type 7 of R', () => {
  // R: quantile(c(1, 3, 4, 8, 20), c(0, .1, .5, .9, 1)) is 1, 1.8, 4, 15.2, 20
  const sorted = [1, 3, 4, 8, 20]
  assert.equal(quantileSorted(sorted, 0), 1)
  assert.ok(Math.abs(quantileSorted(sorted, 0.1) - 1.8) < 1e-12)
  assert.equal(quantileSorted(sorted, 0.5), 4)
  assert.ok(Math.abs(quantileSorted(sorted, 0.9) - 15.2) < 1e-12)
  assert.equal(quantileSorted(sorted, 1), 20)
  assert.ok(Number.isNaN(quantileSorted([], 0.5)) && Number.isNaN(quantileSorted(sorted, 1.2)))
})

test('missing values are left out', () => {
  assert.equal(median(Float64Array.of(5, Number.NaN, 1, 3)), 3)
  assert.equal(quantile(Float64Array.of(Number.NaN, 2, 4), 0.5), 3)
})
