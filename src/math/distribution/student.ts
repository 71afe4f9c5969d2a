import { brentRoot } from '../optimize/brent-root.ts'
import { unlimited } from '../optimize/budget.ts'
import { incompleteBeta } from './incomplete-beta.ts'
import { normalCdf, normalQuantile } from './normal.ts'

/** Above this many degrees of freedom the normal is the same to 10 digits. */
const NORMAL_FROM = 1e10

/** P(T > t), t ≥ 0 (Abramowitz & Stegun 26.7.1 with 26.5.2). */
function upperTail(t: number, degrees: number): number {
  const square = t * t
  // near 0 the complement has all digits, further out it would cancel
  if (square < Math.min(1, degrees)) return 0.5 - 0.5 * incompleteBeta(square / (degrees + square), 0.5, degrees / 2)
  if (square < degrees) return 0.5 * incompleteBeta(square / (degrees + square), 0.5, degrees / 2, true)
  return 0.5 * incompleteBeta(1 / (1 + square / degrees), degrees / 2, 0.5)
}

/** P(T ≤ t) of Student's t with `degrees` > 0 degrees of freedom (not only whole; Infinity is the normal). */
export function studentCdf(t: number, degrees: number): number {
  if (Number.isNaN(t) || !(degrees > 0)) return Number.NaN
  if (degrees >= NORMAL_FROM) return normalCdf(t)
  const tail = upperTail(Math.abs(t), degrees)
  return t > 0 ? 1 - tail : tail
}

/** Quantile of Student's t; ±Infinity at 0 and 1, NaN outside. The smaller tail is solved on a log scale. */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1) || !(degrees > 0)) return Number.NaN
  if (degrees >= NORMAL_FROM) return normalQuantile(p)
  const tail = Math.min(p, 1 - p)
  const sign = p < 0.5 ? -1 : 1
  if (tail === 0) return sign * Number.POSITIVE_INFINITY
  if (tail === 0.5) return 0
  if (degrees === 1) return sign / Math.tan(Math.PI * tail)
  if (degrees === 2) return (sign * (1 - 2 * tail)) / Math.sqrt(2 * tail * (1 - tail))
  const excess = (t: number): number => Math.log(upperTail(t, degrees) / tail)
  // tails of t are heavier than the normal's: its quantile is below the root
  const low = Math.max(0, -normalQuantile(tail) * (1 - 1e-9))
  let high = Math.max(2 * low, 1)
  while (excess(high) > 0 && high < 1e300) high *= 2
  return sign * brentRoot(excess, low, high, unlimited)
}
