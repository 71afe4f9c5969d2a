import { dot, subtract } from './vector.ts'
export interface Regression {
  /** One per column; 0 for a column that adds nothing to those before it. */
  readonly coefficients: Float64Array
  /** Residual sum of squares. */
  readonly squares: number
  /** Columns that count. */
  readonly rank: number
  /** Coefficient of the last column over its standard error; NaN where it adds nothing or no degree of freedom is left. */
  readonly lastT: number
}

/** What is left of a column, as a share of it, below which it is a combination of those before it. */
const DEPENDENT = 1e-14

/**
 * Least squares by Gram-Schmidt orthogonalisation, each column taken out twice (Giraud, Langou & Rozložník 2005: as
 * orthogonal as Householder's). Meant for few columns. The arguments are left as they are; an intercept is a column of ones.
 */
export function regress(y: Float64Array, columns: readonly Float64Array[]): Regression {
  const count = columns.length
  const basis: Float64Array[] = []
  const squares = new Float64Array(count)
  const upper = new Float64Array(count * count)
  const projections = new Float64Array(count)
  const residual = y.slice()
  let rank = 0
  for (let k = 0; k < count; k++) {
    const column = columns[k]!.slice()
    const before = dot(column, column)
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < k; j++) {
        if (squares[j] === 0) continue
        const share = dot(column, basis[j]!) / squares[j]!
        upper[j * count + k]! += share
        subtract(column, basis[j]!, share)
      }
    const after = dot(column, column)
    basis.push(column)
    if (!(after > DEPENDENT * before)) continue
    squares[k] = after
    rank++
    projections[k] = dot(residual, column) / after
    subtract(residual, column, projections[k]!)
  }
  const coefficients = projections.slice()
  for (let k = count - 1; k >= 0; k--) {
    if (squares[k] === 0) continue
    for (let j = k + 1; j < count; j++) coefficients[k]! -= upper[k * count + j]! * coefficients[j]!
  }
  const left = dot(residual, residual)
  const last = count - 1
  const freedom = y.length - rank
  const lastT =
    count > 0 && squares[last]! > 0 && freedom > 0
      ? projections[last]! / Math.sqrt(left / freedom / squares[last]!)
      : Number.NaN
  return { coefficients, squares: left, rank, lastT }
}
