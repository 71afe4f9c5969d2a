import { type LeastSquaresScratch, leastSquaresScratch } from '../../math/optimize/levenberg-marquardt.ts'
import { type AutocovarianceScratch, autocovarianceScratch } from './autocovariance.ts'
import { type ConcentrateScratch, concentrateScratch } from './concentrate.ts'
import type { ArimaData } from './data.ts'
import { type FilterScratch, filterScratch } from './exact-filter.ts'
import { type LevelsScratch, levelsScratch } from './levels-filter.ts'
import { makePolynomials, type Polynomials } from './polynomials.ts'

/** Memory for every order fitted to one series: up to `coefficients` of them, with lags up to `longest`. */
export interface Workspace {
  readonly polynomials: Polynomials
  readonly autocovariance: AutocovarianceScratch
  readonly filter: FilterScratch
  /** Where the series is filtered by its levels. */
  readonly levels: LevelsScratch | null
  /** Standardised errors of the columns. */
  readonly columnErrors: readonly Float64Array[]
  readonly squares: LeastSquaresScratch
  readonly concentrate: ConcentrateScratch
  readonly shifted: Float64Array
  readonly natural: Float64Array
  /** The series and its errors through parts of the model, for the Jacobian of the conditional errors. */
  readonly filtered: readonly [Float64Array, Float64Array, Float64Array, Float64Array]
}

export function makeWorkspace(data: ArimaData, longest: number, coefficients: number): Workspace {
  const autocovariance = autocovarianceScratch(longest + 1)
  const vector = (): Float64Array => new Float64Array(data.length)
  const size = Math.max(1, coefficients)
  const columns = data.columns.length
  return {
    polynomials: makePolynomials(longest + 2),
    autocovariance,
    filter: filterScratch(autocovariance, columns),
    levels: data.levels === null ? null : levelsScratch(autocovariance, data.tail.length, columns),
    columnErrors: data.columns.map(vector),
    squares: leastSquaresScratch(size, data.length),
    concentrate: concentrateScratch(columns),
    shifted: new Float64Array(size),
    natural: new Float64Array(size),
    filtered: [vector(), vector(), vector(), vector()],
  }
}
