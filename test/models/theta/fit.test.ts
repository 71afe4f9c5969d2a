import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { compareTheta, SAME_FORECAST, type ThetaCase } from '../../../bench/reference-theta.ts'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { nelderMead } from '../../../src/math/optimize/nelder-mead.ts'
import { randomStream } from '../../../src/math/random.ts'
import { type ThetaFit, type ThetaSpec, theta } from '../../../src/models/theta/index.ts'
import { paper, squaresAfterWarmUp } from './paper.ts'

const golden = JSON.parse(readFileSync(new URL('../../golden/theta.json', import.meta.url), 'utf8')) as (ThetaCase & {
  name: string
})[]
const valuesOf = (name: string): number[] =>
  golden.find((item) => item.name === name)!.values.map((value) => value ?? Number.NaN)
const fitOf = (values: readonly number[], options: Partial<ThetaSpec> = {}, seasonLength = 1): ThetaFit =>
  theta.fit(
    { name: '', values: Float64Array.from(values), seasonLength, calendar: null },
    theta.check(options),
    unlimited,
  )
const forecastOf = (fit: ThetaFit, horizon: number) => theta.forecast(fit, horizon, randomStream('unused'))
/** The level's start as the paper has it: ours is of the scaled values less their first. */
const levelOf = (fit: ThetaFit): number => fit.scale * (fit.initial + (1 - fit.state.weight) * fit.origin)
const thetaOf = (fit: ThetaFit): number => 1 / (1 - fit.state.weight)
const FREE = ['optimised', 'dynamic', 'dynamic_optimised'] as const
const SERIES = ['Nile', 'N0361', 'N0029', 'N0048'] as const

/** Alpha is searched to 1e-5 of itself, from either side. */
const NEAR = 1e-4
/** Rounding of some hundred operations on numbers of the size of the series. */
const ROUNDING = 1e-9

test("the standard method forecasts as R's thetaf, where R's own search did not stop short", () => {
  for (const item of golden) {
    const { difference, excess, stoppedShort } = compareTheta(item)
    assert.ok(excess > -1e-6, `${item.name}: R's squares are smaller`)
    if (!stoppedShort) assert.ok(difference <= SAME_FORECAST, `${item.name}: ${difference}`)
  }
  assert.ok(golden.filter((item) => compareTheta(item).stoppedShort).length <= 3)
})

test('squares, path and effects are those of the equations as printed', () => {
  for (const name of SERIES)
    for (const variant of FREE) {
      const y = valuesOf(name)
      const fit = fitOf(y, { variant })
      const model = {
        ...{ alpha: fit.state.alpha, theta: thetaOf(fit), level: levelOf(fit) },
        dynamic: variant.startsWith('dynamic'),
      }
      const squares = squaresAfterWarmUp(y, model) / fit.scale ** 2
      assert.ok(Math.abs(-2 * fit.logLikelihood - (y.length - 3) * Math.log(squares)) < 1e-6, `${name} ${variant}`)
      const { path } = paper(y, model, 8)
      const { mean, spread } = forecastOf(fit, 8)
      for (let h = 0; h < 8; h++)
        assert.ok(Math.abs(mean[h]! - path[h]!) < ROUNDING * fit.scale, `${name} ${variant} step ${h + 1}`)
      // an error of 1 at the first step, seen by the path that follows
      const shocked = [...y, path[0]! + 1]
      assert.equal(spread.kind, 'normal')
      if (spread.kind !== 'normal' || !model.dynamic) continue
      const after = paper(shocked, model, 7).path
      for (let h = 1; h < 8; h++)
        assert.ok(Math.abs(after[h - 1]! - path[h]! - spread.response[h]!) < ROUNDING * fit.scale, `effect ${h}`)
    }
})

test('no point of alpha, theta and level has smaller squares than the fit by least squares', () => {
  for (const name of SERIES)
    for (const variant of FREE) {
      const y = valuesOf(name)
      const fit = fitOf(y, { variant, estimation: 'ml' })
      const ours = Math.exp(-2 * (fit.logLikelihood / (y.length - 3))) * fit.scale ** 2
      const free = variant.endsWith('optimised')
      const dynamic = variant.startsWith('dynamic')
      // in 1 / theta, which has no infinity
      const squares = ([alpha, inverse, level]: ArrayLike<number> & Iterable<number>): number =>
        squaresAfterWarmUp(y, { alpha: alpha!, theta: 1 / inverse!, level: level!, dynamic })
      const low = [1e-4, free ? 1e-9 : 0.5, -10 * fit.scale]
      const high = [0.9999, free ? 1 : 0.5, 10 * fit.scale]
      for (const start of [0.1, 0.3, 0.6, 0.9])
        for (const inverse of free ? [0.05, 0.5, 0.95] : [0.5]) {
          const found = nelderMead(
            squares as (point: Float64Array) => number,
            Float64Array.of(start, inverse, y[0]!),
            Float64Array.from(low),
            Float64Array.from(high),
            { step: Float64Array.of(0.1, free ? 0.2 : 0, fit.scale / 5), tolerance: 1e-12, restarts: 4 },
            { maxEvaluations: 4000 },
          )
          assert.ok(found.value >= ours * (1 - 1e-8), `${name} ${variant}: ${found.value} below ${ours}`)
        }
    }
})

test('bands: the static form has its closed form, and a drift that is not known', () => {
  const fit = fitOf(valuesOf('Nile'), { variant: 'standard', estimation: 'ml' })
  const { spread } = forecastOf(fit, 10)
  assert.equal(spread.kind, 'normal')
  if (spread.kind !== 'normal') return
  const { alpha } = fit.state
  for (let h = 1; h <= 10; h++) {
    const expected = fit.variance * (1 + (h - 1) * alpha ** 2 + (2.4 * (h * alpha) ** 2) / 100)
    assert.ok(Math.abs((spread.sd[h - 1]! / fit.scale) ** 2 / expected - 1) < ROUNDING, `step ${h}`)
  }
})

test('a fit near an earlier one is that of the whole search, for less', () => {
  for (const name of SERIES)
    for (const variant of ['standard', ...FREE] as const) {
      const y = valuesOf(name)
      const series = { name, values: Float64Array.from(y), seasonLength: 1, calendar: null }
      const earlier = fitOf(y.slice(0, -3), { variant })
      const whole = fitOf(y, { variant })
      const near = theta.refit!(earlier, series, theta.check({ variant }), unlimited)
      assert.ok(
        Math.abs(near.state.alpha - whole.state.alpha) < NEAR,
        `${name} ${variant}: ${near.state.alpha} ${whole.state.alpha}`,
      )
      assert.ok(Math.abs(near.logLikelihood - whole.logLikelihood) < NEAR, `${name} ${variant}`)
    }
  const steady = fitOf(valuesOf('Nile'))
  const again = theta.refit!(
    steady,
    { name: '', values: Float64Array.from(valuesOf('Nile')), seasonLength: 1, calendar: null },
    theta.check(),
    unlimited,
  )
  assert.ok(2 * again.evaluations < steady.evaluations, `${again.evaluations} ${steady.evaluations}`)
})
