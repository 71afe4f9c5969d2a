import type { Differenced } from './data.ts'
import { stateSize } from './exact-filter.ts'
import type { FittedOrder } from './fit-order.ts'
import { countOf, likelihoodAt } from './likelihood.ts'
import { type Order, parameterCount } from './order.ts'
import type { Workspace } from './workspace.ts'

/** A fitted order as plain data, on the scaled series. */
export interface MemberFit {
  readonly order: Order
  /** φ, θ, Φ, Θ. */
  readonly ar: readonly number[]
  readonly ma: readonly number[]
  readonly seasonalAr: readonly number[]
  readonly seasonalMa: readonly number[]
  /** Mean of the differenced series: the mean itself, or the drift a step (a season, after a seasonal difference). */
  readonly constant: number
  /** Of the constant's estimate; 0 without one. */
  readonly constantVariance: number
  /** State of the filter for a series of ones: how much of the constant the last values already hold. */
  readonly constantState: readonly number[]
  /** Σ v²/F over n less the k coefficients, times 1 + k/n: of an error to come (final prediction error, Akaike 1969). */
  readonly variance: number
  /** Of the scaled series. */
  readonly logLikelihood: number
  /** The criterion asked for; Infinity becomes null. */
  readonly criterion: number | null
  /** Both polynomials multiplied out: coefficients of the lags from 1 on. */
  readonly phi: readonly number[]
  readonly theta: readonly number[]
  /** State of the filter after the last value: its first number is the next forecast of the centred differenced series. */
  readonly state: readonly number[]
  /** The last values that undoing the differences needs, gaps estimated. */
  readonly tail: readonly number[]
}

/** Σ of the squared standardised errors of the constant's regressor: its weight in the normal equations. */
function precisionOf({ gaps, regressors }: Differenced): number {
  return regressors.errors[gaps.length]!.reduce((sum, error) => sum + error * error, 0)
}

/** What a forecast needs of a fitted order, and what a reader asks of it. */
export function describe(data: Differenced, fitted: FittedOrder, workspace: Workspace): MemberFit {
  const { order, point } = fitted
  const { p, q, P, Q } = order
  const { logLikelihood, squares } = likelihoodAt(data, order, point, workspace)
  const { polynomials, filter, concentrate } = workspace
  const count = data.gaps.length + Number(order.constant)
  const coefficients = Array.from(concentrate.coefficients.subarray(0, count))
  const state: number[] = []
  for (let i = 0; i < stateSize(polynomials); i++) {
    let value = filter.state[i]!
    for (let c = 0; c < count; c++) value -= coefficients[c]! * filter.regressorStates[c]![i]!
    state.push(value)
  }
  const n = countOf(data)
  const k = parameterCount(order) - 1
  const variance = (squares / Math.max(1, n - k)) * (1 + k / n)
  const complete = data.filled.slice()
  for (const [i, at] of data.gaps.entries()) complete[at]! -= coefficients[i]!
  const needed = data.d + data.D * data.seasonLength
  const phi = Array.from(polynomials.phi.subarray(0, polynomials.arDegree))
  const theta = Array.from(polynomials.theta.subarray(0, polynomials.maDegree))
  const list = (from: number, length: number): number[] => Array.from(point.subarray(from, from + length))
  return {
    order,
    ar: list(0, p),
    ma: list(p, q),
    seasonalAr: list(p + q, P),
    seasonalMa: list(p + q + P, Q),
    constant: order.constant ? coefficients[count - 1]! : 0,
    variance,
    constantVariance: order.constant ? variance / precisionOf(data) : 0,
    constantState: order.constant ? Array.from(filter.regressorStates[count - 1]!.subarray(0, state.length)) : [],
    logLikelihood,
    criterion: Number.isFinite(fitted.criterion) ? fitted.criterion : null,
    phi,
    theta,
    state,
    tail: Array.from(complete.subarray(complete.length - needed)),
  }
}
