import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { randomStream } from '../../../src/math/random.ts'
import { drift, mean, naive, seasonallyAdjustedNaive, seasonalNaive } from '../../../src/models/baseline/index.ts'
import type { Forecast } from '../../../src/models/forecast.ts'
import type { FitBase, Model } from '../../../src/models/model.ts'
import { registry } from '../../../src/models/registry.ts'

/** Closed forms: rounding only. */
const EXACT = 1e-12
/** A standard deviation estimated from 2,000 errors is good to about 1.6 %; four of these. */
const ESTIMATE = 0.065

const nan = Number.NaN
function forecastOf<Spec, Fit extends FitBase>(
  model: Model<Spec, Fit>,
  values: readonly number[],
  seasonLength = 1,
  options: Partial<Spec> = {},
): Forecast {
  const series = { name: '', values: Float64Array.from(values), seasonLength, calendar: null }
  return model.forecast(model.fit(series, model.check(options), unlimited), 6, randomStream('baseline'))
}
const sdOf = ({ spread }: Forecast): Float64Array => {
  assert.equal(spread.kind, 'normal')
  return spread.kind === 'normal' ? spread.sd : new Float64Array(0)
}
const close = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  for (const [i, value] of expected.entries())
    assert.ok(Math.abs(actual[i]! - value) <= EXACT * (1 + Math.abs(value)), `${i}: ${actual[i]} against ${value}`)
}

test('naive: the last value seen, with an error that grows as the root of time', () => {
  const forecast = forecastOf(naive, [1, 4, 2, 6, nan])
  close(forecast.mean, [6, 6, 6])
  const sigma = Math.sqrt((9 + 4 + 16) / 3)
  close(
    sdOf(forecast),
    [1, 2, 3].map((h) => sigma * Math.sqrt(h)),
  )
})

test('seasonal naive: the last season seen, with one more error a season', () => {
  const forecast = forecastOf(seasonalNaive, [1, 2, 3, 2, 4, nan, 5], 3)
  close(forecast.mean, [4, 3, 5, 4, 3, 5])
  const sigma = Math.sqrt((1 + 4 + 9) / 3)
  close(
    sdOf(forecast),
    [1, 1, 1, 2, 2, 2].map((k) => sigma * Math.sqrt(k)),
  )
})

test('drift: the line from first to last, its slope uncertain too', () => {
  const forecast = forecastOf(drift, [1, 2, 4, 7])
  close(forecast.mean, [9, 11, 13])
  const sigma = Math.sqrt((1 + 0 + 1) / 2)
  close(
    sdOf(forecast),
    [1, 2, 3].map((h) => sigma * Math.sqrt(h * (1 + h / 3))),
  )
})

test('mean: the average of what was seen, itself uncertain', () => {
  const forecast = forecastOf(mean, [1, nan, 3, 5])
  close(forecast.mean, [3, 3, 3])
  close(sdOf(forecast), [2 * Math.sqrt(4 / 3), 2 * Math.sqrt(4 / 3)])
})

test('gaps do not widen the spread: an error over a gap counts as the one-step errors it gathers', () => {
  for (const [model, m] of [
    [naive, 1],
    [seasonalNaive, 4],
    [drift, 1],
  ] as const) {
    const random = randomStream(`gaps ${model.name}`)
    const walk = new Float64Array(6000)
    for (let t = 0; t < walk.length; t++) walk[t] = (t >= m ? walk[t - m]! : 100) + random.normal()
    const holes = Array.from(walk, (value) => (random.uniform() < 0.6 ? nan : value))
    const sigma = sdOf(forecastOf(model, holes, m))[0]!
    assert.ok(Math.abs(sigma - 1) < ESTIMATE, `${model.name}: ${sigma}`)
  }
})

test('the empirical mean draws its futures from the history, nothing else', () => {
  const history = [0, 0, 0, 7, nan, 0, 2]
  const { mean: point, spread } = forecastOf(mean, history, 1, { distribution: 'empirical' })
  close(point, [1.5])
  assert.equal(spread.kind, 'paths')
  if (spread.kind !== 'paths') return
  assert.deepEqual(Array.from(new Set(spread.values)).sort(), [0, 2, 7])
  const zeros = spread.values.filter((value) => value === 0).length / spread.values.length
  // 6,000 draws of a share of 2/3 have a standard error of 0.6 %.
  assert.ok(Math.abs(zeros - 2 / 3) < 0.03, `${zeros}`)
  assert.throws(() => mean.check({ distribution: 'other' as 'normal' }), { code: 'config_invalid' })
})

test('one value is repeated, without a spread', () => {
  for (const model of [naive, seasonalNaive, drift, mean] as Model<object, FitBase>[]) {
    const forecast = forecastOf(model, [nan, 8])
    assert.deepEqual(Array.from(forecast.mean), new Array(6).fill(8), model.name)
    assert.equal(forecast.spread.kind, 'none')
  }
})

test('every model is registered under its own name', () => {
  for (const [name, model] of Object.entries(registry)) assert.equal(model.name, name)
})

test('the season of a history is that of its values, also where they were changed in place', () => {
  const random = randomStream('seasons')
  const values = Float64Array.from(
    { length: 60 },
    (_, t) => 100 + 20 * Math.sin((Math.PI * t) / 6) + 2 * random.normal(),
  )
  const fit = (of: Float64Array) =>
    seasonallyAdjustedNaive.fit(
      { name: 'a', values: of, seasonLength: 12, calendar: null },
      seasonallyAdjustedNaive.check(),
      unlimited,
    )
  const before = fit(values)
  assert.deepEqual(fit(values), before)
  values.reverse()
  assert.notDeepEqual(fit(values).season, before.season)
  assert.deepEqual(fit(values.slice().reverse()), before)
})
