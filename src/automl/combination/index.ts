import { type Combination, equalWeights, type Record, type Weigh } from './contract.ts'
import { dynamic } from './dynamic.ts'
import { confidenceWeighted, inverseError } from './own-trials.ts'
import { stackedWeights } from './stacked.ts'

export { COMBINATIONS, type Combination } from './contract.ts'

/** How forecasts become one: weights of sum 1, and what is at the centre: their mean, the median, or halfway. */
export interface Weighting {
  readonly weights: Float64Array
  readonly centre: 'mean' | 'median' | 'half'
}

/** The median of the members (the mean of two), whose bands count equally. */
export const plainly = (members: number): Weighting => ({ weights: equalWeights(members), centre: 'median' })

/**
 * Weights of the members from what they said in trials that are over, by a way that learns from the series alone;
 * `prior` are those of its cohort, for stacking. Null for the ways that do not.
 */
export function weightsByTrials(
  kind: Combination,
  records: readonly Record[],
  prior: Float64Array | null,
): Weighting | null {
  const mean = (weigh: Weigh): Weighting => ({ weights: weigh(records), centre: 'mean' })
  switch (kind) {
    case 'equal':
      return { weights: equalWeights(records.length), centre: 'mean' }
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
