import type { Trial } from '../../evaluate/rolling-origin.ts'

/**
 * How members are combined: `auto` and `learned` by weights and a move learned on other series, most of the way from the
 * median; `median` step by step; the others as weighted means, with weights from the series' own trials.
 */
export const COMBINATIONS = [
  'auto',
  'learned',
  'median',
  'equal',
  'inverse_error',
  'confidence',
  'stacked',
  'dynamic',
] as const
export type Combination = (typeof COMBINATIONS)[number]

/** What a member said at the origins known so far, the oldest first; the same origins for all. */
export type Record = readonly Trial[]

/** Weights of the members, not negative, of sum 1, from what they said before; equal where nothing is known. */
export type Weigh = (records: readonly Record[]) => Float64Array

/** Mean absolute error over what was there to judge; NaN where nothing was. */
export function errorOf(record: Record): number {
  let total = 0
  let count = 0
  for (const { actual, mean } of record)
    for (let h = 0; h < actual.length; h++) {
      if (Number.isNaN(actual[h]!)) continue
      total += Math.abs(actual[h]! - mean[h]!)
      count++
    }
  return total / count
}

/** Scaled to sum 1; equal where that cannot be. */
export function normalised(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const usable = Number.isFinite(total) && total > 0 && weights.every((weight) => weight >= 0)
  return weights.map((weight) => (usable ? weight / total : 1 / weights.length))
}

export const equalWeights = (members: number): Float64Array => new Float64Array(members).fill(1 / members)
