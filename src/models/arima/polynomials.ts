/**
 * The two polynomials of a seasonal ARMA model, multiplied out, in memory made once:
 * phi(B) = (1 − φ₁B − …)(1 − Φ₁Bᵐ − …), `phi[i]` being the coefficient of the (i + 1)th lag with φ's sign, and
 * theta(B) = (1 + θ₁B + …)(1 + Θ₁Bᵐ + …).
 */
export interface Polynomials {
  readonly phi: Float64Array
  readonly theta: Float64Array
  /** Positions that are not zero by their order, the first `phiCount` and `thetaCount` count. */
  readonly phiAt: Int32Array
  readonly thetaAt: Int32Array
  phiCount: number
  thetaCount: number
  /** Degrees of both. */
  arDegree: number
  maDegree: number
}

export function makePolynomials(longest: number): Polynomials {
  const vector = (): Float64Array => new Float64Array(longest)
  const positions = (): Int32Array => new Int32Array(longest)
  const counts = { phiCount: 0, thetaCount: 0, arDegree: 0, maDegree: 0 }
  return { phi: vector(), theta: vector(), phiAt: positions(), thetaAt: positions(), ...counts }
}

/** Coordinates are ordered φ, θ, Φ, Θ. */
export function expand(
  into: Polynomials,
  point: Float64Array,
  { p, q, P, Q }: { readonly p: number; readonly q: number; readonly P: number; readonly Q: number },
  m: number,
): void {
  into.arDegree = p + m * P
  into.maDegree = q + m * Q
  into.phiCount = multiply(into.phi, into.phiAt, point, 0, p, p + q, P, m, -1)
  into.thetaCount = multiply(into.theta, into.thetaAt, point, p, q, p + q + P, Q, m, 1)
}

/** The product's coefficients: short terms, then for each season its own and its products with the short ones. */
function multiply(
  into: Float64Array,
  at: Int32Array,
  point: Float64Array,
  shortFrom: number,
  short: number,
  longFrom: number,
  long: number,
  m: number,
  sign: number,
): number {
  into.fill(0)
  let count = 0
  for (let i = 0; i < short; i++) {
    into[i] = point[shortFrom + i]!
    at[count++] = i
  }
  for (let k = 0; k < long; k++) {
    const season = point[longFrom + k]!
    const base = m * (k + 1)
    if (!listed(at, count, base - 1)) at[count++] = base - 1
    into[base - 1]! += season
    for (let i = 0; i < short; i++) {
      const place = base + i
      if (!listed(at, count, place)) at[count++] = place
      into[place]! += sign * season * point[shortFrom + i]!
    }
  }
  return count
}

/** With a season shorter than the number of short terms the same lag is met twice. */
function listed(at: Int32Array, count: number, place: number): boolean {
  for (let i = 0; i < count; i++) if (at[i] === place) return true
  return false
}
