import { without } from '../../math/orthogonal-columns.ts'
import { median } from '../../math/quantile.ts'
import { dot } from '../../math/vector.ts'
import { interpolate, observedRange } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import { autoregression, filtered } from '../../series/whiten.ts'
import { medianAround, outliersOf } from '../features/index.ts'
import { THRESHOLDS } from '../thresholds.ts'

/** Fewer than this say nothing of another series. */
const LEAST = 30
const MOST_LAGS = 10
const MOST_MISSING = 0.1
/** Robust standard deviations beyond which an innovation counts as so many: one common shock is no law. */
const WINSOR = 3

/**
 * What each period brought that the series' own past, trend and season did not foresee (prewhitening: Haugh 1976, Box &
 * Jenkins): mean 0, sum of squares 1, aligned at the end of the history. Null for a series that is too short, too sparse
 * or too full of gaps to be compared. `basisOf`: an orthogonal basis of `lineAndWaves`.
 */
export function innovations(
  { values, seasonLength }: Series,
  basisOf: (n: number, seasonLength: number) => readonly Float64Array[],
): Float64Array | null {
  const range = observedRange(values)
  if (range === null || range.last !== values.length - 1) return null
  const history = values.subarray(range.first)
  const n = history.length
  const missing = history.reduce((count, value) => count + Number(Number.isNaN(value)), 0)
  const zeros = history.reduce((count, value) => count + Number(value === 0), 0)
  if (n < Math.max(LEAST, 3 * seasonLength) || missing > MOST_MISSING * n) return null
  if (zeros > (1 - 1 / THRESHOLDS.interval) * n) return null
  const complete = interpolate(history, seasonLength)
  const smooth = complete.slice()
  for (const t of outliersOf(complete)) smooth[t] = medianAround(complete, t)
  const rest = without(smooth, basisOf(n, seasonLength))
  const white = winsorised(filtered(rest, autoregression(rest, MOST_LAGS)))
  const average = white.reduce((sum, value) => sum + value / white.length, 0)
  const centred = white.map((value) => value - average)
  const size = Math.sqrt(dot(centred, centred))
  return size > 0 ? centred.map((value) => value / size) : null
}

function winsorised(x: Float64Array): Float64Array {
  const centre = median(x)
  const limit = WINSOR * 1.4826 * median(x.map((value) => Math.abs(value - centre)))
  return limit > 0 ? x.map((value) => Math.min(centre + limit, Math.max(centre - limit, value))) : x
}
