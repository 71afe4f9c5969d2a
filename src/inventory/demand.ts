import { quantileOfSlices } from '../math/quantile.ts'
import type { Totals } from './stock.ts'

/** Demand over a stretch of time that may itself be uncertain: equally likely values, ascending, and their mean. */
export interface Demand {
  readonly mean: number
  readonly values: Float64Array
}

/** Values that stand for the distribution of one total. */
const VALUES = 400

/** The demand over some whole periods. */
export type WholeDemand = (periods: number) => Demand

/** Each is computed once. */
export function wholeDemands(totals: Totals): WholeDemand {
  const known = new Map<number, Demand>()
  return (periods) => {
    const demand = known.get(periods) ?? wholeDemand(totals, periods)
    known.set(periods, demand)
    return demand
  }
}

/** The demand over `times` (periods, fractions allowed), each as likely as the others. */
export function demandOver(totals: Totals, whole: WholeDemand, times: readonly number[]): Demand {
  const values = new Float64Array(times.length * VALUES)
  let mean = 0
  for (const [i, time] of times.entries()) {
    const below = Math.floor(time)
    const share = time - below
    const into = values.subarray(i * VALUES, (i + 1) * VALUES)
    const from = whole(below)
    const average = meanOver(totals, time)
    if (share === 0) into.set(from.values)
    else {
      const to = whole(below + 1)
      for (let k = 0; k < VALUES; k++)
        into[k] = within(average, from.values[k]! - from.mean, to.values[k]! - to.mean, share)
    }
    mean += average / times.length
  }
  return { mean, values: times.length > 1 ? values.sort() : values }
}

function wholeDemand(totals: Totals, periods: number): Demand {
  const values = new Float64Array(VALUES)
  if (periods === 0) return { mean: 0, values }
  for (let i = 0; i < VALUES; i++) values[i] = totals.quantile(periods, (i + 0.5) / VALUES)
  return { mean: totals.mean(periods), values }
}

/** Mean total of a stretch of time; linear within a period. */
function meanOver(totals: Totals, time: number): number {
  const mean = (periods: number): number => (periods === 0 ? 0 : totals.mean(periods))
  const below = Math.floor(time)
  const share = time - below
  return share === 0 ? mean(below) : mean(below) * (1 - share) + mean(below + 1) * share
}

/** A quantile of the total of a stretch of time from those of whole periods (not asked for 0). */
export function quantileBetween(totals: Totals, time: number, quantile: (periods: number) => number): number {
  const below = Math.floor(time)
  if (below === time) return below === 0 ? 0 : quantile(below)
  const distance = (periods: number): number => (periods === 0 ? 0 : quantile(periods) - totals.mean(periods))
  return within(meanOver(totals, time), distance(below), distance(below + 1), time - below)
}

/**
 * What lies a share of a period between two quantiles that are so far from their means: it moves by the distance from the
 * mean on the scale of squares, since a variance grows linearly in time.
 */
function within(mean: number, before: number, after: number, share: number): number {
  const square = before * Math.abs(before) * (1 - share) + after * Math.abs(after) * share
  return mean + Math.sign(square) * Math.sqrt(Math.abs(square))
}

export const quantileOf = ({ values }: Demand, probability: number): number => quantileOfSlices(values, probability)

/** A whole number as it comes out of interpolation. */
const ROUNDING = 1e-6

/** Probability that the demand is met from this stock; a value and the stock are equal within rounding. */
export function chanceMet({ values }: Demand, stock: number): number {
  let met = 0
  let to = values.length
  while (met < to) {
    const middle = (met + to) >> 1
    if (values[middle]! <= stock + ROUNDING) met = middle + 1
    else to = middle
  }
  return met / values.length
}

/** Expected demand that this stock does not meet. */
export function shortage({ values }: Demand, stock: number): number {
  let sum = 0
  for (let i = values.length - 1; i >= 0 && values[i]! > stock; i--) sum += values[i]! - stock
  return sum / values.length
}
