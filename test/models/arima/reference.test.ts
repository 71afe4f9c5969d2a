import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type ArimaCase, compareArima, compareAutoArima } from '../../../bench/reference-arima.ts'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { randomStream } from '../../../src/math/random.ts'
import { arima } from '../../../src/models/arima/index.ts'

interface Golden {
  readonly series: Record<string, { readonly season: number; readonly values: readonly (number | null)[] }>
  readonly cases: readonly (Omit<ArimaCase, 'season' | 'values'> & { series: string; mean: number[] })[]
  readonly automatic: readonly { series: string; arma: number[]; aicc: number }[]
}
const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/arima.json'), 'utf8')) as Golden
const named = ({ series, order, seasonal }: Golden['cases'][number]): string => `${series} (${order})(${seasonal})`
const seriesOf = (name: string) => {
  const { season, values } = golden.series[name]!
  const numbers = Float64Array.from(values, (value) => value ?? Number.NaN)
  return { name, values: numbers, seasonLength: season, calendar: null }
}

test("maximum likelihood reaches R's on every classic fit, those with missing values too", () => {
  assert.ok(golden.cases.length > 50)
  const short = golden.cases.filter((item) => !compareArima({ ...item, ...golden.series[item.series]! }).reached)
  assert.deepEqual(short.map(named), [])
})

/** Of a forecast, relative to its size: R's coefficients have ten digits and its diffuse start is an approximation. */
const SAME = 1e-3
const NEAR = 1e-4

test("where the estimates agree, so do R's forecasts", () => {
  let compared = 0
  for (const item of golden.cases) {
    const [p, d, q] = item.order
    const [P, D, Q] = item.seasonal
    const constant = 'intercept' in item.coef
    const fit = arima.fit(seriesOf(item.series), arima.check({ d, D, order: [p, q, P, Q], constant }), unlimited)
    const member = fit.members[0]!
    const ours = [...member.ar, ...member.ma, ...member.seasonalAr, ...member.seasonalMa]
    const names = ['ar', 'ma', 'sar', 'sma'].flatMap((name) =>
      Object.keys(item.coef).filter((key) => key.replace(/\d+$/, '') === name),
    )
    const near = names.every((name, i) => Math.abs(item.coef[name]! - ours[i]!) < NEAR)
    if (!near) continue
    compared++
    const { mean } = arima.forecast(fit, item.mean.length, randomStream(''))
    for (const [h, value] of item.mean.entries())
      assert.ok(Math.abs(mean[h]! / value - 1) < SAME, `${named(item)} step ${h + 1}: ${mean[h]} against ${value}`)
  }
  assert.ok(compared > 20, `${compared} compared`)
})

test("the automatic choice is at least as good as R's by AICc on nearly every classic series", () => {
  const worse = golden.automatic.filter((item) => compareAutoArima({ ...item, ...golden.series[item.series]! }) > 0.05)
  assert.deepEqual(
    worse.map(({ series }) => series),
    [],
  )
})

test('standard errors and the Ljung–Box test are those of the Lake Huron model', () => {
  // Brockwell & Davis (2016), example 5.2: AR(2) of the residuals of a line has errors near .1; here with a mean
  const fit = arima.fit(seriesOf('LakeHuron'), arima.check({ d: 0, order: [2, 0, 0, 0], constant: true }), unlimited)
  for (const error of fit.standardErrors) assert.ok(error !== null && Math.abs(error - 0.1) < 0.02, `${error}`)
  assert.ok(fit.ljungBox !== null && fit.ljungBox.p > 0.05)
})

test('an exhaustive search finds no larger criterion than climbing; averaging keeps the best in front', () => {
  const series = seriesOf('UKgas')
  const climbed = arima.fit(series, arima.check({ selection: 'best' }), unlimited).members[0]!
  const all = arima.fit(series, arima.check({ selection: 'best', search: 'exhaustive' }), unlimited).members[0]!
  assert.ok(all.criterion! <= climbed.criterion! + 1e-6)
  const averaged = arima.fit(series, arima.check(), unlimited)
  assert.equal(averaged.members[0]!.label, climbed.label)
  assert.ok(Math.abs(averaged.members.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-12)
})

test('the tests that choose the differences can be chosen', () => {
  const differences = (name: string, options: Parameters<typeof arima.check>[0]): string => {
    const { d, D } = arima.fit(seriesOf(name), arima.check(options), unlimited)
    return `${d}${D}`
  }
  assert.equal(differences('UKgas', {}), '11')
  assert.equal(differences('UKgas', { unitRootTest: 'adf' }), '01')
  assert.equal(differences('nottem', { seasonalTest: 'ocsb' }), '00')
  assert.equal(differences('UKgas', { d: 0, D: 1 }), '01')
  assert.throws(() => arima.check({ unitRootTest: 'pp' as 'adf' }), { code: 'config_invalid' })
})

test('the drift is not known: its error grows with the square of the steps', () => {
  const values = Float64Array.from({ length: 60 }, (_, t) => 3 * t + ((t * 7919) % 13))
  const series = { name: 'walk', values, seasonLength: 1, calendar: null }
  const spec = arima.check({ d: 1, order: [0, 0, 0, 0], constant: true })
  const fit = arima.fit(series, spec, unlimited)
  const { spread } = arima.forecast(fit, 20, randomStream(''))
  assert.ok(spread.kind === 'normal')
  const sigma = spread.sd[0]! / Math.sqrt(1 + 1 / 59)
  // a random walk with drift: σ² (h + h² / (n − 1)), as FPP3 section 5.2
  for (const h of [1, 7, 20]) {
    const expected = sigma * Math.sqrt(h + (h * h) / 59)
    assert.ok(Math.abs(spread.sd[h - 1]! / expected - 1) < 1e-9, `step ${h}`)
  }
})
