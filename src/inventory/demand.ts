import { quantileOfSlices } from '../math/quantile.ts'
import type { Totals } from './stock.ts'

/** Demand over a stretch of time that may itself be uncertain: equally likely values, ascending, and their mean. */
export interface Demand {
  readonly mean: number
  readonly values: Float64Array
}

/** Values that stand for the distribution of one total. */
const VALUES = 400

/** The demand over `times` (periods, fractions allowed), each as likely as the others. */
export function demandOver(totals: Totals, times: readonly number[]): Demand {
  const whole = new Map<number, Float64Array>()
  const quantilesOf = (periods: number): Float64Array => {
    const known = whole.get(periods) ?? valuesOf(totals, periods)
    whole.set(periods, known)
    return known
  }
  const values = new Float64Array(times.length * VALUES)
  let mean = 0
  for (const [i, time] of times.entries()) {
    mean += meanOver(totals, time) / times.length
    for (let k = 0; k < VALUES; k++)
      values[i * VALUES + k] = quantileBetween(totals, time, (periods) => quantilesOf(periods)[k]!)
  }
  return { mean, values: times.length > 1 ? values.sort() : values }
}

const valuesOf = (totals: Totals, periods: number): Float64Array =>
  Float64Array.from({ length: VALUES }, (_, i) => (periods === 0 ? 0 : totals.quantile(periods, (i + 0.5) / VALUES)))

/** Mean total of a stretch of time; linear within a period. */
function meanOver(totals: Totals, time: number): number {
  const mean = (periods: number): number => (periods === 0 ? 0 : totals.mean(periods))
  return between(time, mean)
}

/**
 * A quantile of the total of a stretch of time from those of whole periods (not asked for 0). Within a period it moves by
 * its distance from the mean on the scale of squares, since a variance grows linearly in time.
 */
export function quantileBetween(totals: Totals, time: number, quantile: (periods: number) => number): number {
  const below = Math.floor(time)
  if (below === time) return below === 0 ? 0 : quantile(below)
  const square = (periods: number): number => {
    const distance = periods === 0 ? 0 : quantile(periods) - totals.mean(periods)
    return distance * Math.abs(distance)
  }
  const distance = between(time, square)
  return meanOver(totals, time) + Math.sign(distance) * Math.sqrt(Math.abs(distance))
}

function between(time: number, at: (periods: number) => number): number {
  const below = Math.floor(time)
  const share = time - below
  return share === 0 ? at(below) : at(below) * (1 - share) + at(below + 1) * share
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
