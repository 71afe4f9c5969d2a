import { cholesky } from '../../math/cholesky.ts'
import { errorsFrom, type Shape, seasonsOf, stateSize } from './kernel.ts'

/**
 * How the errors move with each state before the first value, row after row of `stateSize` numbers. The model is linear:
 * with D the transition less what an error corrects, the row of step t is −w′ Dᵗ, so that one pass gives all columns.
 * Where values are missing as if they were not: nothing but the speed of a search hangs on it.
 */
export function stateEffects(shape: Shape, length: number, parameters: Float64Array): Float64Array {
  const { cos, sin, from, ar, ma } = shape
  const waves = cos.length
  const seasons = seasonsOf(shape)
  const size = stateSize(shape)
  const arFrom = errorsFrom(shape)
  const [alpha, beta, phi] = [parameters[0]!, parameters[1]!, parameters[2]!]
  const rows = new Float64Array(length * size)
  const row = new Float64Array(size)
  row[0] = -1
  row[1] = -phi
  row.fill(-1, 2, 2 + waves)
  for (let t = 0, at = 0; t < length; t++, at += size) {
    for (let i = 0; i < size; i++) rows[at + i] = row[i]!
    let corrected = alpha * row[0]! + beta * row[1]!
    for (let k = 0; k < seasons; k++) {
      let sumS = 0
      let sumC = 0
      for (let i = 2 + from[k]!; i < 2 + from[k + 1]!; i++) {
        sumS += row[i]!
        sumC += row[waves + i]!
      }
      corrected += parameters[3 + 2 * k]! * sumS + parameters[4 + 2 * k]! * sumC
    }
    row[1] = phi * (row[0]! + row[1]! - corrected)
    row[0]! -= corrected
    for (let i = 0; i < waves; i++) {
      const s = row[2 + i]!
      const c = row[2 + waves + i]!
      row[2 + i] = s * cos[i]! - c * sin[i]! - corrected
      row[2 + waves + i] = s * sin[i]! + c * cos[i]!
    }
  }
  // from what the structure leaves to the errors behind it: the later rows first, while those before them are as they were
  for (let t = length - 1; t > 0; t--)
    for (let k = 0; k < ar && k < t; k++) subtractRow(rows, t * size, (t - 1 - k) * size, size, parameters[arFrom + k]!)
  for (let t = 1; t < length; t++)
    for (let k = 0; k < ma && k < t; k++)
      subtractRow(rows, t * size, (t - 1 - k) * size, size, parameters[arFrom + ar + k]!)
  return rows
}

function subtractRow(rows: Float64Array, to: number, from: number, size: number, share: number): void {
  for (let i = 0; i < size; i++) rows[to + i]! -= share * rows[from + i]!
}

/**
 * The Cholesky factor of 1 + weight × JᵀJ, J being the effects of the coordinates on the errors: half the curvature of the
 * objective by the Gauss–Newton approximation, with standard normal priors. First come the smoothing parameters with their
 * `columns`, then `states` (counted from the first one) with their `units` and `effects`, `stride` numbers a step.
 */
export function curvatureFactor(
  y: Float64Array,
  columns: readonly Float64Array[],
  effects: Float64Array,
  stride: number,
  states: readonly number[],
  units: Float64Array,
  weight: number,
): Float64Array {
  const first = columns.length
  const size = first + states.length
  const factor = new Float64Array(size * size)
  const row = new Float64Array(size)
  for (let t = 0; t < y.length; t++) {
    if (Number.isNaN(y[t]!)) continue
    for (let i = 0; i < first; i++) row[i] = columns[i]![t]!
    for (let i = 0; i < states.length; i++) row[first + i] = effects[t * stride + states[i]!]! * units[i]!
    for (let i = 0; i < size; i++) {
      const value = row[i]!
      for (let j = 0, at = i * size; j <= i; j++, at++) factor[at]! += value * row[j]!
    }
  }
  for (let i = 0; i < factor.length; i++) factor[i]! *= weight
  for (let i = 0; i < size; i++) factor[i * size + i]! += 1
  cholesky(factor, size)
  // of a fit without errors a row may drown in rounding: what the data leave open is the prior's
  for (let i = 0; i < size; i++) if (factor[i * size + i] === 0) factor[i * size + i] = 1
  return factor
}

/** Solves factor′ x = b in the place of `x`. */
export function solveUpper(factor: Float64Array, size: number, x: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    const value = x[i]! / factor[i * size + i]!
    x[i] = value
    for (let k = 0, at = i * size; k < i; k++, at++) x[k]! -= factor[at]! * value
  }
}
