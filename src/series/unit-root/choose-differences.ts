import { difference, isConstant } from '../difference.ts'
import { countMissing, observedRange } from '../missing.ts'
import { type FirstDifferencesOptions, firstDifferences, largest } from './first-differences.ts'
import { type SeasonalDifferencesOptions, type SeasonalTest, seasonalDifferences } from './seasonal-differences.ts'
import type { UnitRootTest } from './unit-root-test.ts'

export interface DifferencesOptions extends FirstDifferencesOptions, SeasonalDifferencesOptions {}

export interface Differences {
  /** First differences, after the seasonal ones. */
  readonly d: number
  /** Seasonal differences. */
  readonly D: number
  readonly evidence: {
    readonly seasonal: readonly SeasonalTest[]
    readonly first: readonly UnitRootTest[]
    /** Nothing varies after these differences (or before, with d = D = 0): there is nothing for an ARMA part to explain. */
    readonly constant: boolean
  }
}

/**
 * How often to difference before an ARMA model, as R's `auto.arima` decides it: D on the series by the strength of its
 * season, then d on the seasonally differenced series by KPSS tests. A constant needs none; one that is constant after
 * differencing needs no more; a difference that leaves nothing observed is not taken.
 *
 * Missing values are NaN. Those at the start are cut off; the strength interpolates the others; the differences keep them,
 * and the unit root tests leave them out.
 * Source: Hyndman & Khandakar (2008), J. Statistical Software 27(3), section 3.1, with the seasonal strength of Wang,
 * Smith & Hyndman (2006) as in R's package forecast 8.20.
 */
export function chooseDifferences(
  values: ArrayLike<number>,
  seasonLength: number,
  options: DifferencesOptions = {},
): Differences {
  const x = Float64Array.from(values).subarray(observedRange(values)?.first ?? values.length)
  const size = largest(x)
  if (isConstant(x, size)) return { d: 0, D: 0, evidence: { seasonal: [], first: [], constant: true } }
  const { D, tests: seasonal } = seasonalDifferences(x, seasonLength, options)
  let adjusted: Float64Array = x
  for (let k = 0; k < D; k++) adjusted = difference(adjusted, seasonLength)
  let { d, tests: first } = firstDifferences(adjusted, options, size)
  let stationary = differenced(adjusted, d)
  for (; d > 0 && countMissing(stationary) === stationary.length; d--) stationary = differenced(adjusted, d - 1)
  return { d, D, evidence: { seasonal, first, constant: isConstant(stationary, size) } }
}

function differenced(values: Float64Array, times: number): Float64Array {
  let result = values
  for (let k = 0; k < times; k++) result = difference(result)
  return result
}
