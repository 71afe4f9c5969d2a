import { erfc } from './error-function.ts'
import { stirlingError } from './log-gamma.ts'
import { devianceHalf } from './saddle-point.ts'

/**
 * The regularised incomplete gamma functions, by series where x is small beside the shape and by continued fraction where
 * it is large: about √shape terms.
 */

/** From here one uniform asymptotic term is exact to 1e-12 (Temme 1979; DLMF 8.12.3). */
const UNIFORM_FROM = 1e6

/** P(shape, x), the lower one; 0 ≤ x < Infinity. */
export function lowerGamma(x: number, shape: number): number {
  if (shape >= UNIFORM_FROM && near(x, shape)) return uniform(x, shape, -1)
  return x < shape + 1 ? seriesOfLower(x, shape) : 1 - fractionOfUpper(x, shape)
}

/** Q(shape, x) = 1 − P(shape, x), with full precision where it is small. */
export function upperGamma(x: number, shape: number): number {
  if (shape >= UNIFORM_FROM && near(x, shape)) return uniform(x, shape, 1)
  return x < shape + 1 ? 1 - seriesOfLower(x, shape) : fractionOfUpper(x, shape)
}

const near = (x: number, shape: number): boolean => Math.abs(x - shape) < 0.05 * shape

/** x^shape e^-x / Γ(shape + 1). */
function prefix(x: number, shape: number): number {
  return Math.exp(-stirlingError(shape) - devianceHalf(shape, x)) / Math.sqrt(2 * Math.PI * shape)
}

/** Abramowitz & Stegun 6.5.29. */
function seriesOfLower(x: number, shape: number): number {
  let total = 1
  let term = 1
  for (let k = shape + 1; term > total * 1e-17; k++) {
    term *= x / k
    total += term
  }
  return prefix(x, shape) * total
}

/** Abramowitz & Stegun 6.5.31 in its even form, by Lentz's method. */
function fractionOfUpper(x: number, shape: number): number {
  let b = x + 1 - shape
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let k = 1; ; k++) {
    const a = -k * (k - shape)
    b += 2
    d = 1 / (a * d + b)
    c = b + a / c
    const factor = c * d
    h *= factor
    if (!(Math.abs(factor - 1) > 1e-16)) break
  }
  return prefix(x, shape) * shape * h
}

/** Upper (sign 1) or lower (−1) tail; coefficients c0 of DLMF 8.12.10 as a power series of η. */
function uniform(x: number, shape: number, sign: 1 | -1): number {
  const half = devianceHalf(shape, x) // shape · η² / 2
  const eta = Math.sign(x - shape) * Math.sqrt((2 * half) / shape)
  const c0 = -1 / 3 + eta * (1 / 12 + eta * (-2 / 135 + eta * (1 / 864 + eta / 2835)))
  const rest = (Math.exp(-half) / Math.sqrt(2 * Math.PI * shape)) * (c0 - 1 / (540 * shape))
  return 0.5 * erfc(sign * Math.sign(eta) * Math.sqrt(half)) + sign * rest
}
