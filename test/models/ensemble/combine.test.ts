import assert from 'node:assert/strict'
import { test } from 'node:test'
import { band, totalMoments } from '../../../src/models/bands.ts'
import { combine } from '../../../src/models/ensemble/index.ts'
import type { Forecast } from '../../../src/models/forecast.ts'

/** Rounding of a grid that is linear in the normal score between its probabilities. */
const ROUNDING = 1e-12

const normal = (mean: number[], sd: number[], response: number[]): Forecast => ({
  mean: Float64Array.from(mean),
  spread: { kind: 'normal', sd: Float64Array.from(sd), response: Float64Array.from(response) },
})
const one = normal([10, 12], [1, 2], [1, 1])
const other = normal([20, 30], [3, 4], [1, 0])

test('normal forecasts combine to the average centre, width and dependence, and disagreement widens', () => {
  const both = combine([one, other], [1, 3], 'mean')
  assert.deepEqual([...both.mean], [17.5, 25.5])
  // averages of the sd are 2.5 and 3.5, variances between the members 18.75 and 60.75
  const sd = [Math.sqrt(2.5 ** 2 + 18.75), Math.sqrt(3.5 ** 2 + 60.75)]
  const expected = band(normal([17.5, 25.5], sd, [1, 0.25]), 0.8)
  const got = band(both, 0.8)
  for (let h = 0; h < 2; h++) {
    assert.ok(Math.abs(got.lower[h]! - expected.lower[h]!) < ROUNDING * 100)
    assert.ok(Math.abs(got.upper[h]! - expected.upper[h]!) < ROUNDING * 100)
  }
  assert.ok(both.spread.kind === 'quantiles' && both.spread.response[1] === 0.25)
  assert.equal(totalMoments(both, 1, 2).mean, 43)
})

test('the median centre takes the bands with it', () => {
  const third = normal([11, 13], [1, 2], [1, 1])
  const all = combine([one, other, third], [1, 1, 1], 'median')
  assert.deepEqual([...all.mean], [11, 13])
  const { lower, upper } = band(all, 0.95)
  for (let h = 0; h < 2; h++) assert.ok(Math.abs((lower[h]! + upper[h]!) / 2 - all.mean[h]!) < ROUNDING * 100)
})

test('a forecast combined with itself is itself; a member without a spread moves the centre alone', () => {
  const twice = combine([one, one], [1, 2], 'mean')
  assert.deepEqual([...twice.mean], [...one.mean])
  assert.ok(Math.abs(band(twice, 0.8).upper[1]! - band(one, 0.8).upper[1]!) < ROUNDING * 100)
  const silent: Forecast = { mean: Float64Array.of(20, 22), spread: { kind: 'none' } }
  const half = combine([one, silent], [1, 1], 'mean')
  const width = (forecast: Forecast): number => band(forecast, 0.8).upper[0]! - band(forecast, 0.8).lower[0]!
  assert.equal(half.mean[0], 15)
  // one step: sd 1, and 5 either side of the middle
  assert.ok(Math.abs(width(half) - Math.sqrt(1 + 25) * width(one)) < ROUNDING * 100)
  assert.equal(combine([silent, silent], [1, 1], 'mean').spread.kind, 'none')
})
