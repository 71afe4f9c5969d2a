import { regress } from '../../math/linear-regression.ts'
import { difference } from '../difference.ts'
import { interpolatedP } from './interpolated-p.ts'

/** Fuller (1976), table 8.5.2, with a constant, by the number of differences: 1, 5 and 10 %. */
const TABLE: readonly (readonly [below: number, critical: readonly number[]])[] = [
  [25, [-3.75, -3.0, -2.63]],
  [50, [-3.58, -2.93, -2.6]],
  [100, [-3.51, -2.89, -2.58]],
  [250, [-3.46, -2.88, -2.57]],
  [500, [-3.44, -2.87, -2.57]],
  [Number.POSITIVE_INFINITY, [-3.43, -2.86, -2.57]],
]
const PROBABILITIES = [0.01, 0.05, 0.1]

export interface Adf {
  /** t value of the level; NaN where the regression has no solution. */
  readonly statistic: number
  readonly lags: number
  /** Of a unit root, kept to 0.01 – 0.10. */
  readonly p: number
}

/**
 * A unit root against stationarity around a level: the t value of the level in a regression of the differences on it, a
 * constant and `lags` earlier differences. Values must be complete.
 * Source: Said & Dickey (1984), Biometrika 71; R `urca::ur.df(type = "drift", lags = 1)`.
 */
export function adf(values: Float64Array, lags = 1): Adf {
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const scaled: Float64Array = size > 0 ? values.map((value) => value / size) : values
  const changes = difference(scaled)
  const rows = changes.length - lags
  if (rows < lags + 3) return { statistic: Number.NaN, lags, p: Number.NaN }
  const columns: Float64Array[] = [new Float64Array(rows).fill(1)]
  for (let k = 1; k <= lags; k++) columns.push(changes.subarray(lags - k, lags - k + rows))
  columns.push(scaled.subarray(lags, lags + rows))
  const statistic = regress(changes.subarray(lags), columns).lastT
  const [, critical] = TABLE.find(([below]) => changes.length < below)!
  return { statistic, lags, p: interpolatedP(statistic, critical, PROBABILITIES) }
}
