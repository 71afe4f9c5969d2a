import type { Budget } from '../../math/optimize/budget.ts'
import type { Demand } from './demand.ts'
import { intervalOf, sizeOf } from './demand.ts'

export type Method = 'croston' | 'sba' | 'tsb' | 'adida' | 'imapa'

/** A method's rate of demand a period. */
export interface Rate {
  readonly method: Method
  /** Smoothing of sizes; of intervals or of the probability (the level, for `adida` and `imapa`): averages over the grid, as are the rates. */
  readonly sizeSmoothing: number
  readonly intervalSmoothing: number
  /** Forecast of every future period. */
  readonly level: number
  /** Forecast of each period from those before it; NaN where there is none before. */
  readonly fitted: Float64Array
  readonly evaluations: number
}

const GRID = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4] as const
/** Of a probability, which moves in every period and not only where demand comes. */
const SLOW_GRID = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3] as const
const MOST_BUCKETS = 24
/** A pair of less weight changes no rate by as much. */
const UNSEEN = 1e-9

/**
 * The rate over a grid of both constants, each pair weighted by its likelihood: a sparse history seldom tells one pair
 * from another, and the best of many is best by chance. Errors are those of the rate one period ahead, taken as normal
 * (Kourentzes 2014: what a stock feels, unlike errors of sizes and intervals): the weight is (Σe²)^(−n/2).
 */
export function rateOf(demand: Demand, method: Method, budget: Budget): Rate {
  const tried: { rate: Rate; squares: number }[] = []
  for (const sizeSmoothing of GRID)
    for (const intervalSmoothing of secondConstants(method, sizeSmoothing)) {
      if (tried.length > 0 && (tried.length >= budget.maxEvaluations || budget.expired?.() === true)) break
      const rate = smooth(demand, method, sizeSmoothing, intervalSmoothing)
      tried.push({ rate, squares: squaredErrors(demand, rate.fitted) })
    }
  const least = tried.reduce((low, { squares }) => Math.min(low, squares), Number.POSITIVE_INFINITY)
  // without an error to be made all pairs are alike
  const likelihood = (squares: number): number =>
    squares === least ? 1 : least === 0 ? 0 : (squares / least) ** (-demand.observed / 2)
  const weights = tried.map(({ squares }) => likelihood(squares))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const fitted = new Float64Array(demand.values.length)
  const average = { sizeSmoothing: 0, intervalSmoothing: 0, level: 0 }
  for (const [i, { rate }] of tried.entries()) {
    const share = weights[i]! / total
    average.sizeSmoothing += share * rate.sizeSmoothing
    average.intervalSmoothing += share * rate.intervalSmoothing
    average.level += share * rate.level
    // of a long history most pairs have next to no weight
    if (share < UNSEEN) continue
    for (let t = 0; t < fitted.length; t++) fitted[t]! += share * rate.fitted[t]!
  }
  return { method, ...average, fitted, evaluations: tried.length }
}

/** Over the square of the largest value, so that no square overflows. */
function squaredErrors({ values, largest }: Demand, fitted: Float64Array): number {
  let squares = 0
  for (let t = 0; t < values.length; t++) {
    const error = (values[t]! - fitted[t]!) / largest
    if (!Number.isNaN(error)) squares += error * error
  }
  return squares
}

function secondConstants(method: Method, sizeSmoothing: number): readonly number[] {
  if (method === 'tsb') return SLOW_GRID
  return method === 'croston' || method === 'sba' ? GRID : [sizeSmoothing]
}

export function smooth(demand: Demand, method: Method, sizeSmoothing: number, intervalSmoothing: number): Rate {
  const constants = { method, sizeSmoothing, intervalSmoothing, evaluations: 1 }
  if (method === 'tsb') return { ...constants, ...tsb(demand, sizeSmoothing, intervalSmoothing) }
  if (method === 'adida') return { ...constants, ...aggregated(demand, bucketOf(demand), sizeSmoothing) }
  if (method === 'imapa') return { ...constants, ...imapa(demand, sizeSmoothing) }
  return { ...constants, ...croston(demand, sizeSmoothing, intervalSmoothing, method === 'sba') }
}

interface Path {
  readonly level: number
  readonly fitted: Float64Array
}

/**
 * Croston (1972): sizes and intervals smoothed apart where demand comes; their ratio is the rate. With `corrected` times
 * 1 − β/2, β smoothing the intervals: the ratio of two averages is too large (Syntetos & Boylan 2005). Starts: the
 * average size and interval; the first size alone would be one draw, and small constants keep it for long.
 */
function croston(demand: Demand, alpha: number, beta: number, corrected: boolean): Path {
  const { values } = demand
  const factor = corrected ? 1 - beta / 2 : 1
  const fitted = new Float64Array(values.length).fill(Number.NaN)
  let size = sizeOf(demand)
  let interval = intervalOf(demand)
  let rate = (factor * size) / interval
  let since = 1
  for (let t = 1; t < values.length; t++) {
    fitted[t] = rate
    const value = values[t]!
    if (Number.isNaN(value)) continue
    if (value === 0) since++
    else {
      size += alpha * (value - size)
      interval += beta * (since - interval)
      rate = (factor * size) / interval
      since = 1
    }
  }
  return { level: rate, fitted }
}

/** Teunter, Syntetos & Babai (2011): the probability of demand is smoothed every period, so that it dies out with demand. */
function tsb(demand: Demand, alpha: number, beta: number): Path {
  const { values } = demand
  const fitted = new Float64Array(values.length).fill(Number.NaN)
  let size = sizeOf(demand)
  let probability = 1 / intervalOf(demand)
  for (let t = 1; t < values.length; t++) {
    fitted[t] = probability * size
    const value = values[t]!
    if (Number.isNaN(value)) continue
    if (value !== 0) size += alpha * (value - size)
    probability += beta * ((value === 0 ? 0 : 1) - probability)
  }
  return { level: probability * size, fitted }
}

/**
 * Nikolopoulos et al. (2011): sums over buckets are smoothed exponentially, and spread evenly over their periods. Buckets
 * end with the last period; the rate of a period is that of the buckets complete before it. Start: the average demand.
 */
function aggregated(demand: Demand, bucket: number, alpha: number): Path {
  const { values } = demand
  const n = values.length
  let level = sizeOf(demand) / intervalOf(demand)
  const fitted = new Float64Array(n).fill(level)
  for (let from = n % bucket; from + bucket <= n; from += bucket) {
    let sum = 0
    let seen = 0
    for (let t = from; t < from + bucket; t++) {
      fitted[t] = level
      if (Number.isNaN(values[t]!)) continue
      sum += values[t]!
      seen++
    }
    if (seen > 0) level += alpha * (sum / seen - level)
  }
  // a history begins where demand does: its first value is no surprise
  if (n > 0) fitted[0] = Number.NaN
  return { level, fitted }
}

/**
 * Petropoulos & Kourentzes (2015): the average of such rates over buckets from one period to the average interval; over
 * evenly spread ones where there would be many.
 */
function imapa(demand: Demand, alpha: number): Path {
  const largest = bucketOf(demand)
  const count = Math.min(largest, MOST_BUCKETS)
  const fitted = new Float64Array(demand.values.length)
  let level = 0
  for (let k = 0; k < count; k++) {
    const path = aggregated(demand, count === 1 ? 1 : Math.round(1 + ((largest - 1) * k) / (count - 1)), alpha)
    level += path.level / count
    for (let t = 0; t < fitted.length; t++) fitted[t]! += path.fitted[t]! / count
  }
  return { level, fitted }
}

/** Periods of a bucket: the average interval, of which the history must hold two. */
const bucketOf = (demand: Demand): number =>
  Math.max(1, Math.min(Math.round(intervalOf(demand)), demand.values.length >> 1))
