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
  const known = new Map<number, Demand>()
  const whole = (periods: number): Demand => {
    const demand = known.get(periods) ?? wholeDemand(totals, periods)
    known.set(periods, demand)
    return demand
  }
  const values = new Float64Array(times.length * VALUES)
  let mean = 0
  for (const [i, time] of times.entries()) {
    const below = Math.floor(time)
    const share = time - below
    const into = values.subarray(i * VALUES, (i + 1) * VALUES)
    const from = whole(below)
    if (share === 0) into.set(from.values)
    else blend(from, whole(below + 1), share, into)
    mean += meanOver(totals, time) / times.length
  }
  return { mean, values: times.length > 1 ? values.sort() : values }
}

const wholeDemand = (totals: Totals, periods: number): Demand =>
  periods === 0
    ? { mean: 0, values: new Float64Array(VALUES) }
    : {
        mean: totals.mean(periods),
        values: Float64Array.from({ length: VALUES }, (_, i) => totals.quantile(periods, (i + 0.5) / VALUES)),
      }

/** What `quantileBetween` is, for all values at once. */
function blend(from: Demand, to: Demand, share: number, into: Float64Array): void {
  const mean = from.mean * (1 - share) + to.mean * share
  for (let k = 0; k < VALUES; k++) {
    const before = from.values[k]! - from.mean
    const after = to.values[k]! - to.mean
    const distance = before * Math.abs(before) * (1 - share) + after * Math.abs(after) * share
    into[k] = mean + Math.sign(distance) * Math.sqrt(Math.abs(distance))
  }
}

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
