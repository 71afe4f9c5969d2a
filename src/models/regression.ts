import { regress } from '../math/linear-regression.ts'
import { orthogonalColumns } from '../math/orthogonal-columns.ts'

/** The columns of a design made orthogonal after differencing, so that generalised least squares keeps its digits. */
export interface Regression {
  /** Of the design. */
  readonly columns: number
  /** Positions of the columns that count: constant and collinear ones say nothing. */
  readonly kept: readonly number[]
  /** In levels. */
  readonly basis: readonly Float64Array[]
  /** basis[j] = Σ combination[j][i] × columns[kept[i]]. */
  readonly combination: readonly Float64Array[]
  /** First estimates of the basis' coefficients, by ordinary least squares of the differences. */
  readonly first: Float64Array
  /** The filled series less what they explain. */
  readonly residual: Float64Array
}

/** Columns of a design, and whether a constant may be estimated. */
export interface Explained {
  readonly columns: readonly Float64Array[]
  readonly withConstant: boolean
}

/** At most this share of the observations is spent on regressors. */
const MOST_SHARE = 0.4

export function regressionOf(
  filled: Float64Array,
  { columns, withConstant }: Explained,
  differenced: (values: Float64Array) => Float64Array,
): Regression | null {
  if (columns.length === 0) return null
  const w = differenced(filled)
  const constant = withConstant ? [new Float64Array(w.length).fill(1)] : []
  const most = Math.floor(MOST_SHARE * w.length)
  const made = orthogonalColumns(columns.map(differenced), constant)
  const kept = made.kept.slice(0, most)
  if (kept.length === 0) return null
  const combination = made.combination.slice(0, most)
  const basis = combination.map((weights) => {
    const column = new Float64Array(filled.length)
    for (const [i, weight] of weights.entries()) {
      const source = columns[kept[i]!]!
      for (let t = 0; t < column.length; t++) column[t]! += weight * source[t]!
    }
    return column
  })
  const { coefficients } = regress(w, [...constant, ...made.basis.slice(0, most)])
  const first = coefficients.slice(constant.length)
  const residual = filled.slice()
  for (const [j, column] of basis.entries())
    for (let t = 0; t < residual.length; t++) residual[t]! -= first[j]! * column[t]!
  return { columns: columns.length, kept, basis, combination, first, residual }
}

/** Coefficients of the design's columns from those of the basis, `more` coming on top of the first estimates. */
export function coefficientsOf({ columns, kept, combination, first }: Regression, more: ArrayLike<number>): number[] {
  const result = new Array<number>(columns).fill(0)
  for (const [j, weights] of combination.entries())
    for (const [i, weight] of weights.entries()) result[kept[i]!]! += weight * (first[j]! + more[j]!)
  return result
}
