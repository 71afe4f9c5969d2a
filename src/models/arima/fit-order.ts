import type { Budget } from '../../math/optimize/budget.ts'
import { makeAdmissible } from './admissible.ts'
import { fitConditional } from './conditional.ts'
import type { ArimaData } from './data.ts'
import { type Depth, fitExact, likelihoodAt } from './likelihood.ts'
import { coefficientCount, type Order, parameterCount } from './order.ts'
import type { Workspace } from './workspace.ts'

export type Criterion = 'aicc' | 'aic' | 'bic'

/** An order with an estimate of its coefficients (φ, θ, Φ, Θ) and its exact likelihood there. */
export interface FittedOrder {
  readonly order: Order
  readonly point: Float64Array
  /** Of the differenced series as given to the fit. */
  readonly logLikelihood: number
  /** The criterion asked for, smaller is better; Infinity where it is undefined. */
  readonly criterion: number
}

/** AIC = −2 log L + 2k, corrected for the sample as R's `auto.arima` does it, with n the values of the differenced series. */
function criterionOf(logLikelihood: number, n: number, k: number, criterion: Criterion): number {
  if (criterion === 'bic') return -2 * logLikelihood + k * Math.log(n)
  const aic = -2 * logLikelihood + 2 * k
  if (criterion === 'aic') return aic
  // white noise alone may be fitted to two or three values, where the correction does not exist
  if (n - k - 1 <= 0) return k <= 2 ? aic : Number.POSITIVE_INFINITY
  return aic + (2 * k * (k + 1)) / (n - k - 1)
}

/** Coefficients, regressors, constant and variance. */
export const parametersOf = ({ regression }: ArimaData, order: Order): number =>
  parameterCount(order) + (regression?.kept.length ?? 0)

export function judge(
  data: ArimaData,
  order: Order,
  point: Float64Array,
  workspace: Workspace,
  criterion: Criterion,
): FittedOrder {
  return judged(data, order, point, likelihoodAt(data, order, point, workspace).logLikelihood, criterion)
}

function judged(
  data: ArimaData,
  order: Order,
  point: Float64Array,
  logLikelihood: number,
  criterion: Criterion,
): FittedOrder {
  const value = criterionOf(logLikelihood, data.count, parametersOf(data, order), criterion)
  return { order, point, logLikelihood, criterion: Number.isFinite(logLikelihood) ? value : Number.POSITIVE_INFINITY }
}

/** Where the search of one order begins: each factor's first coefficients, the rest being 0. */
interface Start {
  readonly phi: readonly number[]
  readonly theta: readonly number[]
  readonly seasonalPhi: readonly number[]
  readonly seasonalTheta: readonly number[]
}

const start = (phi: number[], theta: number[], seasonalPhi: number[], seasonalTheta: number[]): Start => ({
  phi,
  theta,
  seasonalPhi,
  seasonalTheta,
})

/** The first is followed by conditional least squares. The others lead to the optima it misses: both signs, near unit roots. */
const STARTS: readonly Start[] = [
  start([0.1, 0.03], [0.05, 0.015], [0.1, 0.03], [0.05, 0.015]),
  start([0.5, 0.15], [-0.4, -0.12], [0.5, 0.15], [-0.4, -0.12]),
  start([-0.3, -0.09], [0.4, 0.12], [0.5, 0.15], [-0.8, 0]),
  start([0.8, 0], [-0.8, 0], [0.9, 0], [-0.5, 0]),
  start([0.3, 0], [-0.9, 0], [0.1, 0], [-0.9, 0]),
  start([-0.5, 0], [-0.5, 0], [-0.3, 0], [0.3, 0]),
  start([0.9, 0], [0.5, 0.15], [0.9, 0], [0.3, 0]),
  start([-0.1, 0.85], [0.7, 0], [0.3, 0.5], [-0.3, -0.3]),
  start([0.2, 0.7], [-0.05, -0.85], [0.5, 0], [-1.4, 0.5]),
  start([1.6, -0.65], [-1.9, 0.92], [0.3, 0], [0.6, 0]),
  start([0.1, 0], [-1.99, 0.9995], [0.1, 0], [-0.5, 0]),
]

function pointOf({ phi, theta, seasonalPhi, seasonalTheta }: Start, { p, q, P, Q }: Order): Float64Array {
  const first = (values: readonly number[], count: number): number[] =>
    Array.from({ length: count }, (_, i) => values[i] ?? 0)
  return Float64Array.from([...first(phi, p), ...first(theta, q), ...first(seasonalPhi, P), ...first(seasonalTheta, Q)])
}

/** A first estimate by conditional least squares, judged once by the exact likelihood, so that orders compare. */
export function rank(
  data: ArimaData,
  order: Order,
  from: Float64Array | null,
  workspace: Workspace,
  criterion: Criterion,
  budget: Budget,
): { readonly fitted: FittedOrder; readonly evaluations: number } {
  const point = from ?? pointOf(STARTS[0]!, order)
  const evaluations = fitConditional(
    order.constant ? data.centred : data.w,
    order,
    data.seasonLength,
    point,
    workspace,
    budget,
  )
  makeAdmissible(point, order, workspace)
  return { fitted: judge(data, order, point, workspace, criterion), evaluations: evaluations + 1 }
}

/** Follows an estimate to the maximum of the exact likelihood; one whose likelihood is not known (−Infinity) as well. */
export function polish(
  data: ArimaData,
  fitted: FittedOrder,
  workspace: Workspace,
  criterion: Criterion,
  budget: Budget,
  depth: Depth,
): { readonly fitted: FittedOrder; readonly evaluations: number } {
  const point = fitted.point.slice()
  const { logLikelihood, evaluations } = fitExact(data, fitted.order, point, workspace, budget, depth)
  if (logLikelihood < fitted.logLikelihood) return { fitted, evaluations }
  return { fitted: judged(data, fitted.order, point, logLikelihood, criterion), evaluations }
}

/** The best of the maxima that all starts lead to: for one order that was asked for. */
export function fitThoroughly(
  data: ArimaData,
  order: Order,
  workspace: Workspace,
  criterion: Criterion,
  budget: Budget,
): { readonly fitted: FittedOrder; readonly evaluations: number } {
  const first = rank(data, order, null, workspace, criterion, budget)
  let { evaluations } = first
  let best = first.fitted
  const left = (): Budget => ({ maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired })
  const starts = coefficientCount(order) === 0 ? [] : STARTS
  for (const [i, one] of starts.entries()) {
    if (evaluations >= budget.maxEvaluations || budget.expired?.() === true) break
    let from = first.fitted
    if (i > 0) {
      const point = pointOf(one, order)
      makeAdmissible(point, order, workspace)
      from = judge(data, order, point, workspace, criterion)
    }
    const climbed = polish(data, from, workspace, criterion, left(), 'thorough')
    evaluations += climbed.evaluations
    if (climbed.fitted.logLikelihood > best.logLikelihood || !Number.isFinite(best.logLikelihood)) best = climbed.fitted
  }
  return { fitted: best, evaluations }
}
