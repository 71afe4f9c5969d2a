import type { AutocovarianceScratch } from './autocovariance.ts'
import { autocovariances } from './autocovariance.ts'
import type { Levels } from './data.ts'
import { stateSize } from './exact-filter.ts'
import { firstColumn } from './first-column.ts'
import type { Integration } from './integration.ts'
import type { Polynomials } from './polynomials.ts'

/** Memory of the filter by levels for states of up to `longest` numbers and `lags` past levels. */
export interface LevelsScratch {
  readonly autocovariance: AutocovarianceScratch
  readonly first: Float64Array
  readonly gain: Float64Array
  readonly noise: Float64Array
  readonly covariance: Float64Array
  readonly carried: Float64Array
  /** ARMA state and past levels (the latest first) after the last value: of the series, then of each column. */
  readonly states: readonly Float64Array[]
  readonly moved: Float64Array
}

export function levelsScratch(autocovariance: AutocovarianceScratch, lags: number, columns: number): LevelsScratch {
  const size = autocovariance.longest + 1 + lags
  const vector = (): Float64Array => new Float64Array(size)
  return {
    autocovariance,
    first: vector(),
    gain: vector(),
    noise: vector(),
    covariance: new Float64Array(size * size),
    carried: new Float64Array(size * size),
    states: Array.from({ length: columns + 1 }, vector),
    moved: vector(),
  }
}

/**
 * Exact filter of an integrated process by its levels, which may be missing (NaN): standardised errors (v_t / √F_t, 0 where
 * missing) of the series and of `count` columns, the first `lags` of which are the levels before the beginning, a unit
 * each. Returns Σ log F_t over what was observed; NaN where the ARMA part is not stationary.
 *
 * The state is that of the ARMA part and the past levels, which the differences need (Durbin & Koopman 2012, 3.4); its
 * transition only shifts, so that a step costs a few passes over the covariance matrix.
 */
export function levelsFilter(
  { values: y, before }: Levels,
  polynomials: Polynomials,
  { lags, weights }: Integration,
  errors: Float64Array,
  columns: {
    readonly series: readonly Float64Array[]
    readonly errors: readonly Float64Array[]
    readonly count: number
  },
  scratch: LevelsScratch,
): number {
  const { phi, theta, arDegree, maDegree } = polynomials
  const { autocovariance, first, gain, noise, covariance: P, carried, states, moved } = scratch
  const pastLevels = before.length
  const r = stateSize(polynomials)
  const size = r + pastLevels
  if (!autocovariances(polynomials, r, autocovariance)) return Number.NaN
  noise.fill(0)
  noise[0] = 1
  for (let i = 1; i <= maDegree; i++) noise[i] = theta[i - 1]!
  stationaryCovariance(polynomials, r, size, autocovariance, first, noise, P)
  for (let c = 0; c <= columns.count; c++) {
    states[c]!.fill(0, 0, size)
    if (c === 0) states[c]!.set(before, r)
    else if (c <= pastLevels) states[c]![r + c - 1] = 1
  }
  let logs = 0
  for (let t = 0; t < y.length; t++) {
    const seen = !Number.isNaN(y[t]!)
    if (seen) {
      let variance = 0
      for (let i = 0; i < size; i++) {
        let sum = P[i * size]!
        for (let k = 0; k < lags.length; k++) sum += weights[k]! * P[i * size + r + lags[k]! - 1]!
        gain[i] = sum
      }
      variance = gain[0]!
      for (let k = 0; k < lags.length; k++) variance += weights[k]! * gain[r + lags[k]! - 1]!
      logs += Math.log(variance)
      const root = 1 / Math.sqrt(variance)
      for (let c = 0; c <= columns.count; c++) {
        const state = states[c]!
        const value = c === 0 ? y[t]! : columns.series[c - 1]![t]!
        const error = value - predicted(state, r, lags, weights)
        if (c === 0) errors[t] = error * root
        else columns.errors[c - 1]![t] = error * root
        const step = error / variance
        for (let i = 0; i < size; i++) state[i]! += gain[i]! * step
      }
      for (let i = 0; i < size; i++) {
        const share = gain[i]! / variance
        if (share !== 0) for (let j = 0; j < size; j++) P[i * size + j]! -= share * gain[j]!
      }
    } else {
      errors[t] = 0
      for (let c = 0; c < columns.count; c++) columns.errors[c]![t] = 0
    }
    for (let c = 0; c <= columns.count; c++) advance(states[c]!, r, size, phi, arDegree, lags, weights, moved)
    // rows, then columns, of T P Tᵀ, then what is new
    for (let j = 0; j < size; j++) {
      const top = P[j]!
      for (let i = 0; i < r; i++) {
        const below = i + 1 < r ? P[(i + 1) * size + j]! : 0
        carried[i * size + j] = i < arDegree ? phi[i]! * top + below : below
      }
      if (pastLevels === 0) continue
      let level = top
      for (let k = 0; k < lags.length; k++) level += weights[k]! * P[(r + lags[k]! - 1) * size + j]!
      carried[r * size + j] = level
      for (let i = r + 1; i < size; i++) carried[i * size + j] = P[(i - 1) * size + j]!
    }
    for (let i = 0; i < size; i++) {
      const row = i * size
      const top = carried[row]!
      for (let j = 0; j < r; j++) {
        const next = j + 1 < r ? carried[row + j + 1]! : 0
        P[row + j] = (j < arDegree ? phi[j]! * top + next : next) + (i < r ? noise[i]! * noise[j]! : 0)
      }
      if (pastLevels === 0) continue
      let level = top
      for (let k = 0; k < lags.length; k++) level += weights[k]! * carried[row + r + lags[k]! - 1]!
      P[row + r] = level
      for (let j = r + 1; j < size; j++) P[row + j] = carried[row + j - 1]!
    }
  }
  return logs
}

function predicted(state: Float64Array, r: number, lags: readonly number[], weights: readonly number[]): number {
  let value = state[0]!
  for (let k = 0; k < lags.length; k++) value += weights[k]! * state[r + lags[k]! - 1]!
  return value
}

function advance(
  state: Float64Array,
  r: number,
  size: number,
  phi: Float64Array,
  arDegree: number,
  lags: readonly number[],
  weights: readonly number[],
  moved: Float64Array,
): void {
  const level = predicted(state, r, lags, weights)
  const top = state[0]!
  for (let i = 0; i < r; i++) moved[i] = (i < arDegree ? phi[i]! * top : 0) + (i + 1 < r ? state[i + 1]! : 0)
  if (size > r) moved[r] = level
  for (let i = r + 1; i < size; i++) moved[i] = state[i - 1]!
  for (let i = 0; i < size; i++) state[i] = moved[i]!
}

/** P₁ from its first column by P = T P Tᵀ + R Rᵀ, whose entry (i, j) looks at (i + 1, j + 1): from the last one upwards. */
function stationaryCovariance(
  polynomials: Polynomials,
  r: number,
  size: number,
  autocovariance: AutocovarianceScratch,
  first: Float64Array,
  noise: Float64Array,
  P: Float64Array,
): void {
  const { phi, arDegree } = polynomials
  firstColumn(polynomials, r, autocovariance, first)
  P.fill(0, 0, size * size)
  const at = (i: number): number => (i < arDegree ? phi[i]! : 0)
  for (let i = r - 1; i >= 0; i--)
    for (let j = i; j >= 0; j--) {
      const next = (k: number): number => (k + 1 < r ? first[k + 1]! : 0)
      const diagonal = i + 1 < r ? P[(i + 1) * size + j + 1]! : 0
      const value = at(i) * at(j) * first[0]! + at(i) * next(j) + at(j) * next(i) + diagonal + noise[i]! * noise[j]!
      P[i * size + j] = value
      P[j * size + i] = value
    }
}
