import type { Polynomials } from './polynomials.ts'

/** Memory for models of up to `longest` lags. */
export interface AutocovarianceScratch {
  readonly longest: number
  /** Row k: the predictor of order k + 1 (Levinson), `longest` numbers a row. */
  readonly predictors: Float64Array
  readonly autoregressive: Float64Array
  readonly products: Float64Array
  /** γ(0 … longest), for errors of variance one. */
  readonly gamma: Float64Array
  /** ψ(0 … longest): effect of an error j steps on. */
  readonly psi: Float64Array
}

export const autocovarianceScratch = (longest: number): AutocovarianceScratch => ({
  longest,
  predictors: new Float64Array(longest * longest),
  autoregressive: new Float64Array(3 * longest + 2),
  products: new Float64Array(longest + 1),
  gamma: new Float64Array(longest + 2),
  psi: new Float64Array(longest + 2),
})

/** Closer to the unit circle than this, too many digits of γ(0) are lost. */
const LEAST_DISTANCE = 1e-12

/**
 * Is 1 − a₁z − a₂z² − … free of roots on and inside the circle of radius `radius`? By the reflection coefficients of
 * Levinson's step-down (Jury's test); leaves the predictors of all orders behind. O(degree²).
 */
export function stationary(
  coefficients: Float64Array,
  degree: number,
  { predictors, longest }: Pick<AutocovarianceScratch, 'predictors' | 'longest'>,
  radius = 1,
): boolean {
  if (degree === 0) return true
  let last = (degree - 1) * longest
  let power = 1
  for (let i = 0; i < degree; i++) {
    power *= radius
    predictors[last + i] = coefficients[i]! * power
  }
  for (let k = degree - 1; k >= 0; k--) {
    const reflection = predictors[last + k]!
    const rest = 1 - reflection * reflection
    if (!(rest > LEAST_DISTANCE)) return false
    const before = last - longest
    for (let i = 0; i < k; i++)
      predictors[before + i] = (predictors[last + i]! + reflection * predictors[last + k - 1 - i]!) / rest
    last = before
  }
  return true
}

/**
 * γ and ψ up to lag `lags` of an ARMA process with errors of variance one: autocovariances of its autoregressive part by
 * the reversed Levinson recursion (Demeure & Mullis 1989), then through the moving average. False where it is not stationary.
 */
export function autocovariances(polynomials: Polynomials, lags: number, scratch: AutocovarianceScratch): boolean {
  const { phi, theta, phiAt, thetaAt, phiCount, thetaCount, arDegree, maDegree } = polynomials
  const { predictors, longest, autoregressive: u, products, gamma, psi } = scratch
  if (!stationary(phi, arDegree, scratch)) return false
  let variance = 1
  for (let k = 0; k < arDegree; k++) {
    const reflection = predictors[k * longest + k]!
    variance /= 1 - reflection * reflection
  }
  const needed = lags + maDegree
  u.fill(0, 0, needed + 1)
  u[0] = variance
  for (let k = 1; k <= Math.min(arDegree, needed); k++) {
    const reflection = predictors[(k - 1) * longest + k - 1]!
    let sum = reflection * variance
    for (let j = 1; j < k; j++) sum += predictors[(k - 2) * longest + j - 1]! * u[k - j]!
    u[k] = sum
    variance *= 1 - reflection * reflection
  }
  for (let k = arDegree + 1; k <= needed; k++) {
    let sum = 0
    for (let i = 0; i < phiCount; i++) sum += phi[phiAt[i]!]! * u[k - 1 - phiAt[i]!]!
    u[k] = sum
  }
  products.fill(0, 0, maDegree + 1)
  products[0] = 1
  for (let i = 0; i < thetaCount; i++) {
    const a = thetaAt[i]!
    products[a + 1]! += theta[a]!
    for (let j = 0; j < thetaCount; j++) {
      const b = thetaAt[j]!
      if (b >= a) products[b - a]! += theta[a]! * theta[b]!
    }
  }
  for (let h = 0; h <= lags; h++) {
    let sum = products[0]! * u[h]!
    for (let k = 1; k <= maDegree; k++) if (products[k] !== 0) sum += products[k]! * (u[Math.abs(h - k)]! + u[h + k]!)
    gamma[h] = sum
  }
  for (let j = 0; j <= lags; j++) {
    let sum = j === 0 ? 1 : j <= maDegree ? theta[j - 1]! : 0
    for (let i = 0; i < phiCount && j > 0; i++) if (phiAt[i]! < j) sum += phi[phiAt[i]!]! * psi[j - 1 - phiAt[i]!]!
    psi[j] = sum
  }
  return Number.isFinite(gamma[0]!)
}
