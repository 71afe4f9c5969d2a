import erfc from '@stdlib/math-base-special-erfc'
import quantileOf from '@stdlib/stats-base-dists-normal-quantile'

const SQRT_2PI = Math.sqrt(2 * Math.PI)

/** Density of the standard normal. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_2PI
}

/** P(X ≤ x) of the standard normal, with full relative precision in the lower tail. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2)
}

/** Quantile of the standard normal; ±Infinity at 0 and 1, NaN outside. */
export function normalQuantile(p: number): number {
  return quantileOf(p, 0, 1)
}
