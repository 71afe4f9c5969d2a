import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { unlimited } from '../../src/math/optimize/budget.ts'
import { randomStream } from '../../src/math/random.ts'
import { decomposeSeasons } from '../../src/models/mstl/decompose-seasons.ts'
import { tbats } from '../../src/models/tbats/index.ts'

interface Golden {
  readonly name: string
  readonly seasonLength: number
  readonly values: number[]
  readonly seasonal: number[]
  /** R's forecast. */
  readonly tbats: number[]
}

const golden = JSON.parse(readFileSync(new URL('../golden/seasons.json', import.meta.url), 'utf8')) as Golden[]
/** R's answers have ten digits; the season is a difference of three of them. Relative to the largest value. */
const DIGITS = 1e-8
/**
 * TBATS here has priors, Guerrero's power and states among the unknowns, so its optimum is another point: the forecasts
 * have to be near each other against what a forecast without a model is away from R's.
 */
const NEAR = 0.06
const OF_NAIVE = 0.4

for (const { name, seasonLength, values, seasonal, tbats: expected } of golden) {
  test(`${name}: the season of MSTL is R's`, () => {
    const found = decomposeSeasons(Float64Array.from(values), [seasonLength], 'auto').seasonal[0]!
    const largest = Math.max(...values.map(Math.abs))
    for (const [t, value] of seasonal.entries())
      assert.ok(Math.abs(found[t]! - value) <= DIGITS * largest, `${t}: ${found[t]} not ${value}`)
  })

  test(`${name}: TBATS forecasts what R's does`, () => {
    const series = { name, values: Float64Array.from(values), seasonLength, calendar: null }
    const fit = tbats.fit(series, tbats.check(), unlimited)
    const { mean } = tbats.forecast(fit, expected.length, randomStream(name))
    const away = (forecast: (h: number) => number): number =>
      expected.reduce((sum, value, h) => sum + Math.abs(forecast(h) / value - 1) / expected.length, 0)
    const ours = away((h) => mean[h]!)
    const naive = away((h) => values[values.length - seasonLength + (h % seasonLength)]!)
    assert.ok(ours <= NEAR && ours <= OF_NAIVE * naive, `${ours} away; the last season: ${naive}`)
  })
}
