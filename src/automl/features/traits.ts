import { mean, standardDeviation } from '../../math/sum.ts'
import { decompose } from '../../series/decompose.ts'
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
const LEAST = 4
/** Width of the moving average that stands for the trend where there is no season. */
const SMOOTHED = 5

/** Of a complete history; all at rest for one that is constant or shorter than four. O(n) but for the season's loess. */
export function traitsOf(values: Float64Array, seasonLength: number): Traits {
  const n = values.length
  const spread = n < LEAST ? 0 : standardDeviation(values)
  const centre = mean(values)
  if (!(spread > 1e-12 * Math.abs(centre))) return NOTHING
  const z = values.map((value) => (value - centre) / spread)
  const m = seasonLength > 1 && n > 2 * seasonLength ? seasonLength : 1
  const parts = m > 1 ? stl(z, m) : smoothed(z)
  const { trend, seasonal } = strengthOf(parts)
  const adjusted = m > 1 ? z.map((value, t) => value - parts.seasonal[t]!) : z
  const [linearity, curvature] = polynomial(adjusted)
  const r = autocorrelations(z, LAGS)
  const changes = difference(z)
  const d = autocorrelations(changes, Math.max(LAGS, m))
  const squares = (x: Float64Array, count: number): number =>
    x.subarray(0, count).reduce((sum, value) => sum + value * value, 0)
  const windows = windowFeatures(z, m)
  let crossings = 0
  const middle = z.toSorted()[n >> 1]!
  for (let t = 1; t < n; t++) if (z[t]! > middle !== z[t - 1]! > middle) crossings++
  return {
    ...{ trendStrength: trend, seasonalStrength: m > 1 ? seasonal : 0, linearity, curvature },
    ...{
      entropy: spectralEntropy(z),
      acf1: r[0]!,
      acf10: squares(r, LAGS),
      diffAcf1: d[0]!,
      diffAcf10: squares(d, LAGS),
    },
    seasonAcf: m > 1 ? d[m - 1]! : 0,
    pacf5: squares(partialAutocorrelations(r.subarray(0, 5)), 5),
    diffPacf5: squares(partialAutocorrelations(d.subarray(0, 5)), 5),
    ...{ stability: windows.stability, lumpiness: windows.lumpiness, levelShift: windows.levelShift },
    levelShiftAt: windows.levelShiftAt / n,
    crossings: crossings / n,
    lastValue: z[n - 1]!,
    lastLevel: mean(z.subarray(Math.max(0, n - Math.max(m, LEAST)))),
  }
}

/** A moving average as the trend; NaN at the ends, which strengths leave out. */
function smoothed(z: Float64Array) {
  const { trend } = decompose(z, SMOOTHED)
  const none = new Float64Array(z.length)
  const flat = z.length < 2 * SMOOTHED ? none : trend
  return { trend: flat, seasonal: none, remainder: z.map((value, t) => value - flat[t]!) }
}

/** Correlations with the first two orthogonal polynomials of time. */
function polynomial(z: Float64Array): [number, number] {
  const n = z.length
  const line = Float64Array.from({ length: n }, (_, t) => t - (n - 1) / 2)
  const bend = line.map((x) => x * x - (n * n - 1) / 12)
  const size = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0))
  const centre = mean(z)
  const whole = size(z.map((value) => value - centre))
  const share = (x: Float64Array): number => {
    const norm = size(x) * whole
    return norm > 0 ? x.reduce((sum, value, t) => sum + value * (z[t]! - centre), 0) / norm : 0
  }
  return [share(line), share(bend)]
}
