import type { Series } from '../../series/series.ts'
import { designOf, withoutUnknown } from '../design.ts'
import { scaled } from '../scaled.ts'
import { prepareData } from './data.ts'
import { between } from './fit.ts'
import { likelihoodAt } from './likelihood.ts'
import { makeWorkspace } from './workspace.ts'

/** Coefficients as the field writes them: φ, θ (1 + θ₁B …), Φ, Θ. */
export interface Coefficients {
  readonly ar: readonly number[]
  readonly ma: readonly number[]
  readonly seasonalAr: readonly number[]
  readonly seasonalMa: readonly number[]
}

/**
 * Exact log-likelihood of a series, on its own scale, at given coefficients; mean (or drift), effects of
 * regressors and variance are the best for them. −Infinity where they are not stationary.
 */
export function likelihoodOf(
  series: Series,
  { d, D, constant }: { readonly d: number; readonly D: number; readonly constant: boolean },
  { ar, ma, seasonalAr, seasonalMa }: Coefficients,
  way?: 'pulses' | 'levels',
): number {
  const design = designOf(series)
  const { y: all, scale } = scaled(withoutUnknown(series.values, design))
  const { y, columns } = between(all, design)
  const m = series.seasonLength
  const data = prepareData(y, { d, D, seasonLength: m }, { columns, withConstant: constant }, way)
  const order = { p: ar.length, q: ma.length, P: seasonalAr.length, Q: seasonalMa.length, constant }
  const point = Float64Array.of(...ar, ...ma, ...seasonalAr, ...seasonalMa)
  const longest = Math.max(1, ar.length + m * seasonalAr.length, ma.length + m * seasonalMa.length + 1)
  return (
    likelihoodAt(data, order, point, makeWorkspace(data, longest, point.length)).logLikelihood -
    data.count * Math.log(scale)
  )
}
