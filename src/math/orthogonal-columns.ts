import { dot, subtract } from './vector.ts'
/** Columns made orthogonal, each of mean square one, and how they were made. */
export interface OrthogonalColumns {
  /** Positions of the columns that add something to those before them. */
  readonly kept: readonly number[]
  readonly basis: readonly Float64Array[]
  /** basis[j] = Σ over i of combination[j][i] × columns[kept[i]] (less what `against` explains). */
  readonly combination: readonly Float64Array[]
}

/** What is left of a column's norm, as a share of it, below which it is a combination of those before it. */
const DEPENDENT = 1e-7

/**
 * Gram–Schmidt orthogonalisation, each column taken out twice (Giraud, Langou & Rozložník 2005), that leaves out columns
 * which depend on those before them or on `against`. The basis itself keeps what it shares with `against`.
 */
export function orthogonalColumns(
  columns: readonly Float64Array[],
  against: readonly Float64Array[] = [],
): OrthogonalColumns {
  const kept: number[] = []
  const basis: Float64Array[] = []
  const combination: Float64Array[] = []
  const fixed = against.map(unit).filter((column) => column !== null)
  for (const [at, column] of columns.entries()) {
    const size = Math.sqrt(dot(column, column))
    const rest = column.slice()
    const made = new Float64Array(kept.length + 1)
    made[kept.length] = 1
    for (let pass = 0; pass < 2; pass++)
      for (const [j, other] of basis.entries()) {
        const share = dot(rest, other) / rest.length
        subtract(rest, other, share)
        const how = combination[j]!
        for (let i = 0; i < how.length; i++) made[i]! -= share * how[i]!
      }
    // of the basis nothing is left in it already
    const alone = fixed.length === 0 ? rest : rest.slice()
    for (let pass = 0; pass < 2 && fixed.length > 0; pass++)
      for (const other of [...fixed, ...basis]) subtract(alone, other, dot(alone, other) / dot(other, other))
    if (!(Math.sqrt(dot(alone, alone)) > DEPENDENT * size) || !Number.isFinite(size)) continue
    const norm = Math.sqrt(dot(rest, rest) / rest.length)
    basis.push(rest.map((value) => value / norm))
    combination.push(made.map((value) => value / norm))
    kept.push(at)
  }
  return { kept, basis, combination }
}

/** What is left of `y` once an orthogonal basis of mean square one is taken out. */
export function without(y: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const rest = y.slice()
  for (const column of basis) subtract(rest, column, dot(rest, column) / rest.length)
  return rest
}

/** What least squares on some columns leaves of `y`. */
export const residualOf = (y: Float64Array, columns: readonly Float64Array[]): Float64Array =>
  without(y, orthogonalColumns(columns).basis)

function unit(column: Float64Array): Float64Array | null {
  const size = Math.sqrt(dot(column, column) / column.length)
  return size > 0 ? column.map((value) => value / size) : null
}
