import { dot, subtract } from '../math/vector.ts'
/**
 * Explains `values` by columns, one after the other (modified Gram-Schmidt; columns that add nothing are skipped).
 * `squares[k]` is the residual sum of squares after the first k columns, `ranks[k]` how many of them counted.
 * Changes `columns`.
 */
export function explain(values: Float64Array, columns: readonly Float64Array[]) {
  const residual = values.slice()
  const squares = new Float64Array(columns.length + 1)
  const ranks = new Float64Array(columns.length + 1)
  squares[0] = dot(residual, residual)
  for (let k = 0; k < columns.length; k++) {
    const column = columns[k]!
    const before = dot(column, column)
    for (let j = 0; j < k; j++) {
      const size = dot(columns[j]!, columns[j]!)
      if (size > 0) subtract(column, columns[j]!, dot(column, columns[j]!) / size)
    }
    const after = dot(column, column)
    ranks[k + 1] = ranks[k]!
    if (after > 1e-12 * before) {
      subtract(residual, column, dot(residual, column) / after)
      ranks[k + 1]!++
    } else column.fill(0)
    squares[k + 1] = dot(residual, residual)
  }
  return { residual, squares, ranks }
}
