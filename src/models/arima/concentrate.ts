import type { Columns } from './exact-filter.ts'

/** Memory for the normal equations of up to `size` columns. */
export interface ConcentrateScratch {
  readonly factor: Float64Array
  readonly coefficients: Float64Array
}

export const concentrateScratch = (size: number): ConcentrateScratch => ({
  factor: new Float64Array(size * size),
  coefficients: new Float64Array(size),
})

/** What is left of a column's squares, as a share of them, below which it is a combination of those before it. */
const DEPENDENT = 1e-13

/**
 * Generalised least squares: takes out of the standardised errors what the columns' standardised errors explain.
 * Returns log |Xᵀ V⁻¹ X| of the first `nuisance` columns, which the likelihood of the observed values needs. Coefficients
 * and the Cholesky factor of the normal equations (rows of `count` numbers) are left in the scratch. A column that adds
 * nothing to those before it, or has no variation, gets coefficient 0 and a 0 on the diagonal.
 */
export function concentrate(
  errors: Float64Array,
  columns: Columns,
  nuisance: number,
  { factor, coefficients }: ConcentrateScratch,
): number {
  const { count } = columns
  const n = errors.length
  let determinant = 0
  for (let i = 0; i < count; i++) {
    const column = columns.errors[i]!
    const begin = columns.begins[i]!
    let cross = 0
    for (let t = begin; t < n; t++) cross += column[t]! * errors[t]!
    coefficients[i] = cross
    for (let j = 0; j <= i; j++) {
      const other = columns.errors[j]!
      let sum = 0
      for (let t = Math.max(begin, columns.begins[j]!); t < n; t++) sum += column[t]! * other[t]!
      const own = sum
      for (let k = 0; k < j; k++) sum -= factor[i * count + k]! * factor[j * count + k]!
      if (i === j) {
        const root = sum > DEPENDENT * own ? Math.sqrt(sum) : 0
        factor[i * count + i] = root
        if (i < nuisance && root > 0) determinant += 2 * Math.log(root)
      } else factor[i * count + j] = factor[j * count + j]! > 0 ? sum / factor[j * count + j]! : 0
    }
  }
  for (let i = 0; i < count; i++) {
    let sum = coefficients[i]!
    for (let k = 0; k < i; k++) sum -= factor[i * count + k]! * coefficients[k]!
    coefficients[i] = factor[i * count + i]! > 0 ? sum / factor[i * count + i]! : 0
  }
  for (let i = count - 1; i >= 0; i--) {
    let sum = coefficients[i]!
    for (let k = i + 1; k < count; k++) sum -= factor[k * count + i]! * coefficients[k]!
    coefficients[i] = factor[i * count + i]! > 0 ? sum / factor[i * count + i]! : 0
  }
  for (let i = 0; i < count; i++) {
    const column = columns.errors[i]!
    const coefficient = coefficients[i]!
    for (let t = columns.begins[i]!; t < n; t++) errors[t]! -= coefficient * column[t]!
  }
  return determinant
}
