/** What is left of a pivot, as a share of it, below which its row depends on those before it. */
const DEPENDENT = 1e-13

/**
 * The Cholesky factor of a symmetric matrix (row by row, the lower triangle is read) in its place. A row that depends on
 * those before it gets a factor of zeros: its unknown is 0 in `solve`.
 */
export function cholesky(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const own = matrix[i * size + i]!
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!
      if (i === j) matrix[i * size + i] = sum > DEPENDENT * own ? Math.sqrt(sum) : 0
      else {
        const pivot = matrix[j * size + j]!
        matrix[i * size + j] = pivot > 0 ? sum / pivot : 0
      }
    }
  }
}

/** Solves factor x = b in the place of `b`, `b[from … from + size − 1]`. */
export function solveLower(factor: Float64Array, size: number, b: Float64Array, from = 0): void {
  for (let i = 0; i < size; i++) {
    let sum = b[from + i]!
    for (let k = 0; k < i; k++) sum -= factor[i * size + k]! * b[from + k]!
    const pivot = factor[i * size + i]!
    b[from + i] = pivot > 0 ? sum / pivot : 0
  }
}

/** Solves factor · factorᵀ x = b in the place of `b`, `b[from … from + size − 1]`. */
export function solve(factor: Float64Array, size: number, b: Float64Array, from = 0): void {
  solveLower(factor, size, b, from)
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[from + i]!
    for (let k = i + 1; k < size; k++) sum -= factor[k * size + i]! * b[from + k]!
    const pivot = factor[i * size + i]!
    b[from + i] = pivot > 0 ? sum / pivot : 0
  }
}
