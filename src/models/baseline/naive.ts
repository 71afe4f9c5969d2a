import type { Series } from '../../series/series.ts'
import type { Forecast } from '../forecast.ts'
import type { Model } from '../model.ts'
import { type BaselineFit, checkNothing, type NoOptions, observedOf, rootMeanSquare } from './baseline.ts'

/** The last season repeats: value at t is the value at t − m; with m = 1 it is `naive`. */
function fitLag(model: 'naive' | 'seasonal_naive', series: Series): BaselineFit {
  const observed = observedOf(series, model)
  const { values } = series
  const m = model === 'naive' ? 1 : Math.max(1, Math.min(series.seasonLength, values.length))
  const pattern = new Float64Array(m).fill(Number.NaN)
  const seenAt = new Int32Array(m)
  const errors = new Float64Array(values.length)
  let count = 0
  let last = Number.NaN
  for (let t = 0; t < values.length; t++) {
    const value = values[t]!
    if (Number.isNaN(value)) continue
    const before = pattern[t % m]!
    // An error over a gap gathers one error a season: it counts as one of them.
    if (!Number.isNaN(before)) errors[count++] = (value - before) / Math.sqrt((t - seenAt[t % m]!) / m)
    pattern[t % m] = value
    seenAt[t % m] = t
    last = value
  }
  const next: number[] = []
  for (let h = 0; h < m; h++) {
    const value = pattern[(values.length + h) % m]!
    next.push(Number.isNaN(value) ? last : value)
  }
  const label = model === 'naive' ? 'Naive' : `Seasonal naive[${m}]`
  const sd = rootMeanSquare(errors.subarray(0, count))
  return { model, label, evaluations: 0, pattern: next, slope: 0, sd, observed }
}

/** Variance grows by one error per season passed: σ²(⌊(h − 1)/m⌋ + 1) (FPP3, section 5.5). */
function forecastLag(fit: BaselineFit, horizon: number): Forecast {
  const m = fit.pattern.length
  const mean = new Float64Array(horizon)
  const sd = new Float64Array(horizon)
  const response = new Float64Array(horizon)
  for (let h = 0; h < horizon; h++) {
    mean[h] = fit.pattern[h % m]!
    sd[h] = fit.sd * Math.sqrt(Math.floor(h / m) + 1)
    response[h] = h % m === 0 ? 1 : 0
  }
  if (fit.observed < 2) return { mean, spread: { kind: 'none' } }
  return { mean, spread: { kind: 'normal', sd, response } }
}

/** The last observation repeats. */
export const naive: Model<NoOptions, BaselineFit> = {
  name: 'naive',
  check: checkNothing('naive'),
  fit: (series) => fitLag('naive', series),
  forecast: forecastLag,
}

/** The last season repeats; a missing last value of a season position is the one a season earlier. */
export const seasonalNaive: Model<NoOptions, BaselineFit> = {
  name: 'seasonal_naive',
  check: checkNothing('seasonal_naive'),
  fit: (series) => fitLag('seasonal_naive', series),
  forecast: forecastLag,
}
