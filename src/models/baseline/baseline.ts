import { Problem, problem } from '../../messages.ts'
import type { Series } from '../../series/series.ts'
import type { FitBase } from '../model.ts'
import { unknownOptions } from '../unknown-options.ts'

/** What a baseline keeps of the history: plain data. */
export interface BaselineFit extends FitBase {
  /** One value per position of the season that the forecast repeats (one where there is no season). */
  readonly pattern: readonly number[]
  /** Slope per step (drift); 0 for the others. */
  readonly slope: number
  /** Standard deviation of the one-step errors. */
  readonly sd: number
  readonly observed: number
}

/** Baselines have nothing to set. */
export type NoOptions = Record<string, never>

export function checkNothing(model: string): (options?: object) => NoOptions {
  return (options = {}) => {
    const faults = unknownOptions(options, {}, model)
    if (faults.length > 0) throw new Problem(faults[0]!, faults)
    return Object.freeze({}) as NoOptions
  }
}

/** Throws `series_no_values` where nothing was observed. */
export function observedOf(series: Series, model: string): number {
  let observed = 0
  for (const value of series.values) if (!Number.isNaN(value)) observed++
  if (observed === 0)
    throw new Problem(problem('series_no_values', { observations: series.values.length }, { model, stage: 'fit' }))
  return observed
}

/** Standard deviation, without a mean, of given errors scaled against overflow; `lost` degrees of freedom. */
export function rootMeanSquare(errors: Float64Array, lost = 0): number {
  let largest = 0
  for (let i = 0; i < errors.length; i++) largest = Math.max(largest, Math.abs(errors[i]!))
  if (largest === 0) return 0
  let squares = 0
  for (let i = 0; i < errors.length; i++) squares += (errors[i]! / largest) ** 2
  return largest * Math.sqrt(squares / Math.max(1, errors.length - lost))
}
