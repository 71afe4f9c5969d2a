import { normalQuantile } from '../math/distribution/normal.ts'
import { quantileOfSlices } from '../math/quantile.ts'
import type { Random } from '../math/random.ts'
import { gridSd } from '../models/grid.ts'
import type { PublishedForecast } from '../models/published-forecast.ts'
import { correlationOf, covarianceOf, type Method, type PastErrors } from './covariance.ts'
import { FUTURES, futureScores } from './futures.ts'
import { correlationsLast } from './held-out.ts'
import { addUp, type Hierarchy } from './hierarchy.ts'
import { bottomUp, reconciler } from './reconcile.ts'

export interface Reconciled {
  /** Parts first, then totals in the hierarchy's order. */
  readonly forecasts: readonly PublishedForecast[]
  /** The method asked for; `wls` for `mint` where past errors show no correlation that lasts. */
  readonly method: Method
  /** Weight of the average correlation that the past's errors asked for; 1 for methods that know no correlations. */
  readonly shrinkage: number
}

/**
 * Forecasts of all nodes that add up at every step. Means: by the method's projection, the same at every step, since errors
 * grow with the step by about as much for all nodes. Distributions: a part's is its own, moved with its mean; a total's is
 * drawn, so many futures of the parts, together as past errors were (a copula: Ben Taieb, Taylor & Hyndman 2021), each of
 * which adds up by itself. Projecting futures of all nodes instead would make them too narrow: it counts a total and its
 * parts as separate witnesses where they saw the same. Parts that cannot be negative (`floors`) are not, in any future.
 * Base forecasts are one a node, of the same horizon and probabilities, parts first; null for a total that has none.
 */
export function reconcileForecasts(
  hierarchy: Hierarchy,
  base: readonly (PublishedForecast | null)[],
  floors: readonly boolean[],
  errors: PastErrors,
  wanted: Method,
  random: Random,
): Reconciled {
  const nodes = base.length
  const { partCount } = hierarchy
  const horizon = base[0]!.mean.length
  const correlation = correlationOf(errors)
  const means = base.map((forecast) => forecast?.mean.slice() ?? new Float64Array(horizon))
  const bands = base.map((forecast) => forecast?.bands ?? null)
  const probabilities = bands.find((each) => each !== null)?.probabilities ?? new Float64Array(0)
  const width = probabilities.length
  const quantiles = base.map(() => new Float64Array(horizon * width).fill(Number.NaN))
  const silent = (node: number): boolean => base[node] === null
  const sizes = Float64Array.from(base, sizeOf)
  const method = wanted === 'mint' && !correlationsLast(hierarchy, errors, silent, sizes) ? 'wls' : wanted
  const reconcile =
    method === 'bottom_up'
      ? bottomUp(hierarchy)
      : reconciler(hierarchy, covarianceOf(hierarchy, method, correlation, silent, sizes))
  const column = new Float64Array(nodes)
  const places = width > 0 ? placesOf(futureScores(correlation, partCount, random), probabilities) : null
  const futures = new Float64Array(places === null ? 0 : nodes * FUTURES)
  for (let h = 0; h < horizon; h++) {
    for (let i = 0; i < nodes; i++) column[i] = means[i]![h]!
    const given = column.slice()
    reconcile(column)
    for (let i = 0; i < partCount; i++) if (floors[i]) column[i] = Math.max(0, column[i]!)
    addUp(hierarchy, column)
    for (let i = 0; i < nodes; i++) means[i]![h] = column[i]!
    if (places === null) continue
    for (let i = 0; i < partCount; i++) {
      const own = bands[i]!
      if (own === null) {
        futures.fill(column[i]!, i * FUTURES, (i + 1) * FUTURES)
        continue
      }
      const shift = column[i]! - given[i]!
      const moved = own.values.subarray(h * width, (h + 1) * width).map((value) => shifted(value, shift, floors[i]!))
      quantiles[i]!.set(moved, h * width)
      drawInto(futures, places, i, moved, floors[i]!)
    }
    addUp(hierarchy, futures, FUTURES)
    for (let i = partCount; i < nodes; i++) {
      const sorted = futures.subarray(i * FUTURES, (i + 1) * FUTURES).sort()
      for (let k = 0; k < width; k++) quantiles[i]![h * width + k] = quantileOfSlices(sorted, probabilities[k]!)
    }
  }
  const response = (i: number): Float64Array => bands[i]?.response ?? new Float64Array(horizon).fill(1, 0, 1)
  return {
    method,
    shrinkage: method === 'mint' ? correlation.shrinkage : 1,
    forecasts: means.map((mean, i) => ({
      mean,
      bands:
        width === 0 || (bands[i] === null && i < partCount)
          ? null
          : { probabilities, values: quantiles[i]!, response: response(i) },
    })),
  }
}

/** How far off a node may be where no error of it is known: its bands' standard deviation, else the size of its forecast. */
function sizeOf(forecast: PublishedForecast | null): number {
  if (forecast === null) return 0
  const { mean, bands } = forecast
  const each = bands === null ? mean : gridSd(bands.probabilities, bands.values, mean.length)
  return Math.sqrt(each.reduce((sum, value) => sum + value * value, 0) / mean.length)
}

const shifted = (value: number, shift: number, floor: boolean): number =>
  floor ? Math.max(0, value + shift) : value + shift

/** Where each score lies in the grid of probabilities: below which of them, and how far beyond the one before. */
interface Places {
  readonly segment: Uint8Array
  readonly share: Float64Array
}

/** Linear in the normal score between the grid's probabilities, and along its last segments beyond them. */
function placesOf(scores: Float64Array, probabilities: Float64Array): Places {
  const grid = probabilities.map((p) => normalQuantile(p))
  const segment = new Uint8Array(scores.length)
  const share = scores.map((score, i) => {
    let k = 1
    while (k < grid.length - 1 && grid[k]! < score) k++
    segment[i] = k
    return (score - grid[k - 1]!) / (grid[k]! - grid[k - 1]!)
  })
  return { segment, share }
}

/** The futures of a part with these quantiles. */
function drawInto(
  futures: Float64Array,
  { segment, share }: Places,
  part: number,
  values: Float64Array,
  floor: boolean,
): void {
  for (let f = part * FUTURES; f < (part + 1) * FUTURES; f++) {
    const low = values[segment[f]! - 1]!
    const value = low + share[f]! * (values[segment[f]!]! - low)
    futures[f] = floor && value < 0 ? 0 : value
  }
}
