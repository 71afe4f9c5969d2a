import { observedRange } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import { scaled } from '../scaled.ts'
import { prepareData } from './data.ts'
import { countOf, likelihoodAt } from './likelihood.ts'
import { makeWorkspace } from './workspace.ts'

/** Coefficients as the field writes them: φ, θ (1 + θ₁B …), Φ, Θ. */
export interface Coefficients {
  readonly ar: readonly number[]
  readonly ma: readonly number[]
  readonly seasonalAr: readonly number[]
  readonly seasonalMa: readonly number[]
}

/**
 * Exact log-likelihood of a series, on its own scale, at given coefficients; mean (or drift) and variance are the best
 * for them. −Infinity where they are not stationary.
 */
export function likelihoodOf(
  series: Series,
  { d, D, constant }: { readonly d: number; readonly D: number; readonly constant: boolean },
  { ar, ma, seasonalAr, seasonalMa }: Coefficients,
): number {
  const { y, scale } = scaled(series.values)
  const range = observedRange(y) ?? { first: 0, last: y.length - 1 }
  const m = series.seasonLength
  const data = prepareData(y.slice(range.first, range.last + 1), d, D, m)
  const order = { p: ar.length, q: ma.length, P: seasonalAr.length, Q: seasonalMa.length, constant }
  const point = Float64Array.of(...ar, ...ma, ...seasonalAr, ...seasonalMa)
  const longest = Math.max(1, ar.length + m * seasonalAr.length, ma.length + m * seasonalMa.length + 1)
  const workspace = makeWorkspace(data.w.length, longest, Math.max(1, point.length), data.regressors.series.length)
  return likelihoodAt(data, order, point, workspace).logLikelihood - countOf(data) * Math.log(scale)
}
