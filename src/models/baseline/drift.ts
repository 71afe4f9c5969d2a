import type { Series } from '../../series/series.ts'
import type { Model } from '../model.ts'
import { type BaselineFit, checkNothing, type NoOptions, observedOf, rootMeanSquare } from './baseline.ts'

/** The line through the first and last observation goes on (FPP3, section 5.2). */
function fit(series: Series): BaselineFit {
  const observed = observedOf(series, 'drift')
  const { values } = series
  let first = 0
  while (Number.isNaN(values[first])) first++
  let last = values.length - 1
  while (Number.isNaN(values[last])) last--
  const slope = last > first ? values[last]! / (last - first) - values[first]! / (last - first) : 0
  const errors = new Float64Array(values.length)
  let count = 0
  for (let t = first + 1, before = first; t <= last; t++) {
    if (Number.isNaN(values[t])) continue
    errors[count++] = (values[t]! - values[before]! - slope * (t - before)) / Math.sqrt(t - before)
    before = t
  }
  const pattern = [values[last]! + slope * (values.length - 1 - last)]
  const sd = rootMeanSquare(errors.subarray(0, count), 1)
  return { model: 'drift', label: 'Drift', evaluations: 0, pattern, slope, sd, observed }
}

export const drift: Model<NoOptions, BaselineFit> = {
  name: 'drift',
  check: checkNothing('drift'),
  fit,
  /** Variance h(1 + h/(n − 1))σ²: the slope is estimated too (FPP3, table 5.2). */
  forecast(fit, horizon) {
    const mean = new Float64Array(horizon)
    for (let h = 0; h < horizon; h++) mean[h] = fit.pattern[0]! + fit.slope * (h + 1)
    if (fit.observed < 2) return { mean, spread: { kind: 'none' } }
    const sd = new Float64Array(horizon)
    for (let h = 0; h < horizon; h++) sd[h] = fit.sd * Math.sqrt((h + 1) * (1 + (h + 1) / (fit.observed - 1)))
    return { mean, spread: { kind: 'normal', sd, response: new Float64Array(horizon).fill(1) } }
  },
}
