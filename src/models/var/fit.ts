import type { Budget } from '../../math/optimize/budget.ts'
import { Problem, problem } from '../../messages.ts'
import type { Series } from '../../series/series.ts'
import type { DesignPlan } from '../design.ts'
import type { FitBase } from '../model.ts'
import { dataOf, type VarData } from './data.ts'
import { criterionOf, type Estimate, estimate } from './estimate.ts'
import { type GrangerTest, grangerTests } from './granger.ts'
import type { VarSpec } from './spec.ts'
import { companionRadius } from './stability.ts'

/** A fit as plain data: variables over their scales, the series itself the first. */
export interface VarFit extends FitBase {
  readonly model: 'var'
  readonly names: readonly string[]
  readonly order: number
  readonly scales: readonly number[]
  readonly differences: readonly number[]
  /** One row a variable: outside columns, then lag 1 of every variable, lag 2 … */
  readonly coefficients: readonly (readonly number[])[]
  /** Covariance of the residuals, over n less the columns of an equation. */
  readonly covariance: readonly number[]
  /** What the variances are multiplied by, for estimates are uncertain. */
  readonly widening: number
  /** The last rows, the newest first, and the last levels before differencing. */
  readonly tail: readonly (readonly number[])[]
  readonly lastLevels: readonly number[]
  readonly design: { readonly plan: DesignPlan; readonly kept: readonly number[] }
  /** The last row of the regressors. */
  readonly lastOutside: readonly number[]
  readonly observations: number
  /** Largest modulus of the companion matrix' eigenvalues. */
  readonly radius: number
  /** Whether each companion's past helps to foresee the series. */
  readonly evidence: readonly GrangerTest[]
}

const LEAST_OBSERVED = 2
/** A system whose shocks die out more slowly than this is not trusted to be stable. */
const STABLE = 0.999

/** Least squares with the order of the smallest criterion among those that are stable. Throws `series_too_short`. */
export function fit(series: Series, spec: VarSpec, budget: Budget): VarFit {
  const data = dataOf(series, spec)
  const rows = data === null ? 0 : data.columns[0]!.length
  if (data === null || rows < LEAST_OBSERVED) {
    const params = { observations: Math.max(0, rows), needed: LEAST_OBSERVED }
    throw new Problem(problem('series_too_short', params, { model: 'var', stage: 'fit' }))
  }
  const { found, radius, evaluations } = chosen(affordable(data), spec, budget)
  return fitOf(series, data, found, radius, evaluations)
}

/** The same coefficients after a longer history. */
export function update(fit: VarFit, series: Series): VarFit {
  const known = { differences: fit.differences, plan: fit.design.plan }
  const data = dataOf(series, { order: fit.order, maxOrder: 1, criterion: 'bic', differences: 'auto' }, known)
  if (data === null) {
    const params = { observations: 0, needed: LEAST_OBSERVED }
    throw new Problem(problem('series_too_short', params, { model: 'var', stage: 'update' }))
  }
  const rescaled = data.columns.map((column, i) => column.map((value) => (value * data.scales[i]!) / fit.scales[i]!))
  return { ...fit, ...ends(series, { ...data, columns: rescaled }, fit.order), evaluations: 0 }
}

/** Without the waves where they would leave too few rows for the rest. */
function affordable(data: VarData): VarData {
  const rows = data.columns[0]!.length
  const regressors = data.plan.regressors.length
  if (rows >= 2 * (data.outside.length + data.columns.length + 1)) return data
  const few = rows >= 2 * (1 + regressors + data.columns.length + 1)
  const outside = data.outside.slice(0, few ? 1 + regressors : 1)
  return { ...data, outside, plan: { regressors: few ? data.plan.regressors : [], waves: [] } }
}

/** Orders tried on the same rows; the best stable one is estimated again on all of its own. */
function chosen(data: VarData, { order, maxOrder, criterion }: VarSpec, budget: Budget) {
  const rows = data.columns[0]!.length
  const k = data.columns.length
  const room = Math.max(0, Math.floor((rows / 2 - data.outside.length - 1) / (k + 1)))
  const most = Math.min(room, order === 'auto' ? Math.min(maxOrder, Math.floor(12 * (rows / 100) ** 0.25)) : order)
  const orders = order === 'auto' ? Array.from({ length: most + 1 }, (_, p) => p) : [most]
  const tried: { p: number; value: number }[] = []
  for (const p of orders) {
    if (tried.length > 0 && (tried.length >= budget.maxEvaluations || budget.expired?.() === true)) break
    tried.push({ p, value: orders.length === 1 ? 0 : criterionOf(estimate(data, p, most), criterion) })
  }
  tried.sort((a, b) => a.value - b.value || a.p - b.p)
  for (const { p } of tried) {
    const found = estimate(data, p)
    const radius = companionRadius(lagsOf(found.coefficients, data.outside.length, k, p), k)
    if (radius < STABLE) return { found, radius, evaluations: tried.length }
  }
  return { found: estimate(data, 0), radius: 0, evaluations: tried.length }
}

/** Matrices of the lags, row by row. */
export function lagsOf(
  coefficients: readonly ArrayLike<number>[],
  from: number,
  k: number,
  order: number,
): Float64Array[] {
  return Array.from({ length: order }, (_, l) =>
    Float64Array.from({ length: k * k }, (_, at) => coefficients[Math.floor(at / k)]![from + l * k + (at % k)]!),
  )
}

function fitOf(series: Series, data: VarData, found: Estimate, radius: number, evaluations: number): VarFit {
  const { order, products, rows, parameters } = found
  const freedom = Math.max(1, rows - parameters)
  const k = data.columns.length
  return {
    ...{ model: 'var', label: `VAR(${order})${k > 1 ? ` of ${k} series` : ''}`, evaluations },
    ...{ names: data.names, order, scales: data.scales, differences: data.differences, radius },
    coefficients: found.coefficients.map((row) => Array.from(row)),
    covariance: Array.from(products, (value) => value / freedom),
    widening: 1 + parameters / rows,
    design: { plan: data.plan, kept: data.plan.regressors.map((_, c) => c) },
    ...ends(series, data, order),
    evidence: grangerTests(data, found),
  }
}

/** Where the forecast goes on from. */
function ends(series: Series, data: VarData, order: number) {
  const rows = data.columns[0]!.length
  return {
    tail: Array.from({ length: order }, (_, l) => data.columns.map((column) => column[rows - 1 - l]!)),
    lastLevels: data.lastLevels,
    lastOutside: (series.regressors?.columns ?? []).slice(0, data.plan.regressors.length).map((column) => {
      const last = column[series.values.length - 1]!
      return Number.isNaN(last) ? 0 : last
    }),
    observations: series.values.length,
  }
}
