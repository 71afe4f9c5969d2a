import { periodsNeeded } from '../inventory/stock.ts'
import { quantileGrid } from '../models/bands.ts'
import type { Forecast } from '../models/forecast.ts'
import type { ForecastOptions, PublishedForecast } from './outcome.ts'

const ALWAYS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995,
]

/** Series after series asks for the same levels. */
let known: { readonly levels: readonly number[]; readonly probabilities: Float64Array } | null = null

/** Probabilities of the published quantiles: symmetric, ascending, with both ends of every level. */
function probabilitiesFor(levels: readonly number[]): Float64Array {
  const isSame =
    known !== null && known.levels.length === levels.length && known.levels.every((p, i) => p === levels[i])
  if (!isSame) known = { levels: [...levels], probabilities: symmetric(levels) }
  return known!.probabilities
}

function symmetric(levels: readonly number[]): Float64Array {
  const tidy = (p: number): number => Number(p.toFixed(12))
  const all = [...ALWAYS, ...levels.flatMap((level) => [tidy((1 - level) / 2), tidy((1 + level) / 2)])]
  return Float64Array.from(new Set(all.filter((p) => p > 0 && p < 1))).sort()
}

/** Counts below this are published as counts: their quantiles are whole. Above, a fraction is no matter. */
const COUNTS_BELOW = 100

/** Whether a history is of small counts. */
export const areCounts = (values: Float64Array): boolean =>
  values.every((value) => Number.isNaN(value) || (Number.isInteger(value) && value >= 0 && value < COUNTS_BELOW))

/** The first `horizon` steps, times `scale`. Quantiles of counts are whole; the mean of counts is not. */
export function publish(
  forecast: Forecast,
  horizon: number,
  levels: readonly number[],
  counts: boolean,
  scale: number,
): PublishedForecast {
  const mean = tidied(forecast.mean.subarray(0, horizon), false, scale)
  if (forecast.spread.kind === 'none') return { mean, bands: null }
  const probabilities = probabilitiesFor(levels)
  const grid = quantileGrid(forecast, probabilities)
  const size = probabilities.length
  const values = tidied(grid.values.subarray(0, horizon * size), counts, scale)
  for (let step = 0; step < horizon; step++) {
    const row = values.subarray(step * size, (step + 1) * size)
    if (!isAscending(row)) row.sort()
    mean[step] = Math.min(row[size - 1]!, Math.max(row[0]!, mean[step]!))
  }
  return { mean, bands: { probabilities: probabilities.slice(), values, response: grid.response.slice(0, horizon) } }
}

/** On the scale of the input, without -0. */
function tidied(values: Float64Array, whole: boolean, scale: number): Float64Array {
  const tidy = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) tidy[i] = (whole ? Math.round(values[i]!) : values[i]!) * scale + 0
  return tidy
}

function isAscending(row: Float64Array): boolean {
  for (let i = 1; i < row.length; i++) if (!(row[i]! >= row[i - 1]!)) return false
  return true
}

/** Steps without which there is no answer: the horizon and the protection interval. */
export const stepsNeeded = (options: ForecastOptions): number => Math.max(options.horizon, periodsNeeded(options))

/** Steps a model is asked for: the horizon, the protection interval, and one season to speak of its peak. */
export function stepsFor(options: ForecastOptions, seasonLength: number): number {
  return Math.max(stepsNeeded(options), seasonLength <= 400 ? seasonLength + 1 : 0)
}
