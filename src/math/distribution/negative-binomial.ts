import { cornishFisher, discreteQuantile } from './discrete-quantile.ts'
import { incompleteBeta } from './incomplete-beta.ts'
import { stirlingError } from './log-gamma.ts'
import { normalQuantile } from './normal.ts'
import { poissonCdf, poissonPmf, poissonQuantile } from './poisson.ts'
import { devianceHalf } from './saddle-point.ts'

/**
 * The negative binomial by its mean and `size` > 0: variance = mean + mean² / size. Size need not be whole;
 * Infinity is the Poisson distribution.
 */

/** With a size this many times the mean, the Poisson cdf is nearer to the truth than a rounded incomplete beta. */
const POISSON_FROM = 1e9

const valid = (mean: number, size: number): boolean => mean >= 0 && mean < Number.POSITIVE_INFINITY && size > 0

/** P(X = k); 0 where k is no whole number from 0. */
export function negativeBinomialPmf(k: number, mean: number, size: number): number {
  if (!valid(mean, size) || Number.isNaN(k)) return Number.NaN
  if (size === Number.POSITIVE_INFINITY || mean === 0) return poissonPmf(k, mean)
  if (k < 0 || !Number.isInteger(k)) return 0
  if (k === 0) return Math.exp(-size * Math.log1p(mean / size))
  // size/(size+k) times the binomial probability of `size` successes in size + k trials, by Loader's form
  const n = size + k
  const success = size / (size + mean)
  const exponent =
    stirlingError(n) -
    stirlingError(size) -
    stirlingError(k) -
    devianceHalf(size, n * success) -
    devianceHalf(k, n * (mean / (size + mean)))
  return (size / n) * Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * size * k))
}

/** P(X ≤ k). */
export function negativeBinomialCdf(k: number, mean: number, size: number): number {
  if (!valid(mean, size) || Number.isNaN(k)) return Number.NaN
  if (size === Number.POSITIVE_INFINITY || mean === 0) return poissonCdf(k, mean)
  if (k < 0) return 0
  if (k === Number.POSITIVE_INFINITY) return 1
  if (size > POISSON_FROM * Math.max(1, mean)) return poissonCdf(k, mean)
  const whole = Math.floor(k)
  // the smaller of the two probabilities is passed: 1 − x then loses nothing
  if (size < mean) return incompleteBeta(size / (size + mean), size, whole + 1)
  return incompleteBeta(mean / (size + mean), whole + 1, size, true)
}

/** Smallest k with P(X ≤ k) ≥ p; Infinity at p = 1. */
export function negativeBinomialQuantile(p: number, mean: number, size: number): number {
  if (!valid(mean, size)) return Number.NaN
  if (size === Number.POSITIVE_INFINITY || mean === 0) return poissonQuantile(p, mean)
  const sd = Math.sqrt(mean + (mean * mean) / size)
  const guess = cornishFisher(normalQuantile(p), mean, sd, (1 + (2 * mean) / size) / sd)
  return discreteQuantile((k) => negativeBinomialCdf(k, mean, size), p, guess)
}
