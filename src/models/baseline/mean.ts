import { type LocatedProblem, Problem, problem } from '../../messages.ts'
import type { Series } from '../../series/series.ts'
import type { FitBase, Model } from '../model.ts'
import { unknownOptions } from '../unknown-options.ts'
import { observedOf, rootMeanSquare } from './baseline.ts'

export interface MeanSpec {
  /** `empirical` resamples the history, for sparse demand that no normal curve describes. Default `normal`. */
  readonly distribution: 'normal' | 'empirical'
}

export interface MeanFit extends FitBase {
  readonly mean: number
  readonly sd: number
  readonly observed: number
  /** The observed values, kept for resampling only. */
  readonly history: readonly number[] | null
}

const PATHS = 500

function check(options: Partial<MeanSpec> = {}): MeanSpec {
  const distribution = options.distribution ?? 'normal'
  const faults: LocatedProblem[] = unknownOptions(options, { distribution }, 'mean')
  if (distribution !== 'normal' && distribution !== 'empirical')
    faults.push(
      problem('config_invalid', { field: 'distribution', value: String(distribution), expected: 'normal, empirical' }),
    )
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  return Object.freeze({ distribution })
}

function fit(series: Series, spec: MeanSpec): MeanFit {
  const observed = observedOf(series, 'mean')
  const history = series.values.filter((value) => !Number.isNaN(value))
  let mean = 0
  for (let i = 0; i < history.length; i++) mean += history[i]! / observed
  const errors = history.slice()
  for (let i = 0; i < errors.length; i++) errors[i]! -= mean
  const sd = rootMeanSquare(errors, 1)
  const kept = spec.distribution === 'empirical' ? Array.from(history) : null
  return { model: 'mean', label: 'Mean', evaluations: 0, mean, sd, observed, history: kept }
}

/** The average of all observations (FPP3, section 5.2). */
export const mean: Model<MeanSpec, MeanFit> = {
  name: 'mean',
  check,
  fit,
  forecast(fit, horizon, random) {
    const point = new Float64Array(horizon).fill(fit.mean)
    if (fit.observed < 2) return { mean: point, spread: { kind: 'none' } }
    if (fit.history === null) {
      const sd = new Float64Array(horizon).fill(fit.sd * Math.sqrt(1 + 1 / fit.observed))
      const response = new Float64Array(horizon)
      response[0] = 1
      return { mean: point, spread: { kind: 'normal', sd, response } }
    }
    const values = new Float64Array(PATHS * horizon)
    for (let i = 0; i < values.length; i++) values[i] = fit.history[Math.floor(random.uniform() * fit.history.length)]!
    return { mean: point, spread: { kind: 'paths', count: PATHS, values } }
  },
}
