import type { Hierarchy } from './hierarchy.ts'
import type { ErrorCovariance } from './reconcile.ts'

/** `bottom_up` adds parts up; the others differ in what they take the errors of the forecasts to be. */
export type Method = 'bottom_up' | 'ols' | 'wls' | 'mint'
export const METHODS = ['bottom_up', 'ols', 'wls', 'mint'] as const satisfies readonly Method[]

/** Errors of the nodes in the past, `values[node * length + t]`, all ending together; NaN where there is none. */
export interface PastErrors {
  readonly values: Float64Array
  readonly length: number
}

/** How the errors of the nodes go together. */
export interface Correlation {
  /** `scores[node * length + t]`, of unit mean square where known, 0 elsewhere. */
  readonly scores: Float64Array
  readonly length: number
  /** Root mean square of each node's errors; NaN where too few are known. */
  readonly sd: Float64Array
  /** Correlation of two nodes of which nothing is known: the average of all. */
  readonly common: number
  /** Weight of the average, 0 to 1, against each pair's own correlation. */
  readonly shrinkage: number
}

/** Errors known of a node below which its correlations are the average. */
const LEAST_ERRORS = 4
/** An autocorrelation above this is that of a walk, of which no history tells much. */
const SLOWEST = 0.95
/** Some shrinkage keeps a covariance of more nodes than errors invertible. */
const LEAST_SHRINKAGE = 0.01

/**
 * Correlations shrunk towards their average (Ledoit & Wolf 2003; towards none, as is more usual, the errors of many parts
 * would seem to cancel in their total) by the weight of least expected squared error, as Schäfer & Strimmer (2005) estimate
 * it: the sum of the correlations' own variances over that of their squared distances from the average. Both sums over all
 * pairs come from sums over nodes and from a matrix of the size of the history, so no pair is looked at. Errors that last tell less than
 * their number: the variances grow with their autocorrelation.
 */
export function correlationOf({ values, length }: PastErrors): Correlation {
  const nodes = length === 0 ? 0 : values.length / length
  const scores = new Float64Array(values.length)
  const sd = Float64Array.from({ length: nodes }, (_, i) => standardize(values, scores, i * length, length))
  const known = sd.filter((each) => each > 0).length
  if (known < 2) return { scores, length, sd, common: 0, shrinkage: 1 }
  const gram = new Float64Array(length * length)
  const sums = new Float64Array(length)
  const squares = new Float64Array(length)
  const fourths = new Float64Array(length)
  let own = 0
  let ownSquared = 0
  for (let i = 0; i < nodes; i++) {
    let size = 0
    for (let t = 0; t < length; t++) {
      const score = scores[i * length + t]!
      if (score === 0) continue
      size += score * score
      sums[t]! += score
      squares[t]! += score * score
      fourths[t]! += score ** 4
      for (let s = 0; s <= t; s++) gram[t * length + s]! += score * scores[i * length + s]!
    }
    own += size / length
    ownSquared += (size / length) ** 2
  }
  // all pairs less the pairs of a node with itself
  const pairs = known * (known - 1)
  let total = -own
  let together = -ownSquared
  let spread = 0
  for (let t = 0; t < length; t++) {
    total += sums[t]! ** 2 / length
    for (let s = 0; s <= t; s++) together += ((s === t ? 1 : 2) * gram[t * length + s]! ** 2) / length ** 2
    spread += squares[t]! ** 2 - fourths[t]!
  }
  const variances = slowness(scores, length) * (length / (length - 1) ** 3) * (spread - length * together)
  const common = Math.max(0, total / pairs)
  const distances = together - pairs * common ** 2
  const shrinkage = distances > 0 ? Math.min(1, Math.max(LEAST_SHRINKAGE, variances / distances)) : 1
  return { scores, length, sd, common, shrinkage }
}

/** By how much the variance of a correlation grows where the errors of both follow their last ones (Bartlett 1946). */
function slowness(scores: Float64Array, length: number): number {
  let cross = 0
  let squares = 0
  for (let from = 0; from < scores.length; from += length)
    for (let t = from + 1; t < from + length; t++) {
      cross += scores[t]! * scores[t - 1]!
      squares += (scores[t]! ** 2 + scores[t - 1]! ** 2) / 2
    }
  const square = Math.min(SLOWEST, Math.max(0, cross / squares)) ** 2
  return squares > 0 ? (1 + square) / (1 - square) : 1
}

/** Of unit mean square over what is known; gives the root mean square, NaN where too little is known. */
function standardize(values: Float64Array, scores: Float64Array, from: number, length: number): number {
  let count = 0
  let square = 0
  for (let t = from; t < from + length; t++) {
    if (Number.isNaN(values[t]!)) continue
    count++
    square += values[t]! ** 2
  }
  const sd = Math.sqrt(square / count)
  if (count < LEAST_ERRORS) return Number.NaN
  if (sd > 0) for (let t = from; t < from + length; t++) scores[t] = Number.isNaN(values[t]!) ? 0 : values[t]! / sd
  return sd
}

/** A node that never erred gets this share of the mean variance: it is nearly certain, not exactly. */
const LEAST_VARIANCE = 1e-6

/**
 * Covariance of the errors: `ols` takes all nodes as alike, `wls` their errors as uncorrelated, `mint` as correlated like
 * the past's. `silent` nodes have no forecast of their own, and no say. Where the errors
 * of one are not known (NaN) its `sizes` stand in.
 */
export function covarianceOf(
  hierarchy: Hierarchy,
  method: Exclude<Method, 'bottom_up'>,
  { scores, length, sd, common, shrinkage }: Correlation,
  silent: (node: number) => boolean,
  sizes: Float64Array,
): ErrorCovariance {
  const nodes = hierarchy.partCount + hierarchy.totals.length
  const none = { factor: new Float64Array(0), rank: 0 }
  const unless = (variance: (node: number) => number): Float64Array =>
    Float64Array.from({ length: nodes }, (_, i) => (silent(i) ? Number.POSITIVE_INFINITY : variance(i)))
  if (method === 'ols') return { diagonal: unless(() => 1), ...none }
  const raw = Float64Array.from(
    { length: nodes },
    (_, i) => (Number.isNaN(sd[i] ?? Number.NaN) ? sizes[i]! : sd[i]!) ** 2,
  )
  const average = raw.reduce((sum, each) => sum + each, 0) / nodes
  const least = average > 0 ? LEAST_VARIANCE * average : 1
  const variance = unless((i) => Math.max(least, raw[i]!))
  if (method === 'wls') return { diagonal: variance, ...none }
  const rank = length + 1
  const factor = new Float64Array(nodes * rank)
  const share = Math.sqrt((1 - shrinkage) / length)
  const shared = Math.sqrt(shrinkage * common)
  const diagonal = variance.map((own, i) => {
    if (own === Number.POSITIVE_INFINITY) return own
    const scale = Math.sqrt(own)
    let explained = 0
    for (let t = 0; t < rank; t++) {
      const entry = scale * (t === length ? shared : share * scores[i * length + t]!)
      factor[i * rank + t] = entry
      explained += entry * entry
    }
    return own - explained
  })
  return { diagonal, factor, rank }
}
