import { type AutocovarianceScratch, autocovariances } from './autocovariance.ts'
import { firstColumn } from './first-column.ts'
import type { Polynomials } from './polynomials.ts'

/** Memory of the exact filter for states of up to `longest` numbers. */
export interface FilterScratch {
  readonly autocovariance: AutocovarianceScratch
  readonly gain: Float64Array
  readonly change: Float64Array
  /** States after the last value: of the series, then of each column. */
  readonly states: readonly Float64Array[]
  /** F and M after the last value: how far the filter has settled. */
  variance: number
  weight: number
}

export const filterScratch = (autocovariance: AutocovarianceScratch, columns: number): FilterScratch => {
  const vector = (): Float64Array => new Float64Array(autocovariance.longest + 1)
  const states = Array.from({ length: columns + 1 }, vector)
  return { autocovariance, gain: vector(), change: vector(), states, variance: 1, weight: 0 }
}

/** Series that the mean depends on, filtered alongside. */
export interface Columns {
  readonly series: readonly Float64Array[]
  /** Their standardised errors are written here. */
  readonly errors: readonly Float64Array[]
  /** How many of them count now. */
  readonly count: number
  /** Before this time a column is zero, and so are its errors. */
  readonly begins: readonly number[]
}

/** The one-step variance is taken as reached when it is this near to the errors' own. */
const STEADY = 1e-10
/** Variances are multiplied up to this before a logarithm is taken of them together. */
const MOST_PRODUCT = 1e200

/** Numbers of the state vector. */
export const stateSize = ({ arDegree, maDegree }: Polynomials): number => Math.max(1, arDegree, maDegree + 1)

/**
 * Exact Gaussian filter of a stationary ARMA process: standardised one-step errors (v_t / √F_t) of the series and of its
 * columns. Returns Σ log F_t; NaN where the process is not stationary.
 *
 * Chandrasekhar recursions (Morf, Sidhu & Kailath 1974; for ARMA: Pearlman 1980; Mélard 1984, AS 197): the state's
 * covariance changes by a matrix of rank one, M L Lᵀ, so that L, the gain K and the variance F are carried instead:
 *
 *     u = T L,  F' = F + M l²,  K' = K + M l u,  L' = u − (l / F) K,  M' = M F / F'      with l = L₀
 *
 * O(r) a step for r = max(arDegree, maDegree + 1) states, and less once F has come down to 1.
 */
export function exactFilter(
  w: Float64Array,
  polynomials: Polynomials,
  errors: Float64Array,
  columns: Columns,
  scratch: FilterScratch,
): number {
  const { autocovariance, gain, change, states } = scratch
  const { phi, arDegree } = polynomials
  const r = stateSize(polynomials)
  if (!autocovariances(polynomials, r, autocovariance)) return Number.NaN
  let variance = firstGain(polynomials, r, autocovariance, gain)
  let weight = -1 / variance
  for (let i = 0; i < r; i++) change[i] = gain[i]!
  change[r] = 0
  const state = states[0]!
  for (let c = 0; c <= columns.count; c++) states[c]!.fill(0, 0, r + 1)
  let inverse = 1 / variance
  let logs = 0
  let product = 1
  let t = 0
  for (; t < w.length && variance - 1 > STEADY; t++) {
    const root = Math.sqrt(inverse)
    const level = state[0]!
    const error = w[t]! - level
    errors[t] = error * root
    product *= variance
    if (product > MOST_PRODUCT) {
      logs += Math.log(product)
      product = 1
    }
    const step = error * inverse
    const first = change[0]!
    const ratio = first * inverse
    const tilt = weight * first
    for (let c = 0; c < columns.count; c++) {
      if (t < columns.begins[c]!) {
        columns.errors[c]![t] = 0
        continue
      }
      const other = states[c + 1]!
      const otherLevel = other[0]!
      const otherError = columns.series[c]![t]! - otherLevel
      columns.errors[c]![t] = otherError * root
      const otherStep = otherError * inverse
      for (let i = 0; i < r; i++) other[i] = phi[i]! * otherLevel + other[i + 1]! + gain[i]! * otherStep
    }
    for (let i = 0; i < arDegree; i++) {
      const coefficient = phi[i]!
      const u = coefficient * first + change[i + 1]!
      const k = gain[i]!
      state[i] = coefficient * level + state[i + 1]! + k * step
      change[i] = u - ratio * k
      gain[i] = k + tilt * u
    }
    for (let i = arDegree; i < r; i++) {
      const u = change[i + 1]!
      const k = gain[i]!
      state[i] = state[i + 1]! + k * step
      change[i] = u - ratio * k
      gain[i] = k + tilt * u
    }
    const next = variance + tilt * first
    inverse = 1 / next
    weight *= variance * inverse
    variance = next
  }
  logs += Math.log(product)
  scratch.variance = variance
  scratch.weight = weight
  steadyFilter(w, t, r, phi, errors, gain, state)
  for (let c = 0; c < columns.count; c++)
    steadyFilter(columns.series[c]!, t, r, phi, columns.errors[c]!, gain, states[c + 1]!)
  return logs
}

/** What is left once the variance is the errors' own: the gain no longer changes. */
function steadyFilter(
  w: Float64Array,
  from: number,
  r: number,
  phi: Float64Array,
  errors: Float64Array,
  gain: Float64Array,
  state: Float64Array,
): void {
  for (let t = from; t < w.length; t++) {
    const level = state[0]!
    const error = w[t]! - level
    errors[t] = error
    for (let i = 0; i < r; i++) state[i] = phi[i]! * level + state[i + 1]! + gain[i]! * error
  }
}

/** Writes K₁ = T P₁ Z from the first column of the stationary covariance alone, and returns F₁ = γ(0). */
function firstGain(
  polynomials: Polynomials,
  r: number,
  autocovariance: AutocovarianceScratch,
  gain: Float64Array,
): number {
  const { phi, phiAt, phiCount } = polynomials
  firstColumn(polynomials, r, autocovariance, gain)
  const variance = gain[0]!
  for (let i = 0; i < r; i++) gain[i] = gain[i + 1]!
  for (let j = 0; j < phiCount; j++) gain[phiAt[j]!]! += phi[phiAt[j]!]! * variance
  gain[r] = 0
  return variance
}
