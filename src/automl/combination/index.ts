import { type Combination, equalWeights, type Record, type Weigh } from './contract.ts'
import { dynamic } from './dynamic.ts'
import { confidenceWeighted, inverseError } from './own-trials.ts'
import { stackedWeights } from './stacked.ts'

export { COMBINATIONS, type Combination } from './contract.ts'

/** How forecasts become one. */
export interface Weighting {
  /** Of sum 1. */
  readonly weights: Float64Array
  /** How far the centre is from the median of the members, 0, to the weighted mean of all, 1. */
  readonly fromMedian: number
  /** By step: what the weighted mean is moved by; null: nothing. */
  readonly move: Float64Array | null
}

/** The median of the members (the mean of two), whose bands count equally. */
export const plainly = (members: number): Weighting => ({
  weights: equalWeights(members),
  fromMedian: 0,
  move: null,
})

/**
 * Weights of the members from what they said in trials that are over, by a way that learns from the series alone;
 * `prior` are those of its cohort, for stacking. Null for the ways that do not.
 */
export function weightsByTrials(
  kind: Combination,
  records: readonly Record[],
  prior: Float64Array | null,
): Weighting | null {
  const mean = (weigh: Weigh): Weighting => ({ weights: weigh(records), fromMedian: 1, move: null })
  switch (kind) {
    case 'equal':
      return mean((known) => equalWeights(known.length))
    case 'inverse_error':
      return mean(inverseError)
    case 'confidence':
      return mean(confidenceWeighted)
    case 'stacked':
      return mean((known) => stackedWeights(known, prior ?? equalWeights(known.length)))
    case 'dynamic':
      return mean(dynamic)
    case 'auto':
    case 'learned':
    case 'median':
      return null
  }
}
