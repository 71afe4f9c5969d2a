import { cholesky } from '../../math/cholesky.ts'
import { orthogonalColumns } from '../../math/orthogonal-columns.ts'
import { dot, subtract } from '../../math/vector.ts'
import type { VarData } from './data.ts'
import type { Criterion } from './spec.ts'

/** Least squares of every variable on what is known from outside and on the lags of all. */
export interface Estimate {
  readonly order: number
  /** `coefficients[i]` of variable i: the outside columns, then lag 1 of every variable, lag 2 … */
  readonly coefficients: readonly Float64Array[]
  /** Sums of squares and products of the residuals, variable by variable. */
  readonly products: Float64Array
  readonly rows: number
  /** Columns of one equation. */
  readonly parameters: number
}

/** Columns of one equation over rows `from` on: outside first, then the lags. */
export function regressorsOf({ columns, outside }: VarData, order: number, from: number): Float64Array[] {
  const lags: Float64Array[] = []
  for (let lag = 1; lag <= order; lag++)
    for (const column of columns) lags.push(column.subarray(from - lag, column.length - lag))
  return [...outside.map((column) => column.subarray(from)), ...lags]
}

/** Estimates one order on rows `from` on (`order` at least); all equations share their columns, so least squares is maximum likelihood. */
export function estimate(data: VarData, order: number, from = order): Estimate {
  const regressors = regressorsOf(data, order, from)
  const { kept, basis, combination } = orthogonalColumns(regressors)
  const k = data.columns.length
  const rows = data.columns[0]!.length - from
  const residuals: Float64Array[] = []
  const coefficients = data.columns.map((column) => {
    const target = column.slice(from)
    const result = new Float64Array(regressors.length)
    for (const [j, direction] of basis.entries()) {
      const share = dot(target, direction) / rows
      subtract(target, direction, share)
      for (const [i, weight] of combination[j]!.entries()) result[kept[i]!]! += share * weight
    }
    residuals.push(target)
    return result
  })
  const products = new Float64Array(k * k)
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) products[i * k + j] = dot(residuals[i]!, residuals[j]!)
  return { order, coefficients, products, rows, parameters: kept.length }
}

/** ln det Σ̂ + penalty, over n (Lütkepohl 2005, section 4.3); AICc as Hurvich & Tsai (1993) for several series. */
export function criterionOf({ products, rows, parameters }: Estimate, criterion: Criterion): number {
  const k = Math.sqrt(products.length)
  const covariance = products.map((value) => value / rows)
  cholesky(covariance, k)
  let logDeterminant = 0
  for (let i = 0; i < k; i++) logDeterminant += 2 * Math.log(Math.max(covariance[i * k + i]!, 1e-150))
  const free = k * parameters
  switch (criterion) {
    case 'aic':
      return logDeterminant + (2 * free) / rows
    case 'bic':
      return logDeterminant + (Math.log(rows) * free) / rows
    case 'hannan_quinn':
      return logDeterminant + (2 * Math.log(Math.log(rows)) * free) / rows
    case 'aicc': {
      const left = rows - parameters - k - 1
      return left > 0 ? logDeterminant + (2 * (free + (k * (k + 1)) / 2)) / left : Number.POSITIVE_INFINITY
    }
  }
}
