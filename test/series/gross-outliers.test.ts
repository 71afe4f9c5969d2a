import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forecastSeries } from '../../src/automl/forecast-series.ts'
import { DEFAULT_CONFIG } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'
import { grossOutliers } from '../../src/series/gross-outliers.ts'

const sales = Array.from({ length: 60 }, (_, t) => 100 + ((t * 7) % 11) + 30 * Math.sin((t * Math.PI) / 6))
const changed = (changes: Record<number, number>): Float64Array =>
  Float64Array.from(sales, (value, t) => changes[t] ?? value)

test('a slipped decimal comma is found, wherever it stands', () => {
  for (const at of [0, 17, 59]) assert.deepEqual(grossOutliers(changed({ [at]: sales[at]! * 100 }), 12), [at])
})

test('promotions, recurring peaks, new levels, sparse and flat series are left alone', () => {
  assert.deepEqual(grossOutliers(changed({ 20: 700 }), 12), [])
  assert.deepEqual(grossOutliers(changed({ 11: 9000, 23: 9000, 35: 9000, 47: 9000 }), 12), [])
  assert.deepEqual(grossOutliers(changed({ 23: 9000, 35: 9500 }), 12), [], 'a year apart')
  assert.deepEqual(grossOutliers(changed({ 58: 9000, 59: 9100 }), 12), [], 'two in a row: a new level')
  const sparse = Float64Array.from({ length: 60 }, (_, t) => (t === 30 ? 500 : t % 7 === 0 ? 1 : 0))
  assert.deepEqual(grossOutliers(sparse, 1), [])
  assert.deepEqual(grossOutliers(new Float64Array(60).fill(5).with(9, 5000), 1), [])
})

test('it is set aside for the forecast, and said', () => {
  const options = optionsFor({ name: 'tea', calendar: null }, DEFAULT_CONFIG, 6)
  const forecast = (values: Float64Array) =>
    forecastSeries({ name: 'tea', values, seasonLength: 12, calendar: null }, options)
  const outcome = forecast(changed({ 40: 12_000 }))
  const { code, severity, params } = outcome.problems[0]!
  assert.deepEqual([code, severity, params.value, params.period], ['outlier_set_aside', 'warning', 12_000, '41'])
  assert.deepEqual(outcome.forecast, forecast(changed({ 40: Number.NaN })).forecast)
})
