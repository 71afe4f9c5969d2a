import { difference } from '../../series/difference.ts'
import { interpolate } from '../../series/missing.ts'
import type { Regressors } from './exact-filter.ts'

/** A series made ready for ARMA orders: differenced, complete, with what stands for its gaps. */
export interface Differenced {
  /** Differenced series; gaps were filled by interpolation before. */
  readonly w: Float64Array
  /** Less its mean. */
  readonly centred: Float64Array
  /** The filled series itself, from the first to the last observation. */
  readonly filled: Float64Array
  /** Positions of the gaps in `filled`. */
  readonly gaps: readonly number[]
  /** One differenced pulse a gap, then the constant: ones. */
  readonly regressors: Regressors
  readonly d: number
  readonly D: number
  readonly seasonLength: number
}

/** Each gap costs a regressor; beyond this many the interpolated values stand as if they had been observed. */
const MOST_GAPS = 40

/**
 * `y` begins and ends with an observation. A gap is filled and given a pulse of its own, whose coefficient takes the filled
 * value back out: with the determinant's correction this is the exact likelihood of what was observed (Gómez, Maravall &
 * Peña 1999), through the same filter and for differenced series alike.
 */
export function prepareData(y: Float64Array, d: number, D: number, seasonLength: number): Differenced {
  const missing: number[] = []
  for (let t = 0; t < y.length; t++) if (Number.isNaN(y[t]!)) missing.push(t)
  const filled = missing.length === 0 ? y : interpolate(y, seasonLength)
  const gaps = missing.length <= MOST_GAPS ? missing : []
  const differenced = (values: Float64Array): Float64Array => {
    let result = values
    for (let k = 0; k < D; k++) result = difference(result, seasonLength)
    for (let k = 0; k < d; k++) result = difference(result)
    return result
  }
  const w = differenced(filled)
  const pulses = gaps.map((at) => differenced(new Float64Array(y.length).with(at, 1)))
  const series = [...pulses, new Float64Array(w.length).fill(1)]
  const errors = series.map(() => new Float64Array(w.length))
  const mean = w.reduce((sum, value) => sum + value / w.length, 0)
  const centred = w.map((value) => value - mean)
  return { w, centred, filled, gaps, regressors: { series, errors, count: 0 }, d, D, seasonLength }
}
