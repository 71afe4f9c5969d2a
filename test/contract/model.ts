import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unlimited } from '../../src/math/optimize/budget.ts'
import { randomStream } from '../../src/math/random.ts'
import { Problem } from '../../src/messages.ts'
import { band } from '../../src/models/bands.ts'
import type { FitBase, Model } from '../../src/models/model.ts'
import type { Series } from '../../src/series/series.ts'

const HORIZON = 15
/** Rescaling changes rounding only; an iterative fit by finite differences may amplify it this far. */
const EQUIVARIANCE = 1e-7

const seriesOf = (values: ArrayLike<number>, seasonLength = 1): Series => ({
  name: 'contract',
  values: Float64Array.from(values),
  seasonLength,
  calendar: null,
})
const seasonal = Array.from({ length: 48 }, (_, t) => 100 + t + 20 * Math.sin((t * Math.PI) / 6) + ((t * 7919) % 13))
const withHoles = seasonal.map((value, t) => (t % 11 === 5 ? Number.NaN : value))

const series48 = seriesOf(seasonal, 12)

/**
 * Models that do not care where zero is. The others do: a rate has none below it, a season or an error may multiply,
 * priors are centred, smoothing in theta runs from the level.
 */
const SHIFTS = ['arima', 'dynamic_harmonic_regression', 'naive', 'seasonal_naive', 'drift', 'mean']
const SHIFT = 5000

/** What every model must do, whatever it is. */
export function modelContract<Spec, Fit extends FitBase>(model: Model<Spec, Fit>): void {
  const spec = model.check()
  const forecastOf = (series: Series, fit = model.fit(series, spec, unlimited)) =>
    model.forecast(fit, HORIZON, randomStream('contract'))

  test(`${model.name}: one finite number per step, on any series it accepts`, () => {
    const shapes: Record<string, Series> = {
      seasonal: seriesOf(seasonal, 12),
      'with missing values': seriesOf(withHoles, 12),
      constant: seriesOf(new Array(30).fill(7)),
      'all zero': seriesOf(new Array(30).fill(0)),
      negative: seriesOf(seasonal.map((value) => -value)),
      short: seriesOf([3, 5, 4, 6, 5, 7]),
      'two values': seriesOf([3, 5]),
      'three values, one missing': seriesOf([3, Number.NaN, 5, 4]),
      'starts and ends missing': seriesOf([Number.NaN, ...seasonal, Number.NaN, Number.NaN], 12),
      'trend only': seriesOf(Array.from({ length: 40 }, (_, t) => 10 + 3 * t)),
      'one value far out': seriesOf(seasonal.with(30, 1e5), 12),
      'mostly missing': seriesOf(
        seasonal.map((value, t) => (t % 4 === 0 ? value : Number.NaN)),
        12,
      ),
      billions: seriesOf(seasonal.map((value) => value * 1e9)),
      billionths: seriesOf(seasonal.map((value) => value / 1e9)),
      huge: seriesOf(seasonal.map((value) => value * 1e290)),
      tiny: seriesOf(seasonal.map((value) => value * 1e-290)),
      'long season': seriesOf(
        Array.from({ length: 120 }, (_, t) => 10 + (t % 52)),
        52,
      ),
    }
    for (const [shape, series] of Object.entries(shapes)) {
      const { mean } = forecastOf(series)
      assert.equal(mean.length, HORIZON, shape)
      assert.ok(mean.every(Number.isFinite), `${shape}: ${mean}`)
      const { lower, upper } = band(forecastOf(series), 0.95)
      assert.ok(lower.every(Number.isFinite) && upper.every(Number.isFinite), `${shape}: bands`)
    }
  })

  test(`${model.name}: twenty thousand values`, () => {
    const values = Array.from({ length: 20_000 }, (_, t) => 100 + 20 * Math.sin((t * Math.PI) / 6) + ((t * 7919) % 13))
    const series = seriesOf(values, 12)
    const { mean } = forecastOf(series, model.fit(series, spec, { maxEvaluations: 60 }))
    assert.ok(mean.length === HORIZON && mean.every(Number.isFinite))
  })

  test(`${model.name}: regressors that say nothing, or are not known ahead`, () => {
    const columns = [new Float64Array(48 + HORIZON).fill(1), Float64Array.from(seasonal)]
    const series = { ...series48, regressors: { names: ['constant', 'itself'], columns } }
    const fit = model.fit(series, spec, unlimited)
    const future = columns.map((column) => column.slice(48))
    try {
      const { mean } = model.forecast(fit, HORIZON, randomStream('contract'), future)
      assert.ok(mean.length === HORIZON && mean.every(Number.isFinite))
    } catch (error) {
      assert.ok(error instanceof Problem && error.code === 'regressor_future_missing')
    }
  })

  test(`${model.name}: bands nest and hold their order`, () => {
    const forecast = forecastOf(seriesOf(seasonal, 12))
    const wide = band(forecast, 0.95)
    const narrow = band(forecast, 0.8)
    for (let h = 0; h < HORIZON; h++)
      assert.ok(
        wide.lower[h]! <= narrow.lower[h]! &&
          narrow.lower[h]! <= narrow.upper[h]! &&
          narrow.upper[h]! <= wide.upper[h]!,
      )
  })

  test(`${model.name}: a rescaled series has the rescaled forecast`, () => {
    const plain = forecastOf(seriesOf(seasonal, 12))
    const plainUpper = band(plain, 0.95).upper
    // Powers of two change no digit; these do.
    for (const factor of [3.7, 1e-7, 1e250, 1e-290]) {
      const scaled = forecastOf(
        seriesOf(
          seasonal.map((value) => value * factor),
          12,
        ),
      )
      const upper = band(scaled, 0.95).upper
      for (let h = 0; h < HORIZON; h++) {
        assert.ok(Math.abs(scaled.mean[h]! / factor / plain.mean[h]! - 1) <= EQUIVARIANCE, `${factor}: mean`)
        assert.ok(Math.abs(upper[h]! / factor / plainUpper[h]! - 1) <= EQUIVARIANCE, `${factor}: band`)
      }
    }
  })

  if (SHIFTS.includes(model.name))
    test(`${model.name}: a shifted series has the shifted forecast, and the same bands`, () => {
      const plain = forecastOf(seriesOf(seasonal, 12))
      const shifted = forecastOf(
        seriesOf(
          seasonal.map((value) => value + SHIFT),
          12,
        ),
      )
      const width = band(plain, 0.8)
      const moved = band(shifted, 0.8)
      for (let h = 0; h < HORIZON; h++) {
        const wide = width.upper[h]! - width.lower[h]!
        assert.ok(Math.abs(shifted.mean[h]! - SHIFT - plain.mean[h]!) < 1e-3 * wide, `step ${h + 1}`)
        assert.ok(Math.abs(moved.upper[h]! - moved.lower[h]! - wide) < 1e-3 * wide, `step ${h + 1}`)
      }
    })

  test(`${model.name}: the same seed gives the same bytes, and the input is left as it was`, () => {
    const series = seriesOf(withHoles, 12)
    const before = Float64Array.from(series.values)
    assert.deepEqual(forecastOf(series), forecastOf(series))
    assert.deepEqual(series.values, before)
  })

  test(`${model.name}: a fit survives a thread and a file, and says who it is`, () => {
    const series = seriesOf(seasonal, 12)
    const fit = model.fit(series, spec, unlimited)
    assert.equal(fit.model, model.name)
    assert.ok(fit.label.length > 0 && fit.evaluations >= 0)
    assert.deepEqual(forecastOf(series, structuredClone(fit)), forecastOf(series, fit))
    assert.deepEqual(forecastOf(series, JSON.parse(JSON.stringify(fit)) as Fit), forecastOf(series, fit))
  })

  const { update } = model
  if (update !== undefined)
    test(`${model.name}: a fit carried through its own history forecasts the same; through a longer one it goes on`, () => {
      const fit = model.fit(series48, spec, unlimited)
      const again = forecastOf(series48, update(fit, series48)).mean
      const plain = forecastOf(series48, fit).mean
      for (let h = 0; h < HORIZON; h++) assert.ok(Math.abs(again[h]! / plain[h]! - 1) <= EQUIVARIANCE)
      const longer = seriesOf([...seasonal, 170, 172, 171], 12)
      const first = forecastOf(longer, update(fit, longer)).mean[0]!
      assert.ok(Number.isFinite(first) && first !== plain[3])
    })

  test(`${model.name}: a small budget ends the search with an answer`, () => {
    const fit = model.fit(seriesOf(seasonal, 12), spec, { maxEvaluations: 10 })
    assert.ok(fit.evaluations <= 20, `${fit.evaluations} evaluations`)
    assert.ok(forecastOf(seriesOf(seasonal, 12), fit).mean.every(Number.isFinite))
  })

  test(`${model.name}: without a value it refuses with a listed code`, () => {
    assert.throws(() => model.fit(seriesOf([Number.NaN, Number.NaN]), spec, unlimited), Problem)
  })

  test(`${model.name}: an unknown or wrong option is refused`, () => {
    assert.throws(() => model.check({ noSuchOption: 1 } as object as Partial<Spec>), { code: 'config_invalid' })
  })
}
