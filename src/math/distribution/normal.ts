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

/** Below this tail the library's quantile loses digits (at 1e-12 it has 6 left, at 1e-17 none). */
const FAR = 1e-3

/** Quantile of the standard normal; ±Infinity at 0 and 1, NaN outside. */
export function normalQuantile(p: number): number {
  const tail = p < 0.5 ? p : 1 - p
  if (!(tail > 0 && tail < FAR)) return quantileOf(p, 0, 1)
  const x = farTail(tail)
  return p < 0.5 ? x : -x
}

/** Newton's method on log Φ, from the leading term of its asymptotic series; convex, so it converges from below. */
function farTail(p: number): number {
  let x = -Math.sqrt(-2 * Math.log(p))
  for (let i = 0; i < 20; i++) {
    const cdf = normalCdf(x)
    const step = (Math.log(cdf / p) * cdf) / normalDensity(x)
    x -= step
    if (Math.abs(step) <= 1e-9 * -x) break // the next step would be below rounding
  }
  return x
}
