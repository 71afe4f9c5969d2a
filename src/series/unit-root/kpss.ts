import { mean } from '../../math/sum.ts'
import { interpolatedP } from './interpolated-p.ts'

/** Kwiatkowski et al. (1992), table 1, level stationarity. */
const CRITICAL = [0.347, 0.463, 0.574, 0.739]
const PROBABILITIES = [0.1, 0.05, 0.025, 0.01]

export interface Kpss {
  /** NaN where the values do not vary or are fewer than two. */
  readonly statistic: number
  readonly lags: number
  /** Of stationarity around a level, kept to 0.01 – 0.10. */
  readonly p: number
}

/**
 * Stationarity around a level against a unit root: sum of the squared partial sums of the deviations over the long-run
 * variance (Bartlett's weights). Values must be complete. Lags: ⌊3 √n / 13⌋, as R's `ndiffs`.
 * Source: Kwiatkowski, Phillips, Schmidt & Shin (1992), J. Econometrics 54, eq. 11–13; R `urca::ur.kpss(type = "mu")`.
 */
export function kpss(values: Float64Array, lags = Math.floor((3 * Math.sqrt(values.length)) / 13)): Kpss {
  const n = values.length
  const center = mean(values)
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value - center))
  if (n < 2 || !(largest > 0)) return { statistic: Number.NaN, lags, p: Number.NaN }
  const e = values.map((value) => (value - center) / largest)
  let partial = 0
  let above = 0
  let variance = 0
  for (const deviation of e) {
    partial += deviation
    above += partial * partial
    variance += deviation * deviation
  }
  for (let k = 1; k <= Math.min(lags, n - 1); k++) {
    let covariance = 0
    for (let i = k; i < n; i++) covariance += e[i]! * e[i - k]!
    variance += 2 * (1 - k / (lags + 1)) * covariance
  }
  const statistic = above / n / variance
  return { statistic, lags, p: interpolatedP(statistic, CRITICAL, PROBABILITIES) }
}
