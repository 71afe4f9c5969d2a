import { cornishFisher, discreteQuantile } from './discrete-quantile.ts'
import { upperGamma } from './incomplete-gamma.ts'
import { stirlingError } from './log-gamma.ts'
import { normalQuantile } from './normal.ts'
import { devianceHalf } from './saddle-point.ts'

/** P(X = k) of the Poisson distribution; 0 where k is no whole number from 0. */
export function poissonPmf(k: number, mean: number): number {
  if (!(mean >= 0) || Number.isNaN(k)) return Number.NaN
  if (k < 0 || !Number.isInteger(k)) return 0
  if (mean === 0) return k === 0 ? 1 : 0
  if (k === 0) return Math.exp(-mean)
  return Math.exp(-stirlingError(k) - devianceHalf(k, mean)) / Math.sqrt(2 * Math.PI * k)
}

/** P(X ≤ k) of the Poisson distribution. */
export function poissonCdf(k: number, mean: number): number {
  if (!(mean >= 0) || Number.isNaN(k)) return Number.NaN
  if (k < 0) return 0
  if (mean === 0 || k === Number.POSITIVE_INFINITY) return 1
  return upperGamma(mean, Math.floor(k) + 1)
}

/** Smallest k with P(X ≤ k) ≥ p; Infinity at p = 1. */
export function poissonQuantile(p: number, mean: number): number {
  if (!(mean >= 0)) return Number.NaN
  if (mean === 0) return p >= 0 && p <= 1 ? 0 : Number.NaN
  const sd = Math.sqrt(mean)
  return discreteQuantile((k) => poissonCdf(k, mean), p, cornishFisher(normalQuantile(p), mean, sd, 1 / sd))
}
