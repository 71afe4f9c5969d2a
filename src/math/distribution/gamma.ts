import { brentRoot } from '../optimize/brent-root.ts'
import { unlimited } from '../optimize/budget.ts'
import { lowerGamma, upperGamma } from './incomplete-gamma.ts'
import { logGamma } from './log-gamma.ts'

/** P(X ≤ x) of the gamma distribution; mean shape · scale, variance shape · scale². */
export function gammaCdf(x: number, shape: number, scale: number): number {
  if (Number.isNaN(x) || !(shape > 0) || !(scale > 0)) return Number.NaN
  if (x <= 0) return 0
  return x === Number.POSITIVE_INFINITY ? 1 : lowerGamma(x / scale, shape)
}

/** Quantile of the gamma distribution; 0 at 0, Infinity at 1, NaN outside. Solved for log x on the smaller tail. */
export function gammaQuantile(p: number, shape: number, scale: number): number {
  if (!(p >= 0 && p <= 1) || !(shape > 0) || !(scale > 0)) return Number.NaN
  if (p === 0) return 0
  if (p === 1) return Number.POSITIVE_INFINITY
  const upper = p > 0.5
  const tail = upper ? 1 - p : p
  const excess = upper
    ? (logX: number): number => Math.log(tail / upperGamma(Math.exp(logX), shape))
    : (logX: number): number => Math.log(lowerGamma(Math.exp(logX), shape) / tail)
  // P(X ≤ x) ≤ x^shape / Γ(shape + 1) puts the root above `low`
  const low = (Math.log(p) + logGamma(shape + 1)) / shape
  if (low < -700) return scale * Math.exp(low) // the bound is the answer to all digits: x is below 1e-304
  let high = Math.max(low, Math.log(shape)) + 1
  while (excess(high) < 0 && high < 700) high += 1
  return scale * Math.exp(brentRoot(excess, low - 1e-9, high, unlimited))
}
