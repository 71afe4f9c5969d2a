import { sortNumbers } from '../../math/sort.ts'
import { mean, standardDeviation } from '../../math/sum.ts'
import { centredMovingAverage } from '../../series/decompose.ts'
import { difference } from '../../series/difference.ts'
import { stl } from '../../series/stl.ts'
import { strengthOf } from '../../series/strength.ts'
import { autocorrelations, partialAutocorrelations } from './autocorrelation.ts'
import { spectralEntropy } from './entropy.ts'
import { windowFeatures } from './windows.ts'

/**
 * The shape of a history in numbers, without its level and size (features of Hyndman, Wang & Laptev 2015 and of
 * Montero-Manso et al. 2020, FFORMA, table 1): what weights and calibration are learned on, and evidence to show.
 */
export interface Traits {
  /** 0 to 1: Wang, Smith & Hyndman (2006). */
  readonly trendStrength: number
  readonly seasonalStrength: number
  /** Correlation of the series without its season with a line, and with what a parabola adds: −1 to 1. */
  readonly linearity: number
  readonly curvature: number
  /** 0 to 1 = white noise. */
  readonly entropy: number
  /** First autocorrelation, and the sum of squares of the first ten; of the series, and of its differences. */
  readonly acf1: number
  readonly acf10: number
  readonly diffAcf1: number
  readonly diffAcf10: number
  /** Autocorrelation of the differences one season apart; 0 without a season. */
  readonly seasonAcf: number
  /** Sum of squares of the first five partial autocorrelations. */
  readonly pacf5: number
  readonly diffPacf5: number
  readonly stability: number
  readonly lumpiness: number
  readonly levelShift: number
  /** Period of the largest shift over the length, 0 to 1. */
  readonly levelShiftAt: number
  /** How often it crosses its median, per period. */
  readonly crossings: number
  /** Last value, and mean of the last season, less the mean, in standard deviations. */
  readonly lastValue: number
  readonly lastLevel: number
}

const NOTHING: Traits = {
  ...{ trendStrength: 0, seasonalStrength: 0, linearity: 0, curvature: 0, entropy: 1, acf1: 0, acf10: 0, diffAcf1: 0 },
  ...{ diffAcf10: 0, seasonAcf: 0, pacf5: 0, diffPacf5: 0, stability: 0, lumpiness: 0, levelShift: 0, levelShiftAt: 0 },
  ...{ crossings: 0, lastValue: 0, lastLevel: 0 },
}

const LAGS = 10
const PARTIAL = 5
const LEAST = 4
/** Width of the moving average that stands for the trend where there is no season. */
const SMOOTHED = 5

/** Of a complete history; all at rest for one that is constant or shorter than four. O(n) but for the season's loess. */
export function traitsOf(values: Float64Array, seasonLength: number): Traits {
  const n = values.length
  const spread = n < LEAST ? 0 : standardDeviation(values)
  const centre = mean(values)
  if (!(spread > 1e-12 * Math.abs(centre))) return NOTHING
  const z = new Float64Array(n)
  for (let t = 0; t < n; t++) z[t] = (values[t]! - centre) / spread
  const m = seasonLength > 1 && n > 2 * seasonLength ? seasonLength : 1
  const parts = m > 1 ? stl(z, m) : smoothed(z)
  const { trend, seasonal } = strengthOf(parts)
  const [linearity, curvature] = polynomial(m > 1 ? without(z, parts.seasonal) : z)
  const r = autocorrelations(z, LAGS)
  const d = autocorrelations(difference(z), Math.max(LAGS, m))
  const windows = windowFeatures(z, m)
  return {
    trendStrength: trend,
    seasonalStrength: m > 1 ? seasonal : 0,
    linearity,
    curvature,
    entropy: spectralEntropy(z),
    acf1: r[0]!,
    acf10: squares(r, LAGS),
    diffAcf1: d[0]!,
    diffAcf10: squares(d, LAGS),
    seasonAcf: m > 1 ? d[m - 1]! : 0,
    pacf5: squares(partialAutocorrelations(r, PARTIAL), PARTIAL),
    diffPacf5: squares(partialAutocorrelations(d, PARTIAL), PARTIAL),
    stability: windows.stability,
    lumpiness: windows.lumpiness,
    levelShift: windows.levelShift,
    levelShiftAt: windows.levelShiftAt / n,
    crossings: crossings(z) / n,
    lastValue: z[n - 1]!,
    lastLevel: mean(z.subarray(Math.max(0, n - Math.max(m, LEAST)))),
  }
}

const squares = (x: Float64Array, count: number): number => {
  let sum = 0
  for (let k = 0; k < count; k++) sum += x[k]! * x[k]!
  return sum
}

function without(z: Float64Array, part: Float64Array): Float64Array {
  const rest = new Float64Array(z.length)
  for (let t = 0; t < z.length; t++) rest[t] = z[t]! - part[t]!
  return rest
}

/** How often it crosses its median. */
function crossings(z: Float64Array): number {
  const n = z.length
  const middle = sortNumbers(z.slice())[n >> 1]!
  let count = 0
  for (let t = 1; t < n; t++) if (z[t]! > middle !== z[t - 1]! > middle) count++
  return count
}

/** A moving average as the trend; NaN at the ends, which strengths leave out. */
function smoothed(z: Float64Array) {
  const none = new Float64Array(z.length)
  const trend = z.length < 2 * SMOOTHED ? none : centredMovingAverage(z, SMOOTHED)
  return { trend, seasonal: none, remainder: without(z, trend) }
}

/** Correlations with the first two orthogonal polynomials of time. */
function polynomial(z: Float64Array): [number, number] {
  const n = z.length
  const centre = mean(z)
  const middle = (n - 1) / 2
  const bend = (n * n - 1) / 12
  let [lineSize, bendSize, whole, alongLine, alongBend] = [0, 0, 0, 0, 0]
  for (let t = 0; t < n; t++) {
    const first = t - middle
    const second = first * first - bend
    const value = z[t]! - centre
    lineSize += first * first
    bendSize += second * second
    whole += value * value
    alongLine += first * value
    alongBend += second * value
  }
  const share = (along: number, size: number): number => {
    const norm = Math.sqrt(size) * Math.sqrt(whole)
    return norm > 0 ? along / norm : 0
  }
  return [share(alongLine, lineSize), share(alongBend, bendSize)]
}
