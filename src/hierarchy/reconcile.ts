import { cholesky, solve } from '../math/cholesky.ts'
import { factorize, solveSparse } from '../math/sparse-ldl.ts'
import { addUp, type Hierarchy } from './hierarchy.ts'

/**
 * Covariance W of the errors of all nodes, as it comes from shrinkage: diagonal + factor · factorᵀ, with
 * `factor[node * rank + r]`; rank 0 for methods without correlations.
 */
export interface ErrorCovariance {
  readonly diagonal: Float64Array
  readonly factor: Float64Array
  readonly rank: number
}

/** Makes the forecasts of one period add up, in their place, one a node. */
export type Reconcile = (values: Float64Array) => void

/** The totals become the sums of the parts. */
export const bottomUp =
  (hierarchy: Hierarchy): Reconcile =>
  (values, width = 1) =>
    addUp(hierarchy, values, width)

/**
 * The forecasts that add up and are nearest to those given in the metric of W: ŷ − W Cᵀ (C W Cᵀ)⁻¹ C ŷ, where C ŷ is by how
 * much each total differs from its parts. The same as S (Sᵀ W⁻¹ S)⁻¹ Sᵀ W⁻¹ ŷ (Wickramasuriya, Athanasopoulos & Hyndman
 * 2019), but the system is of the size of the totals alone, C D Cᵀ of a diagonal D is sparse, and the rest is of low rank.
 * The parts are corrected, then added up: sums are exact to rounding.
 */
export function reconciler(hierarchy: Hierarchy, { diagonal, factor, rank }: ErrorCovariance): Reconcile {
  const { partCount, totals } = hierarchy
  const size = totals.length
  const sparse = factorize(hierarchy.overlaps.elimination, ...tied(hierarchy, diagonal))
  const across = differences(hierarchy, factor, rank)
  const solved = across.slice()
  solveSparse(sparse, solved, rank)
  // Woodbury: what the correlations add, by a system of their rank
  const inner = new Float64Array(rank * rank)
  for (let r = 0; r < rank; r++) inner[r * rank + r] = 1
  for (let k = 0; k < size; k++)
    for (let r = 0; r < rank; r++) {
      const left = across[k * rank + r]!
      for (let q = 0; q <= r; q++) inner[r * rank + q]! += left * solved[k * rank + q]!
    }
  cholesky(inner, rank)

  return (values) => {
    const gaps = differences(hierarchy, values, 1)
    solveSparse(sparse, gaps)
    const shared = together(across, gaps, rank)
    solve(inner, rank, shared)
    for (let k = 0; k < size; k++) for (let r = 0; r < rank; r++) gaps[k]! -= solved[k * rank + r]! * shared[r]!
    // now (C W Cᵀ)⁻¹ C ŷ; and how each of the common errors goes with it
    const common = together(across, gaps, rank)
    const { begins, totals: of } = hierarchy.overlaps
    for (let i = 0; i < partCount; i++) {
      // a part is in C with a minus
      for (let p = begins[i]!; p < begins[i + 1]!; p++) values[i]! += diagonal[i]! * gaps[of[p]!]!
      for (let r = 0; r < rank; r++) values[i]! -= factor[i * rank + r]! * common[r]!
    }
    addUp(hierarchy, values)
  }
}

/** Rowsᵀ x. */
function together(rows: Float64Array, x: Float64Array, rank: number): Float64Array {
  const sum = new Float64Array(rank)
  for (const [k, value] of x.entries()) for (let r = 0; r < rank; r++) sum[r]! += rows[k * rank + r]! * value
  return sum
}

/** By how much each total differs from the sum of its parts, row by row. */
function differences({ partCount, totals }: Hierarchy, values: Float64Array, width: number): Float64Array {
  const gaps = values.slice(partCount * width, (partCount + totals.length) * width)
  for (const [k, { parts }] of totals.entries())
    for (const part of parts) for (let j = 0; j < width; j++) gaps[k * width + j]! -= values[part * width + j]!
  return gaps
}

/** C D Cᵀ: off its diagonal by pattern, and its diagonal. */
function tied({ partCount, totals, overlaps }: Hierarchy, variances: Float64Array): [Float64Array, Float64Array] {
  const { begins, totals: of, pairs, elimination } = overlaps
  const values = new Float64Array(elimination.pattern.columns.length)
  const diagonal = variances.slice(partCount, partCount + totals.length)
  let pair = 0
  for (let i = 0; i < partCount; i++)
    for (let p = begins[i]!; p < begins[i + 1]!; p++) {
      diagonal[of[p]!]! += variances[i]!
      for (let q = begins[i]!; q < p; q++) values[pairs[pair++]!]! += variances[i]!
    }
  return [values, diagonal]
}
