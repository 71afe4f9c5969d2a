import { type LeastSquaresScratch, leastSquaresScratch } from '../../math/optimize/levenberg-marquardt.ts'
import { type AutocovarianceScratch, autocovarianceScratch } from './autocovariance.ts'
import { type ConcentrateScratch, concentrateScratch } from './concentrate.ts'
import { type FilterScratch, filterScratch } from './exact-filter.ts'
import { makePolynomials, type Polynomials } from './polynomials.ts'

/** Memory for every order fitted to one series: up to `coefficients` of them, with lags up to `longest`, and as many regressors. */
export interface Workspace {
  readonly polynomials: Polynomials
  readonly autocovariance: AutocovarianceScratch
  readonly filter: FilterScratch
  readonly squares: LeastSquaresScratch
  readonly concentrate: ConcentrateScratch
  readonly shifted: Float64Array
  readonly natural: Float64Array
  /** The series and its errors through parts of the model, for the Jacobian of the conditional errors. */
  readonly filtered: readonly [Float64Array, Float64Array, Float64Array, Float64Array]
}

export function makeWorkspace(
  observations: number,
  longest: number,
  coefficients: number,
  regressors: number,
): Workspace {
  const autocovariance = autocovarianceScratch(longest + 1)
  const vector = (): Float64Array => new Float64Array(observations)
  return {
    polynomials: makePolynomials(longest + 2),
    autocovariance,
    filter: filterScratch(autocovariance, regressors),
    squares: leastSquaresScratch(coefficients, observations),
    concentrate: concentrateScratch(regressors),
    shifted: new Float64Array(coefficients),
    natural: new Float64Array(coefficients),
    filtered: [vector(), vector(), vector(), vector()],
  }
}
