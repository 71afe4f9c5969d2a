import { normalQuantile } from '../math/distribution/normal.ts'
import { placeOf, quantileSorted } from '../math/quantile.ts'
import type { Random } from '../math/random.ts'
import type { Forecast } from './forecast.ts'
import { drawTotals, gridSd, scoresOf } from './grid.ts'
import { dependence } from './response.ts'
import { sortedSteps } from './samples.ts'

/** The p quantile at each step; NaN where no spread is known. */
export function quantileAt(forecast: Forecast, p: number): Float64Array {
  return quantilesAt(forecast, Float64Array.of(p))
}

/** Lower and upper bound of the central band at a level (0 to 1). */
export function band(forecast: Forecast, level: number): { lower: Float64Array; upper: Float64Array } {
  return { lower: quantileAt(forecast, (1 - level) / 2), upper: quantileAt(forecast, (1 + level) / 2) }
}

/**
 * Reduces any spread to quantiles at the given (increasing) probabilities: `values[step * probabilities.length + k]`,
 * with the dependence between steps as a response vector.
 */
export function quantileGrid(
  forecast: Forecast,
  probabilities: Float64Array,
): { values: Float64Array; response: Float64Array } {
  return { values: quantilesAt(forecast, probabilities), response: responseOf(forecast) }
}

/** Dependence between the steps of any spread, as a response vector; costly for simulated futures. */
export function responseOf({ mean, spread }: Forecast): Float64Array {
  if (spread.kind === 'none') return new Float64Array(mean.length)
  return spread.kind === 'paths' ? dependence(spread.values, spread.count, mean.length) : spread.response
}

/**
 * Quantiles at the given probabilities (increasing; the array is not changed later: what follows from it is kept), as
 * `values[step * probabilities.length + k]`, in `values` where it is given; NaN where no spread is known.
 */
export function quantilesAt(
  { mean, spread }: Forecast,
  probabilities: Float64Array,
  values = new Float64Array(mean.length * probabilities.length),
): Float64Array {
  const horizon = mean.length
  const width = probabilities.length
  switch (spread.kind) {
    case 'none':
      return values.fill(Number.NaN)
    case 'normal': {
      const scores = scoresOf(probabilities)
      for (let h = 0; h < horizon; h++) {
        const centre = mean[h]!
        const sd = spread.sd[h]!
        for (let k = 0; k < width; k++) values[h * width + k] = centre + (sd === 0 ? 0 : scores[k]! * sd)
      }
      return values
    }
    case 'quantiles': {
      const { upper, shares } = placesIn(spread.probabilities, probabilities)
      const { values: known, probabilities: given } = spread
      for (let h = 0; h < horizon; h++)
        for (let k = 0; k < width; k++) {
          const at = h * given.length + upper[k]!
          const share = shares[k]!
          values[h * width + k] = share === 0 ? known[at]! : known[at - 1]! + share * (known[at]! - known[at - 1]!)
        }
      return values
    }
    case 'paths': {
      const { count } = spread
      const sorted = sortedSteps(spread.values, count, horizon)
      for (let k = 0; k < width; k++) {
        const { below, share } = placeOf(probabilities[k]!, count)
        for (let h = 0; h < horizon; h++) {
          const low = sorted[h * count + below]!
          values[h * width + k] = share === 0 ? low : low + share * (sorted[h * count + below + 1]! - low)
        }
      }
      return values
    }
  }
}

/** Where probabilities lie in a grid's: the grid's quantile at `upper`, with share 0; else so much of the way to it from the one before. */
interface Places {
  readonly upper: Int32Array
  readonly shares: Float64Array
}

/** Most grids have the same probabilities, and most ask for the same ones. */
const PLACES = new WeakMap<Float64Array, WeakMap<Float64Array, Places>>()

function placesIn(grid: Float64Array, probabilities: Float64Array): Places {
  const known = PLACES.get(grid) ?? new WeakMap<Float64Array, Places>()
  PLACES.set(grid, known)
  const places = known.get(probabilities) ?? placesOf(grid, probabilities)
  known.set(probabilities, places)
  return places
}

function placesOf(grid: Float64Array, probabilities: Float64Array): Places {
  const upper = new Int32Array(probabilities.length)
  const shares = new Float64Array(probabilities.length)
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i]!
    const k = notBelow(grid, p)
    upper[i] = Math.min(k, grid.length - 1)
    if (k > 0 && k < grid.length) shares[i] = (p - grid[k - 1]!) / (grid[k]! - grid[k - 1]!)
  }
  return { upper, shares }
}

/** The first of a grid's probabilities that is not below p. */
function notBelow(grid: Float64Array, p: number): number {
  let k = 0
  while (k < grid.length && grid[k]! < p) k++
  return k
}

/** The p quantile at a step of a grid: linear between its probabilities, its ends beyond them. */
export function gridQuantile(probabilities: Float64Array, values: Float64Array, step: number, p: number): number {
  const width = probabilities.length
  const k = notBelow(probabilities, p)
  if (k === 0) return values[step * width]!
  if (k === width) return values[step * width + width - 1]!
  const low = probabilities[k - 1]!
  const share = (p - low) / (probabilities[k]! - low)
  return values[step * width + k - 1]! + share * (values[step * width + k]! - values[step * width + k - 1]!)
}

/**
 * Mean and standard deviation of the sum over steps `from` to `to` (from 1, both included): of the simulated sums, else
 * from the steps' standard deviations and the dependence of the response.
 */
export function totalMoments(forecast: Forecast, from: number, to: number): { mean: number; sd: number } {
  const { mean, spread } = forecast
  let total = 0
  for (let h = from - 1; h < to; h++) total += mean[h]!
  if (spread.kind === 'none') return { mean: total, sd: Number.NaN }
  if (spread.kind === 'paths') {
    const sums = pathTotals(spread.values, spread.count, mean.length, from, to)
    let centre = 0
    for (const sum of sums) centre += sum / sums.length
    const largest = largestOf(sums, centre)
    if (largest === 0) return { mean: total, sd: 0 }
    let squares = 0
    for (const sum of sums) squares += ((sum - centre) / largest) ** 2
    return { mean: total, sd: largest * Math.sqrt(squares / Math.max(1, sums.length - 1)) }
  }
  const sd = spread.kind === 'normal' ? spread.sd : gridSd(spread.probabilities, spread.values, mean.length)
  const largest = largestOf(sd.subarray(from - 1, to), 0)
  if (largest === 0) return { mean: total, sd: 0 }
  return { mean: total, sd: largest * Math.sqrt(totalVariance(sd, largest, spread.response, from, to)) }
}

/**
 * The p quantile of the sum over steps `from` to `to`: of the simulated sums; exactly, for a normal spread; for a
 * quantile grid of sums drawn from `random` by a Gaussian copula with the dependence of the response.
 */
export function totalQuantile(forecast: Forecast, from: number, to: number, p: number, random: Random): number {
  const { mean, spread } = forecast
  if (spread.kind === 'paths')
    return quantileSorted(pathTotals(spread.values, spread.count, mean.length, from, to).sort(), p)
  if (spread.kind === 'quantiles')
    return quantileSorted(drawTotals(spread.probabilities, spread.values, spread.response, from, to, random).sort(), p)
  const moments = totalMoments(forecast, from, to)
  return moments.sd === 0 ? moments.mean : moments.mean + normalQuantile(p) * moments.sd
}

/**
 * Variance of the sum of steps over `largest`², where step h is sd_h × Σ response[j] ε[h − j] / its size: by what each
 * error adds to the sum, so in steps² rather than steps³.
 */
function totalVariance(sd: Float64Array, largest: number, response: Float64Array, from: number, to: number): number {
  const weights = new Float64Array(to)
  let squares = 0
  for (let h = 0; h < to; h++) {
    squares += response[h]! ** 2
    if (h >= from - 1 && squares > 0) weights[h] = sd[h]! / largest / Math.sqrt(squares)
  }
  // no dependence known: each step by itself
  if (squares === 0) return sd.subarray(from - 1, to).reduce((sum, each) => sum + (each / largest) ** 2, 0)
  let variance = 0
  for (let t = 0; t < to; t++) {
    let effect = 0
    for (let h = Math.max(t, from - 1); h < to; h++) effect += weights[h]! * response[h - t]!
    variance += effect * effect
  }
  return variance
}

/** Correlation of steps a and b (from 0) where step h is Σ response[j] ε[h − j]. */
export function correlation(response: Float64Array, a: number, b: number): number {
  if (a === b) return 1
  const near = Math.min(a, b)
  const gap = Math.abs(a - b)
  let cross = 0
  let nearSquares = 0
  let farSquares = 0
  for (let j = 0; j <= near; j++) {
    cross += response[j]! * response[j + gap]!
    nearSquares += response[j]! ** 2
  }
  for (let j = 0; j <= near + gap; j++) farSquares += response[j]! ** 2
  return cross === 0 ? 0 : cross / Math.sqrt(nearSquares * farSquares)
}

function pathTotals(values: Float64Array, count: number, horizon: number, from: number, to: number): Float64Array {
  const totals = new Float64Array(count)
  for (let i = 0; i < count; i++) for (let h = from - 1; h < to; h++) totals[i]! += values[i * horizon + h]!
  return totals
}

const largestOf = (values: Float64Array, centre: number): number =>
  values.reduce((high, value) => Math.max(high, Math.abs(value - centre)), 0)
