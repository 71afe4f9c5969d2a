import { regress } from '../../math/linear-regression.ts'
import { difference } from '../difference.ts'

/** Lags of the twice differenced series that may enter. */
const MOST_LAGS = 3

export interface Ocsb {
  /** t value of the seasonal level; NaN where the regression has no solution. */
  readonly statistic: number
  /** Above it the seasonal unit root is not rejected (5 %). */
  readonly critical: number
  readonly lags: number
}

/**
 * A seasonal unit root against none: t value of λ(B)(1 − B)x_{t−m} in the regression of (1 − B)(1 − B^m)x_t on it, on
 * λ(B)(1 − B^m)x_{t−1} and on lags of the left side, whose coefficients estimated alone are λ. Lags by AIC of at most 3 as R
 * takes them (one less than the best of 1 to 3). Critical values: the simulated 5 % curve of R's package forecast.
 * Values must be complete. Source: Osborn, Chui, Smith & Birchenhall (1988), Oxford Bulletin of Economics and Statistics 50.
 */
export function ocsb(values: Float64Array, seasonLength: number): Ocsb {
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const scaled: Float64Array = size > 0 ? values.map((value) => value / size) : values
  let lags = 0
  let least = Number.POSITIVE_INFINITY
  for (let k = 1; k <= MOST_LAGS; k++) {
    const { aic } = ocsbRegression(scaled, seasonLength, k, MOST_LAGS)
    if (!(aic < least)) continue
    least = aic
    lags = k - 1
  }
  const { statistic } = ocsbRegression(scaled, seasonLength, lags, lags)
  return { statistic, critical: criticalValue(seasonLength), lags }
}

/** One regression with `lags` lags, on the rows that `mostLags` lags leave. */
export function ocsbRegression(
  values: Float64Array,
  seasonLength: number,
  lags: number,
  mostLags: number,
): { readonly statistic: number; readonly aic: number } {
  const m = seasonLength
  const from = m + 1 + mostLags
  const rows = values.length - from
  if (rows < lags + 3) return { statistic: Number.NaN, aic: Number.NaN }
  const seasonal = difference(values, m)
  const changes = difference(values)
  const both = difference(seasonal)
  // each array starts at the first time it exists: seasonal at m, changes at 1, both at m + 1
  const y = both.subarray(from - m - 1)
  const own = Array.from({ length: lags }, (_, k) => both.subarray(from - m - 2 - k, from - m - 2 - k + rows))
  const lambda = regress(y, own).coefficients
  const filtered = (x: Float64Array, at: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, i) => {
      let value = x[at + i]!
      for (let k = 0; k < lags; k++) value -= lambda[k]! * x[at + i - k - 1]!
      return value
    })
  const { squares, rank, lastT } = regress(y, [
    ...own,
    filtered(seasonal, from - m - 1),
    filtered(changes, from - m - 1),
  ])
  return { statistic: lastT, aic: rows * Math.log(squares / rows) + 2 * (rank + 1) }
}

function criticalValue(seasonLength: number): number {
  const x = Math.log(seasonLength) - 0.7656451
  return -0.2937411 * Math.exp(-0.2850853 * x - 0.05983644 * x * x) - 1.652202
}
