import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forecastSeries } from '../../src/automl/forecast-series.ts'
import type { ForecastOptions, Outcome } from '../../src/automl/outcome.ts'
import { randomStream } from '../../src/math/random.ts'
import { MESSAGES } from '../../src/messages.ts'
import type { Series } from '../../src/series/series.ts'
import { noise, share, simulate } from './simulate.ts'

const OPTIONS: ForecastOptions = {
  horizon: 12,
  levels: [0.8, 0.95],
  nonNegative: 'auto',
  validationSplit: 0.2,
  maxModelsToTry: 5,
  effort: 'balanced',
  combination: 'auto',
  confidenceTolerance: 0.25,
  seasonalPreference: false,
  intermittentDetection: true,
  seed: 1,
  holidays: [],
  serviceLevel: 0.95,
  leadTime: 2,
  leadTimeAssumed: false,
  leadTimeSd: 0,
  leadTimes: [],
  serviceMeasure: 'cycle',
  reviewPeriod: 0,
}
const series = (values: ArrayLike<number>, seasonLength = 1, name = 'a'): Series => ({
  name,
  values: Float64Array.from(values),
  seasonLength,
  calendar: null,
})
const run = (values: ArrayLike<number>, seasonLength = 1, options: Partial<ForecastOptions> = {}): Outcome =>
  forecastSeries(series(values, seasonLength), { ...OPTIONS, ...options })
const codes = (outcome: Outcome) => [...outcome.whyChosen, ...outcome.businessRecommendation, ...outcome.risk]
const line = (n: number, slope: number) =>
  simulate(`line${slope}`, n, (t, random) => 300 + slope * t + 0.5 * random.normal())

test('the forecast begins after the last value, not after the part kept for trials', () => {
  const outcome = run(line(200, 1))
  assert.ok(Math.abs(outcome.forecast!.mean[0]! - 500) < 5, `${outcome.forecast!.mean[0]}`)
  assert.equal(outcome.forecast!.mean.length, 12)
})

test('a falling trend is called falling', () => {
  const outcome = run(line(60, -2))
  assert.equal(outcome.pattern, 'trending')
  assert.ok(codes(outcome).some(({ code }) => code === 'advice_falling'))
  assert.ok(!codes(outcome).some(({ code }) => code === 'advice_stable' || code === 'advice_rising'))
})

test('what comes now and then is never called sure (the original: 1.00)', () => {
  const sporadic = (seed: number) =>
    simulate(`z${seed}`, 120, (_, random) => (random.uniform() < 0.2 ? Math.ceil(5 * random.uniform()) : 0))
  assert.equal(
    share(30, (seed) => run(sporadic(seed), 12, { effort: 'fast' }).confidenceGrade === 'high'),
    0,
  )
})

test('every answer is whole: known codes with their parameters, ordered finite bands, nothing below zero', () => {
  const inputs: Record<string, ArrayLike<number>> = {
    sales: simulate('sales', 48, (t, random) => Math.max(0, 5 + 5 * Math.sin(t / 2) + 2 * random.normal())),
    sporadic: simulate('sp', 60, (_, random) => (random.uniform() < 0.2 ? 4 : 0)),
    one: [...new Array(99).fill(0), 7],
    holes: line(60, 1).map((value, i) => (i % 7 === 3 ? Number.NaN : value)),
    two: [3, 5],
    five: [3, 5, 4, 6, 5],
    huge: noise('huge', 40, 2e299, 1e298),
    small: noise('small', 40, 2e-299, 1e-300),
    outlier: noise('outlier', 40, 5, 1).map((value, i) => (i === 20 ? 1e12 : value)),
  }
  for (const [name, values] of Object.entries(inputs)) {
    const outcome = run(values, 12)
    const { mean, bands } = outcome.forecast!
    assert.ok(mean.every(Number.isFinite) && mean.every((value) => value >= 0), name)
    const size = bands!.probabilities.length
    bands!.values.forEach((value, i) => {
      assert.ok(Number.isFinite(value) && value >= 0, name)
      if (i % size > 0) assert.ok(value >= bands!.values[i - 1]!, name)
    })
    assert.ok(outcome.confidenceScore >= 0 && outcome.confidenceScore <= 1, name)
    for (const { code, params } of [...codes(outcome), ...outcome.problems])
      assert.deepEqual(Object.keys(params).sort(), [...MESSAGES[code].params].sort(), `${name} ${code}`)
    assert.ok(!outcome.alternatives.some(({ model }) => model === outcome.used))
    assert.deepEqual(structuredClone(outcome), outcome)
  }
})

test('what cannot be forecast is refused by a code', () => {
  assert.throws(() => run([]), { code: 'series_empty' })
  assert.throws(() => run([Number.NaN, Number.NaN]), { code: 'series_no_values' })
  assert.throws(() => run([1, 2, 1.7e308]), { code: 'series_out_of_range' })
})

test('one value: naive without bands, said', () => {
  const outcome = run([5])
  assert.equal(outcome.status, 'fallback')
  assert.equal(outcome.because?.code, 'series_too_short')
  assert.equal(outcome.used, 'naive')
  assert.equal(outcome.forecast!.bands, null)
  assert.equal(outcome.inventory, null)
  assert.equal(outcome.forecast!.mean[11], 5)
})

test('a constant has bands of no width, and says so', () => {
  const { forecast, whyChosen, inventory } = run(new Array(40).fill(5), 12)
  assert.ok(forecast!.bands!.values.every((value) => value === 5))
  assert.equal(whyChosen[0]!.code, 'pattern_constant')
  assert.equal(inventory!.safetyStock, 0)
  assert.equal(inventory!.reorderPoint, 10)
})

test('a season length that cannot be is dropped and said', () => {
  for (const seasonLength of [0, -3, 2.5, 60, 1e9, Number.NaN]) {
    const { problems, forecast } = run(line(60, 1), seasonLength)
    assert.ok(
      problems.some(({ code }) => code === 'season_length_unusable'),
      `${seasonLength}`,
    )
    assert.ok(forecast!.mean.every(Number.isFinite))
  }
})

test('equal content gives equal bytes under any name; the size of the unit does not matter', () => {
  const values = simulate('twin', 60, (_, random) => (random.uniform() < 0.3 ? 3 : 0))
  const one = forecastSeries(series(values, 12, 'one'), OPTIONS)
  assert.deepEqual(forecastSeries(series(values, 12, '__proto__'), OPTIONS), one)
  const plain = run(line(60, 1))
  const tiny = run(line(60, 1).map((value) => value * 2 ** -900))
  const ratio = tiny.forecast!.mean[3]! / 2 ** -900 / plain.forecast!.mean[3]!
  assert.ok(Math.abs(ratio - 1) < 1e-3, `${ratio}`)
  assert.equal(tiny.pattern, plain.pattern)
})

test('sparse demand: never negative, its own distribution, and stock beyond the horizon', () => {
  const values = simulate('spare', 100, (_, random) => (random.uniform() < 0.15 ? 2 : 0))
  const { used, inventory, pattern } = run(values, 1, { horizon: 1, leadTime: 6, leadTimeSd: 1 })
  assert.equal(pattern, 'intermittent')
  assert.ok(inventory!.reorderPoint > 0 && inventory!.safetyStock > 0)
  if (used === 'mean') assert.equal(inventory!.demandDistribution, 'empirical')
})

test('the default answer combines models that err in different ways, and says so', () => {
  const { used, label, members, whyChosen, status } = run(line(60, 1))
  assert.deepEqual([used, label, status], ['ensemble', 'Ensemble of 6', 'success'])
  assert.deepEqual(
    members.map(({ model }) => model),
    ['ets', 'theta', 'arima', 'ces', 'naive', 'drift'],
  )
  assert.ok(Math.abs(members.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9)
  assert.equal(whyChosen[1]!.code, 'models_combined')
})

test('how many models may try, and on how much history, changes who is tried and how they score', () => {
  const values = simulate('tries', 72, (t, random) => 50 + 10 * Math.sin((t * Math.PI) / 6) + 3 * random.normal())
  const tried = (options: Partial<ForecastOptions>) => run(values, 12, options).candidates
  const names = (maxModelsToTry: number) => tried({ maxModelsToTry }).map(({ model }) => model)
  const naive = ['seasonal_naive', 'seasonally_adjusted_drift', 'seasonally_adjusted_naive', 'mean', 'naive']
  assert.deepEqual(names(3), ['ensemble', 'ets', 'theta', 'arima', ...naive])
  assert.deepEqual(names(5), ['ensemble', 'ets', 'theta', 'arima', 'ces', ...naive])
  assert.notDeepEqual(tried({ validationSplit: 0.1 }), tried({ validationSplit: 0.4 }))
})

test('small counts have whole quantiles and whole stock levels, and nothing below zero', () => {
  const random = randomStream('counts')
  const values = Float64Array.from({ length: 60 }, () => Math.max(0, Math.round(4 + 2.5 * random.normal())))
  const { forecast, inventory } = forecastSeries(series(values, 1), { ...OPTIONS, nonNegative: 'auto' })
  assert.ok(forecast!.bands!.values.every((value) => Number.isInteger(value) && value >= 0))
  assert.ok(forecast!.mean.some((value) => !Number.isInteger(value)))
  assert.ok(Number.isInteger(inventory!.reorderPoint))
})
