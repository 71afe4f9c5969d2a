import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { unlimited } from '../../src/math/optimize/budget.ts'
import { randomStream } from '../../src/math/random.ts'
import { band } from '../../src/models/bands.ts'
import { prophet } from '../../src/models/prophet/index.ts'
import type { ProphetSpec } from '../../src/models/prophet/spec.ts'
import type { Series } from '../../src/series/series.ts'

interface Case {
  readonly name: string
  readonly growth: ProphetSpec['growth']
  readonly seasonality: 'additive' | 'multiplicative'
  readonly seasons: number[]
  readonly capacity?: number
  readonly regressors?: Readonly<Record<string, number[]>>
  readonly values: (number | null)[]
  readonly objective: number
  readonly scale: number
  readonly forecast: number[]
}

const { cases } = JSON.parse(readFileSync(new URL('../golden/prophet.json', import.meta.url), 'utf8')) as {
  cases: Case[]
}
/** Ours is the exact maximum: the package's optimiser, which stops near it, is never better by more than rounding. */
const ROUNDING = 1e-6
/** Forecasts near the same maximum, of the largest value: the package stops a few nats short where the trend bends. */
const NEAR = 0.01

function seriesOf({ name, values, seasons: [seasonLength = 1, ...furtherSeasons], regressors }: Case): Series {
  const columns = regressors && Object.values(regressors).map((column) => Float64Array.from(column))
  return {
    ...{ name, seasonLength, furtherSeasons, calendar: null },
    values: Float64Array.from(values, (value) => value ?? Number.NaN),
    ...(columns && { regressors: { names: Object.keys(regressors!), columns } }),
  }
}

for (const golden of cases)
  test(`${golden.name}: as probable as the Python package's own parameters, or more`, () => {
    const series = seriesOf(golden)
    const { growth, seasonality, capacity = null } = golden
    const fit = prophet.fit(series, prophet.check({ growth, seasonality, capacity, harmonics: 10 }), unlimited)
    assert.ok(fit.objective <= golden.objective + ROUNDING, `${fit.objective} against ${golden.objective}`)
    assert.ok(Math.abs(fit.scale / golden.scale - 1) < 1e-9)
    const future = series.regressors?.columns.map((column) => column.slice(series.values.length))
    const { mean } = prophet.forecast(fit, golden.forecast.length, randomStream(''), future)
    for (const [h, value] of golden.forecast.entries())
      assert.ok(Math.abs(mean[h]! - value) < NEAR * golden.scale, `step ${h + 1}: ${mean[h]} against ${value}`)
  })

const noisy = (n: number, trend: (t: number) => number): Series => {
  const random = randomStream('noise')
  const values = Float64Array.from({ length: n }, (_, t) => trend(t) + 2 * random.normal())
  return { name: '', values, seasonLength: 7, calendar: null }
}

test('a trend that has changed before may change again: bands widen faster than those of a straight one', () => {
  const width = (series: Series): number => {
    const forecast = prophet.forecast(prophet.fit(series, prophet.check(), unlimited), 90, randomStream('w'))
    const { lower, upper } = band(forecast, 0.8)
    return (upper[89]! - lower[89]!) / (upper[0]! - lower[0]!)
  }
  const straight = width(noisy(400, (t) => 100 + 0.2 * t))
  const bending = width(noisy(400, (t) => 100 + 0.8 * Math.abs((t % 160) - 80)))
  assert.ok(straight < 1.3 && bending > 2, `${straight}, ${bending}`)
})

test('logistic growth stays below its capacity and needs one', () => {
  const series = noisy(300, (t) => 180 / (1 + Math.exp(-(t - 200) / 30)))
  const fit = prophet.fit(series, prophet.check({ growth: 'logistic', capacity: 200 }), unlimited)
  const { mean } = prophet.forecast(fit, 200, randomStream(''))
  assert.ok(mean.at(-1)! > 175 && mean.every((value) => value < 205))
  assert.throws(() => prophet.check({ growth: 'logistic' }), { code: 'config_invalid' })
})

test('a season that multiplies grows with the trend', () => {
  const wave = (t: number): number => Math.sin((2 * Math.PI * t) / 7)
  const series = noisy(400, (t) => (50 + t) * (1 + 0.3 * wave(t)))
  const fit = prophet.fit(series, prophet.check({ seasonality: 'auto' }), unlimited)
  assert.ok(fit.multiplicative)
  const { mean } = prophet.forecast(fit, 14, randomStream(''))
  for (let h = 0; h < 14; h++) assert.ok(Math.abs(mean[h]! / ((450 + h) * (1 + 0.3 * wave(400 + h))) - 1) < 0.02)
})
