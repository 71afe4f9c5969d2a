import { median } from '../../math/quantile.ts'
import { mean, standardDeviation } from '../../math/sum.ts'
import { THRESHOLDS } from '../thresholds.ts'

/** How often there is demand, and of what sizes; missing values are left out. */
export interface Demand {
  readonly observations: number
  readonly zeros: number
  /** Average number of periods per period with demand (1 = no zeros), Infinity for no demand. */
  readonly interval: number
  /** Squared coefficient of variation of the sizes that are not 0; 0 with fewer than two. */
  readonly cv2: number
}

/** Plain numbers of a history; missing values are left out everywhere. */
export interface Features extends Demand {
  readonly missing: number
  readonly negatives: number
  readonly least: number
  readonly most: number
  readonly mean: number
  /** Standard deviation over |mean|: Infinity where the mean is 0 and the values are not. */
  readonly cv: number
  readonly outliers: number
  /** Every value is a whole number. */
  readonly whole: boolean
}

export function features(values: Float64Array): Features {
  const observed = values.filter((value) => !Number.isNaN(value))
  const demand = demandIn(observed)
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  let negatives = 0
  for (const value of observed) {
    if (value < least) least = value
    if (value > most) most = value
    if (value < 0) negatives++
  }
  return {
    ...demand,
    missing: values.length - observed.length,
    negatives,
    least,
    most,
    mean: mean(observed),
    cv: least === most || observed.length < 2 ? 0 : relativeSpread(observed),
    outliers: demand.zeros * 2 > observed.length ? 0 : outliersOf(observed).length,
    whole: observed.every((value) => Number.isInteger(value)),
  }
}

export function demandIn(values: Float64Array): Demand {
  const sizes = new Float64Array(values.length)
  let zeros = 0
  let count = 0
  for (let t = 0; t < values.length; t++) {
    const value = values[t]!
    if (value === 0) zeros++
    else if (!Number.isNaN(value)) sizes[count++] = value
  }
  const observations = zeros + count
  const sizesCv = count < 2 ? 0 : relativeSpread(sizes.subarray(0, count))
  return {
    observations,
    zeros,
    interval: count === 0 ? Number.POSITIVE_INFINITY : observations / count,
    cv2: sizesCv * sizesCv,
  }
}

const relativeSpread = (values: Float64Array): number => standardDeviation(values) / Math.abs(mean(values))

/** Positions of values far from the median of their five neighbours, on the scale of the median such distance. */
export function outliersOf(values: Float64Array): number[] {
  if (values.length < THRESHOLDS.shortObservations) return []
  const distance = values.map((value, i) => Math.abs(value - medianAround(values, i)))
  const all = median(values)
  const typical = Math.max(median(distance), 0.5 * median(values.map((value) => Math.abs(value - all))))
  if (!(typical > 0)) return []
  const limit = THRESHOLDS.outlier * 1.4826 * typical
  return Array.from(distance.keys()).filter((i) => distance[i]! > limit)
}

/** Median of a value and its four nearest neighbours; of at least five values, none missing. */
export function medianAround(values: Float64Array, i: number): number {
  const from = Math.max(0, Math.min(values.length - 5, i - 2))
  const a = values[from]!
  const b = values[from + 1]!
  const c = values[from + 2]!
  const d = values[from + 3]!
  const e = values[from + 4]!
  // of two pairs neither the least nor the greatest is the median: what is left of them stands around the fifth
  const low = Math.max(Math.min(a, b), Math.min(c, d))
  const high = Math.min(Math.max(a, b), Math.max(c, d))
  return Math.max(Math.min(low, high), Math.min(Math.max(low, high), e))
}
