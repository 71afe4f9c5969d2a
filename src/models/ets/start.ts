import { interpolate } from '../../series/missing.ts'

/** Initial states read off the first seasons, on the scale of `y`. */
export interface Start {
  readonly level: number
  readonly slope: number
  /** m values, summing to 0 (additive) or averaging 1 (multiplicative); empty without season. */
  readonly season: Float64Array
}

const SEASONS_USED = 4
const POINTS_USED = 10

/**
 * Heuristic initial states (after Hyndman et al. 2008, section 2.6.1): seasonal figures from the first seasons against their
 * moving average, then a line through the first ten seasonally adjusted values.
 */
export function startOf(y: Float64Array, seasonLength: number, season: 0 | 1 | 2): Start {
  const m = seasonLength
  const complete = interpolate(y, season === 0 ? 1 : m)
  const figures = season === 0 ? new Float64Array(0) : seasonalFigures(complete, m, season === 2)
  const count = Math.min(complete.length, Math.max(POINTS_USED, season === 0 ? 0 : Math.min(2 * m, 24)))
  let sum = 0
  let weighted = 0
  for (let t = 0; t < count; t++) {
    const value =
      season === 0 ? complete[t]! : season === 2 ? complete[t]! / figures[t % m]! : complete[t]! - figures[t % m]!
    sum += value
    weighted += value * (t + 1)
  }
  const centre = (count + 1) / 2
  const spread = (count * (count * count - 1)) / 12
  const slope = spread > 0 ? (weighted - centre * sum) / spread : 0
  return { level: sum / count - slope * centre, slope, season: figures }
}

function seasonalFigures(y: Float64Array, m: number, multiplicative: boolean): Float64Array {
  const n = Math.min(y.length, SEASONS_USED * m)
  const totals = new Float64Array(m)
  const counts = new Float64Array(m)
  const half = m >> 1
  let window = 0
  const width = m % 2 === 0 ? m + 1 : m
  for (let t = 0; t < n; t++) {
    window += y[t]!
    if (t >= width) window -= y[t - width]!
    if (t < width - 1) continue
    const centre = t - half
    const smooth = m % 2 === 0 ? (window - 0.5 * (y[t]! + y[t - width + 1]!)) / m : window / m
    const ratio = multiplicative ? y[centre]! / smooth : y[centre]! - smooth
    totals[centre % m]! += ratio
    counts[centre % m]!++
  }
  const neutral = multiplicative ? 1 : 0
  let mean = 0
  for (let j = 0; j < m; j++) {
    totals[j] = counts[j]! > 0 ? totals[j]! / counts[j]! : neutral
    if (!Number.isFinite(totals[j]!)) totals[j] = neutral
    mean += totals[j]! / m
  }
  for (let j = 0; j < m; j++) {
    totals[j] = multiplicative ? Math.max(0.01, totals[j]! / (mean > 0 ? mean : 1)) : totals[j]! - mean
  }
  return totals
}
