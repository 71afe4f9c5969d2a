/** The lower triangle of a symmetric matrix by rows: row k has the columns `columns[starts[k] … starts[k + 1] − 1]`, all below k. */
export interface LowerPattern {
  readonly size: number
  readonly starts: Int32Array
  readonly columns: Int32Array
}

/** What a factorization of every matrix of one pattern shares. */
export interface Elimination {
  readonly pattern: LowerPattern
  /** The row that each column fills first; −1 for none. */
  readonly parent: Int32Array
  /** Where each column of the factor begins. */
  readonly begins: Int32Array
}

/** L D Lᵀ, L with a unit diagonal, by columns. */
export interface SparseFactor {
  readonly size: number
  readonly begins: Int32Array
  readonly rows: Int32Array
  readonly values: Float64Array
  readonly pivots: Float64Array
}

/**
 * The elimination tree of a pattern and the room its factor needs. Where every row shares entries only with rows that
 * contain it, as totals of a tree that are ordered from the smallest up do, nothing is filled in.
 */
export function eliminationOf(pattern: LowerPattern): Elimination {
  const { size, starts, columns } = pattern
  const parent = new Int32Array(size).fill(-1)
  const seen = new Int32Array(size).fill(-1)
  const counts = new Int32Array(size)
  for (let k = 0; k < size; k++) {
    seen[k] = k
    for (let p = starts[k]!; p < starts[k + 1]!; p++)
      for (let i = columns[p]!; seen[i] !== k; i = parent[i]!) {
        if (parent[i] === -1) parent[i] = k
        counts[i]!++
        seen[i] = k
      }
  }
  const begins = new Int32Array(size + 1)
  for (let k = 0; k < size; k++) begins[k + 1] = begins[k]! + counts[k]!
  return { pattern, parent, begins }
}

/**
 * Factors a positive definite matrix row by row; each row is reached through the elimination tree, so that only entries
 * that are not zero are touched (Liu 1990, The role of elimination trees in sparse factorization). `values` follow the
 * pattern's columns. A pivot that is not positive becomes Infinity: its unknown is 0.
 */
export function factorize(
  { pattern, parent, begins }: Elimination,
  values: Float64Array,
  diagonal: Float64Array,
): SparseFactor {
  const { size, starts, columns } = pattern
  const rows = new Int32Array(begins[size]!)
  const entries = new Float64Array(begins[size]!)
  const pivots = new Float64Array(size)
  const ends = begins.slice(0, size)
  const row = new Float64Array(size)
  const seen = new Int32Array(size).fill(-1)
  const reached = new Int32Array(size)
  const branch = new Int32Array(size)
  for (let k = 0; k < size; k++) {
    seen[k] = k
    let top = size
    for (let p = starts[k]!; p < starts[k + 1]!; p++) {
      row[columns[p]!]! += values[p]!
      let length = 0
      for (let i = columns[p]!; seen[i] !== k; i = parent[i]!) {
        branch[length++] = i
        seen[i] = k
      }
      while (length > 0) reached[--top] = branch[--length]!
    }
    let pivot = diagonal[k]!
    for (let r = top; r < size; r++) {
      const i = reached[r]!
      const value = row[i]!
      row[i] = 0
      for (let p = begins[i]!; p < ends[i]!; p++) row[rows[p]!]! -= entries[p]! * value
      const entry = value / pivots[i]!
      pivot -= entry * value
      rows[ends[i]!] = k
      entries[ends[i]!] = entry
      ends[i]!++
    }
    pivots[k] = pivot > 0 ? pivot : Number.POSITIVE_INFINITY
  }
  return { size, begins, rows, values: entries, pivots }
}

/** Solves for `width` right-hand sides at once, in their place: `b[k * width + j]`. */
export function solveSparse({ size, begins, rows, values, pivots }: SparseFactor, b: Float64Array, width = 1): void {
  for (let k = 0; k < size; k++)
    for (let p = begins[k]!; p < begins[k + 1]!; p++) subtract(b, rows[p]! * width, k * width, values[p]!, width)
  for (let k = 0; k < size; k++) for (let j = 0; j < width; j++) b[k * width + j]! /= pivots[k]!
  for (let k = size - 1; k >= 0; k--)
    for (let p = begins[k]!; p < begins[k + 1]!; p++) subtract(b, k * width, rows[p]! * width, values[p]!, width)
}

function subtract(b: Float64Array, into: number, from: number, factor: number, width: number): void {
  for (let j = 0; j < width; j++) b[into + j]! -= factor * b[from + j]!
}
