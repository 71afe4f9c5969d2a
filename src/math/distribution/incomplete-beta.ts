import { stirlingError } from './log-gamma.ts'
import { devianceHalf } from './saddle-point.ts'

const TINY = 1e-300
const DONE = 1e-16
const MOST_TERMS = 1_000_000

/**
 * The regularised incomplete beta function I_x(a, b), 0 ≤ x ≤ 1, a, b > 0; with `upper` 1 − I_x(a, b), with full precision
 * where it is small. By the continued fraction (Abramowitz & Stegun 26.5.8), which takes about √max(a, b) terms, on the
 * side where it converges fast; in front of it Loader's form of the binomial probability, which keeps its digits.
 */
export function incompleteBeta(x: number, a: number, b: number, upper = false): number {
  if (!(x >= 0 && x <= 1) || !(a > 0) || !(b > 0)) return Number.NaN
  if (x === 0 || x === 1) return (x === 1) === upper ? 0 : 1
  const swap = x > (a + 1) / (a + b + 2)
  const part = swap ? (front(x, a, b) * fraction(1 - x, b, a)) / b : (front(x, a, b) * fraction(x, a, b)) / a
  return swap === upper ? part : 1 - part
}

/** x^a (1 − x)^b / B(a, b). */
function front(x: number, a: number, b: number): number {
  const n = a + b
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - devianceHalf(a, n * x) - devianceHalf(b, n * (1 - x))
  return Math.exp(exponent) * Math.sqrt((a / n) * (b / (2 * Math.PI)))
}

/** By Lentz's method. */
function fraction(x: number, a: number, b: number): number {
  const safe = (value: number): number => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / safe(1 + even * d)
    c = safe(1 + even / c)
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / safe(1 + odd * d)
    c = safe(1 + odd / c)
    const factor = d * c
    h *= factor
    if (!(Math.abs(factor - 1) > DONE)) break
  }
  return h
}
