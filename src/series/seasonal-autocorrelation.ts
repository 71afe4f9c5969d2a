/** Two-sided 90 %: the bound of the theta method's own test. */
export const SEASONAL_AT_90 = 1.645

/**
 * |autocorrelation at the season| over its standard error if nothing beyond shorter lags were there (Bartlett 1946):
 * √((1 + 2 Σ_{k<m} r_k²) / n). Values must be complete; NaN where they do not vary.
 * Source: Assimakopoulos & Nikolopoulos (2000), Int. J. Forecasting 16; the benchmarks of M4.
 */
export function seasonalAutocorrelation(values: Float64Array, seasonLength: number): number {
  const n = values.length
  const mean = values.reduce((total, value) => total + value, 0) / n
  const covariance = (lag: number): number => {
    let total = 0
    for (let t = lag; t < n; t++) total += (values[t]! - mean) * (values[t - lag]! - mean)
    return total
  }
  const variance = covariance(0)
  let squares = 1
  for (let lag = 1; lag < seasonLength; lag++) squares += 2 * (covariance(lag) / variance) ** 2
  return Math.abs(covariance(seasonLength) / variance) / Math.sqrt(squares / n)
}
