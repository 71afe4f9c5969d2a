import type { AutocovarianceScratch } from './autocovariance.ts'
import type { Polynomials } from './polynomials.ts'

/**
 * First column of the stationary covariance of the ARMA state from γ and ψ, whose rows are
 * Σ_{k ≥ i} φ_{k+1} γ(k − i + 1) + θ_k ψ(k − i); row 0 is γ(0). `into[r]` is 0.
 */
export function firstColumn(
  { phi, theta, phiAt, thetaAt, phiCount, thetaCount }: Polynomials,
  r: number,
  { gamma, psi }: Pick<AutocovarianceScratch, 'gamma' | 'psi'>,
  into: Float64Array,
): void {
  into.fill(0, 0, r + 1)
  into[0] = gamma[0]!
  for (let j = 0; j < phiCount; j++) {
    const k = phiAt[j]!
    for (let i = 1; i <= k; i++) into[i]! += phi[k]! * gamma[k - i + 1]!
  }
  for (let j = 0; j < thetaCount; j++) {
    const k = thetaAt[j]! + 1
    for (let i = 1; i <= k; i++) into[i]! += theta[k - 1]! * psi[k - i]!
  }
}
