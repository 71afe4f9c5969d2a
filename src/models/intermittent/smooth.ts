import type { Budget } from '../../math/optimize/budget.ts'
import type { Demand } from './demand.ts'
import { intervalOf } from './demand.ts'

export type Method = 'croston' | 'sba' | 'tsb' | 'adida' | 'imapa'

/** A method's rate of demand a period. */
export interface Rate {
  readonly method: Method
  /** Smoothing of sizes; of intervals or of the probability (the level, for `adida` and `imapa`). */
  readonly sizeSmoothing: number
  readonly intervalSmoothing: number
  /** Forecast of every future period. */
  readonly level: number
  /** Forecast of each period from those before it; NaN where there is none before. */
  readonly fitted: Float64Array
  readonly evaluations: number
}

const GRID = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4] as const

/**
 * Smoothing by the smallest squared error of the rate one period ahead (Kourentzes 2014: errors of the rate, not of
 * sizes and intervals, are what a stock feels), over a grid of both constants.
 */
export function rateOf(demand: Demand, method: Method, budget: Budget): Rate {
  let best: Rate | null = null
  let least = Number.POSITIVE_INFINITY
  let evaluations = 0
  for (const sizeSmoothing of GRID)
    for (const intervalSmoothing of twoConstants(method) ? GRID : [sizeSmoothing]) {
      if (best !== null && (evaluations >= budget.maxEvaluations || budget.expired?.() === true)) break
      const rate = smooth(demand, method, sizeSmoothing, intervalSmoothing)
      evaluations++
      let squares = 0
      for (let t = 0; t < rate.fitted.length; t++) {
        // over the largest value, so that no square overflows
        const error = (demand.values[t]! - rate.fitted[t]!) / demand.largest
        if (!Number.isNaN(error)) squares += error * error
      }
      if (squares < least || best === null) {
        least = squares
        best = rate
      }
    }
  return { ...best!, evaluations }
}

const twoConstants = (method: Method): boolean => method === 'croston' || method === 'sba' || method === 'tsb'

export function smooth(demand: Demand, method: Method, sizeSmoothing: number, intervalSmoothing: number): Rate {
  const constants = { method, sizeSmoothing, intervalSmoothing, evaluations: 1 }
  if (method === 'tsb') return { ...constants, ...tsb(demand, sizeSmoothing, intervalSmoothing) }
  if (method === 'adida') {
    const bucket = Math.max(1, Math.round(intervalOf(demand)))
    return { ...constants, ...aggregated(demand, bucket, sizeSmoothing) }
  }
  if (method === 'imapa') return { ...constants, ...imapa(demand, sizeSmoothing) }
  return { ...constants, ...croston(demand, sizeSmoothing, intervalSmoothing, method === 'sba') }
}

interface Path {
  readonly level: number
  readonly fitted: Float64Array
}

/**
 * Croston (1972): sizes and intervals smoothed apart where demand comes; their ratio is the rate. With `corrected` times
 * 1 − β/2, β smoothing the intervals: the ratio of two averages is too large (Syntetos & Boylan 2005). Starts: the first
 * size, the average interval.
 */
function croston(demand: Demand, alpha: number, beta: number, corrected: boolean): Path {
  const { values } = demand
  const factor = corrected ? 1 - beta / 2 : 1
  const fitted = new Float64Array(values.length).fill(Number.NaN)
  let size = values.length > 0 ? values[0]! : 0
  let interval = intervalOf(demand)
  let since = 1
  for (let t = 1; t < values.length; t++) {
    fitted[t] = (factor * size) / interval
    const value = values[t]!
    if (Number.isNaN(value)) continue
    if (value === 0) since++
    else {
      size += alpha * (value - size)
      interval += beta * (since - interval)
      since = 1
    }
  }
  return { level: (factor * size) / interval, fitted }
}

/** Teunter, Syntetos & Babai (2011): the probability of demand is smoothed every period, so that it dies out with demand. */
function tsb(demand: Demand, alpha: number, beta: number): Path {
  const { values } = demand
  const fitted = new Float64Array(values.length).fill(Number.NaN)
  let size = values.length > 0 ? values[0]! : 0
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
 * end with the last period; the rate of a period is that of the buckets complete before it.
 */
function aggregated({ values }: Demand, bucket: number, alpha: number): Path {
  const n = values.length
  const fitted = new Float64Array(n).fill(Number.NaN)
  const offset = n % bucket
  let level = Number.NaN
  for (let from = offset; from + bucket <= n; from += bucket) {
    let sum = 0
    let seen = 0
    for (let t = from; t < from + bucket; t++) {
      fitted[t] = level
      if (Number.isNaN(values[t]!)) continue
      sum += values[t]!
      seen++
    }
    if (seen === 0) continue
    const rate = sum / seen
    level = Number.isNaN(level) ? rate : level + alpha * (rate - level)
  }
  return { level: Number.isNaN(level) ? meanOf(values) : level, fitted }
}

/** Petropoulos & Kourentzes (2015): the average of such rates over buckets from one period to the average interval. */
function imapa(demand: Demand, alpha: number): Path {
  const largest = Math.max(1, Math.round(intervalOf(demand)))
  const paths = Array.from({ length: largest }, (_, k) => aggregated(demand, k + 1, alpha))
  const fitted = demand.values.map((_, t) => {
    const known = paths.map((path) => path.fitted[t]!).filter((value) => !Number.isNaN(value))
    return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length
  })
  return { level: paths.reduce((sum, { level }) => sum + level, 0) / largest, fitted }
}

function meanOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value))
  return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length
}
