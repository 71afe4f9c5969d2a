import type { Random } from '../math/random.ts'

/**
 * Randomised probability integral transform of a value under simulated futures: F(y−) + V (F(y) − F(y−)) with V uniform.
 * Uniform on (0, 1) over many values where the forecasts are calibrated, for counts as for anything else.
 * Source: Czado, Gneiting & Held (2009), Biometrics 65, section 2.1. NaN for a missing value or without futures.
 */
export function randomisedPit(actual: number, futures: Float64Array, random: Random): number {
  if (Number.isNaN(actual) || futures.length === 0) return Number.NaN
  let below = 0
  let equal = 0
  for (const value of futures) {
    if (value < actual) below++
    else if (value === actual) equal++
  }
  return (below + random.uniform() * equal) / futures.length
}

/**
 * How far such values are from uniform: the largest distance of their distribution from the diagonal (Kolmogorov), 0 to 1.
 * NaN values are left out; NaN where none is left.
 */
export function distanceFromUniform(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const n = sorted.length
  if (n === 0) return Number.NaN
  let distance = 0
  for (let i = 0; i < n; i++) distance = Math.max(distance, (i + 1) / n - sorted[i]!, sorted[i]! - i / n)
  return distance
}
