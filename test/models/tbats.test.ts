import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seasonalNaiveMae } from '../../src/evaluate/metrics.ts'
import { unlimited } from '../../src/math/optimize/budget.ts'
import { randomStream } from '../../src/math/random.ts'
import { tbats } from '../../src/models/tbats/index.ts'
import { adjoint, filter, makeTrace, smoothingSize, stateSize } from '../../src/models/tbats/kernel.ts'
import { shapeOf } from '../../src/models/tbats/shape.ts'
import { stationary } from '../../src/models/tbats/stationary.ts'

const random = randomStream('tbats')
const wave = (t: number, period: number): number => Math.sin((2 * Math.PI * t) / period)

test('the backward pass is the gradient of the squares: two seasons, a damped trend, dependent errors, missing values', () => {
  const shape = shapeOf(
    [
      { period: 7, harmonics: 3 },
      { period: 30.5, harmonics: 2 },
    ],
    true,
    2,
    1,
  )
  const y = Float64Array.from({ length: 60 }, (_, t) => (t % 13 === 5 ? Number.NaN : 10 + wave(t, 7) + random.normal()))
  const smoothing = [0.2, 0.05, 0.95, 0.02, -0.01, 0.03, 0.01, 0.4, -0.2, 0.3]
  assert.equal(smoothingSize(shape), smoothing.length)
  const states = Array.from({ length: stateSize(shape) }, (_, i) => (i === 0 ? 10 : random.normal()))
  const point = Float64Array.of(...smoothing, ...states)
  const squaresAt = (at: Float64Array): number => filter(shape, y, at, makeTrace(y.length, shape))
  const trace = makeTrace(y.length, shape)
  filter(shape, y, point, trace)
  const gradient = new Float64Array(point.length)
  adjoint(shape, y, point, trace, 2, gradient)
  for (let i = 0; i < point.length; i++) {
    const step = 1e-6
    const slope = (squaresAt(point.with(i, point[i]! + step)) - squaresAt(point.with(i, point[i]! - step))) / (2 * step)
    assert.ok(Math.abs(slope - gradient[i]!) < 1e-5 * (1 + Math.abs(slope)), `${i}: ${gradient[i]} against ${slope}`)
  }
})

test('a season of waves without noise goes on as it was, whole or not', () => {
  for (const period of [12, 30.5]) {
    const values = Float64Array.from({ length: 250 }, (_, t) => 100 + 20 * wave(t, period) + 5 * wave(t, period / 2))
    const fit = tbats.fit({ name: '', values, seasonLength: period, calendar: null }, tbats.check(), unlimited)
    const { mean } = tbats.forecast(fit, 40, random)
    for (let h = 0; h < 40; h++) {
      const truth = 100 + 20 * wave(250 + h, period) + 5 * wave(250 + h, period / 2)
      assert.ok(Math.abs(mean[h]! - truth) < 0.5, `${period}, step ${h + 1}: ${mean[h]} not ${truth}`)
    }
  }
})

test('day and week of hours are foreseen better than by repeating the day', () => {
  const at = (t: number): number => 500 + 80 * wave(t, 24) + 60 * wave(t, 168) + 30 * wave(t, 84) + 8 * random.normal()
  const all = Float64Array.from({ length: 1056 }, (_, t) => at(t))
  const series = { name: '', values: all.slice(0, 1008), seasonLength: 24, furtherSeasons: [168], calendar: null }
  const fit = tbats.fit(series, tbats.check(), unlimited)
  const { mean } = tbats.forecast(fit, 48, random)
  const error = mean.reduce((sum, value, h) => sum + Math.abs(value - all[1008 + h]!) / 48, 0)
  assert.ok(error < 0.5 * seasonalNaiveMae(series.values, 24), `${error}`)
  assert.match(fit.label, /^TBATS\(.*<24,.*<168,/)
})

test('the response is what an error does to the path', () => {
  const values = Float64Array.from({ length: 120 }, (_, t) => 50 + 10 * wave(t, 12) + 3 * random.normal())
  const seriesOf = (data: Float64Array) => ({ name: '', values: data, seasonLength: 12, calendar: null })
  const spec = tbats.check({ boxCox: false })
  const fit = tbats.fit(seriesOf(values), spec, unlimited)
  const { mean, spread } = tbats.forecast(fit, 6, random)
  assert.ok(spread.kind === 'normal')
  // the same parameters after one more value: the states are where the filter leaves them
  const moved = (by: number): Float64Array => {
    const shape = shapeOf(fit.form.waves, fit.form.trend !== 'none', fit.form.ar.length, fit.form.ma.length)
    const y = Float64Array.of(...values, mean[0]! + by).map((value) => value / fit.scale)
    const last = new Float64Array(stateSize(shape))
    const trace = makeTrace(y.length, shape)
    filter(shape, y, Float64Array.from(fit.parameters), trace, last)
    const tail = (of: Float64Array, length: number) => Array.from({ length }, (_, i) => of[of.length - 1 - i]!)
    const lastD = tail(trace.d, fit.form.ar.length)
    const lastErrors = tail(trace.error, fit.form.ma.length)
    return tbats.forecast({ ...fit, last: Array.from(last), lastD, lastErrors }, 5, random).mean
  }
  const [plain, more] = [moved(0), moved(1)]
  for (let h = 0; h < 5; h++) assert.ok(Math.abs(more[h]! - plain[h]! - spread.response[h + 1]!) < 1e-8)
})

test('stationary: inside the triangle of an autoregression of order two', () => {
  assert.ok(stationary([]) && stationary([0.9]) && stationary([1.2, -0.5]) && stationary([0, 0, 0.9]))
  assert.ok(!stationary([1]) && !stationary([1.2, 0.1]) && !stationary([0, -1.01]))
})
