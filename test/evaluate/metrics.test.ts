import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  coverage,
  mae,
  mase,
  msis,
  owa,
  pinball,
  rmse,
  rmsse,
  scaledPinball,
  seasonalNaiveMae,
  seasonalNaiveMse,
  smape,
} from '../../src/evaluate/metrics.ts'

const of = (...values: number[]): Float64Array => Float64Array.from(values)
const close = (found: number, expected: number): void =>
  assert.ok(Math.abs(found - expected) <= 1e-12 * Math.max(1, Math.abs(expected)), `${found} is not ${expected}`)
const missing = Number.NaN

test('absolute and squared errors, by hand', () => {
  close(mae(of(3, 5, 10), of(1, 8, 10)), 5 / 3)
  close(rmse(of(3, 5, 10), of(1, 8, 10)), Math.sqrt(13 / 3))
  close(mae(of(3, missing, 10), of(1, 8, 10)), 1)
  assert.ok(Number.isNaN(mae(of(missing), of(1))))
})

test('sMAPE as in M4: 0 to 200, two zeros count nothing, signs do not cancel', () => {
  close(smape(of(100, 0, 50), of(50, 0, 50)), 200 / 9) // (200·50/150 + 0 + 0) / 3
  close(smape(of(0), of(7)), 200)
  close(smape(of(-1), of(1)), 200)
  close(smape(of(100, missing), of(50, 1)), 200 / 3)
})

test('scales: seasonal differences of what is there', () => {
  const train = of(1, 4, 2, 8, missing, 9)
  close(seasonalNaiveMae(train, 1), (3 + 2 + 6) / 3)
  close(seasonalNaiveMae(train, 2), (1 + 4 + 1) / 3) // 2−1, 8−4, 9−8; the pair (2, missing) is left out
  close(seasonalNaiveMse(train, 2), (1 + 16 + 1) / 3)
  assert.ok(Number.isNaN(seasonalNaiveMae(train, 6)))
})

test('scaled errors', () => {
  close(mase(of(10, 12), of(9, 15), 4), 0.5)
  close(rmsse(of(10, 12), of(9, 15), 4), Math.sqrt(5) / 2)
  assert.equal(mase(of(1), of(2), 0), Number.POSITIVE_INFINITY)
  assert.ok(Number.isNaN(mase(of(1), of(1), 0)))
  close(owa(12, 1.5, 16, 2), 0.75)
})

test('pinball: the weight depends on the side', () => {
  close(pinball(of(10), of(6), 0.9), 3.6)
  close(pinball(of(6), of(10), 0.9), 0.4)
  close(pinball(of(10, 6, missing), of(6, 10, 0), 0.9), 2)
  close(pinball(of(3, 5), of(1, 8), 0.5), mae(of(3, 5), of(1, 8)) / 2)
})

test('scaled pinball has no unit; scale 0 is NaN for a perfect forecast and Infinity otherwise', () => {
  const [actual, quantiles] = [Float64Array.of(4, 0), Float64Array.of(2, 2)]
  assert.equal(scaledPinball(actual, quantiles, 0.9, 2), pinball(actual, quantiles, 0.9) / 2)
  assert.equal(scaledPinball(actual, quantiles, 0.9, 0), Number.POSITIVE_INFINITY)
  assert.ok(Number.isNaN(scaledPinball(actual, actual, 0.9, 0)))
})

test('intervals: width plus 40 times what lies outside 95 %', () => {
  close(msis(of(5, 12, -1), of(0, 0, 0), of(10, 10, 10), 0.95, 2), (10 + 10 + 10 + 40 * 2 + 40 * 1) / 3 / 2)
  close(coverage(of(5, 10, -1, missing), of(0, 0, 0, 0), of(10, 10, 10, 10)), 2 / 3)
})
