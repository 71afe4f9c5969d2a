import { SEASONAL_AT_90, seasonalAutocorrelation } from '../src/series/seasonal-autocorrelation.ts'

/**
 * Naive2, the yardstick of M4, step by step as in the organisers' R code (Mcompetitions/M4-methods,
 * `Benchmarks and Evaluation.R`): a 90 % autocorrelation test for seasonality, R's classical multiplicative
 * `decompose`, the last seasonally adjusted value, and the seasonal indices put back.
 */
export function naive2(values: Float64Array, seasonLength: number, horizon: number): Float64Array {
  const n = values.length
  const last = values[n - 1]!
  if (!isSeasonal(values, seasonLength)) return new Float64Array(horizon).fill(last)
  const indices = multiplicativeIndices(values, seasonLength)
  const level = last / indices[(n - 1) % seasonLength]!
  return Float64Array.from({ length: horizon }, (_, h) => level * indices[(n + h) % seasonLength]!)
}

/** `SeasonalityTest`: |autocorrelation at the season| above 1.645 standard errors (Bartlett), on three seasons or more. */
export function isSeasonal(values: Float64Array, seasonLength: number): boolean {
  const n = values.length
  // R's acf stops at lag 10 log10(n); what lies beyond is NA there, and not seasonal
  if (seasonLength <= 1 || n < 3 * seasonLength || seasonLength > Math.floor(10 * Math.log10(n))) return false
  return seasonalAutocorrelation(values, seasonLength) > SEASONAL_AT_90
}

/** The seasonal figure of R's `decompose(type = "multiplicative")`: mean ratio to the centred moving average, mean 1. */
function multiplicativeIndices(values: Float64Array, seasonLength: number): Float64Array {
  const n = values.length
  const half = Math.floor(seasonLength / 2)
  const even = seasonLength % 2 === 0
  const totals = new Float64Array(seasonLength)
  const counts = new Float64Array(seasonLength)
  for (let t = half; t < n - half; t++) {
    let trend = 0
    for (let j = -half; j <= half; j++) trend += values[t + j]! * (even && Math.abs(j) === half ? 0.5 : 1)
    totals[t % seasonLength]! += values[t]! / (trend / seasonLength)
    counts[t % seasonLength]!++
  }
  const figure = totals.map((total, j) => total / counts[j]!)
  const mean = figure.reduce((total, value) => total + value, 0) / seasonLength
  return figure.map((value) => value / mean)
}
