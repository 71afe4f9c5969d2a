import type { Budget } from '../../math/optimize/budget.ts'
import { Problem, problem } from '../../messages.ts'
import { isConstant } from '../../series/difference.ts'
import { observedRange } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import { chooseDifferences } from '../../series/unit-root/choose-differences.ts'
import type { FitBase } from '../model.ts'
import { scaled } from '../scaled.ts'
import { type Differenced, prepareData } from './data.ts'
import { describe, type MemberFit } from './describe.ts'
import { type Diagnostics, diagnose } from './diagnostics.ts'
import { type FittedOrder, fitThoroughly } from './fit-order.ts'
import { orderLabel } from './order.ts'
import { type Bounds, type SearchResult, searchOrders } from './search.ts'
import type { ArimaSpec } from './spec.ts'
import { makeWorkspace, type Workspace } from './workspace.ts'

/** Averaged (or chosen) orders as plain data; all numbers of the series divided by `scale`. */
export interface ArimaFit extends FitBase, Diagnostics {
  readonly model: 'arima'
  readonly scale: number
  readonly d: number
  readonly D: number
  readonly seasonLength: number
  /** Periods between the last observation and the end of the series: forecasts begin after them. */
  readonly trailing: number
  /** Largest weight first; weights add to 1. */
  readonly members: readonly ArimaMember[]
}

export interface ArimaMember extends MemberFit {
  readonly label: string
  readonly weight: number
}

const LEAST_OBSERVED = 2
/** exp(−½ Δ): the textbook's weight (Burnham & Anderson 2002). */
const SOFTNESS = 0.5
/** Orders below this weight change nothing that can be seen. */
const SMALLEST_WEIGHT = 0.02

/**
 * Fits (seasonal) ARIMA: differences by tests unless given, then the orders of the smallest criterion, or the one asked
 * for. Missing observations are left out of the exact likelihood. Throws `series_too_short`; for an order asked for also
 * `model_failed` (`not_finite`).
 */
export function fit(series: Series, spec: ArimaSpec, budget: Budget): ArimaFit {
  const { y: all, scale, observed } = scaled(series.values)
  if (observed < LEAST_OBSERVED)
    throw new Problem(
      problem('series_too_short', { observations: observed, needed: LEAST_OBSERVED }, { model: 'arima', stage: 'fit' }),
    )
  const range = observedRange(all)!
  const y = all.slice(range.first, range.last + 1)
  const m = usableSeason(series.seasonLength, y.length)
  const { d, D } = differencesOf(y, m, observed, spec)
  const data = prepareData(y, d, D, m)
  const bounds = boundsOf(data, spec)
  const workspace = workspaceOf(data, bounds)
  const result = ordersOf(data, bounds, spec, workspace, budget)
  const members = weigh(data, result.fitted, spec, workspace)
  return {
    model: 'arima',
    label: members[0]!.label,
    evaluations: result.evaluations,
    scale,
    d,
    D,
    seasonLength: m,
    trailing: all.length - 1 - range.last,
    members,
    ...diagnose(data, result.fitted[0]!, workspace),
  }
}

const usableSeason = (seasonLength: number, length: number): number =>
  Number.isInteger(seasonLength) && seasonLength > 1 && 2 * seasonLength <= length ? seasonLength : 1

/** Fewest values of the differenced series; fewest that more than white noise is fitted to. */
const LEAST_LEFT = 2
const LEAST_TO_SEARCH = 4

/** As asked, else as tested; taken back where too little would be left. */
function differencesOf(y: Float64Array, m: number, observed: number, spec: ArimaSpec): { d: number; D: number } {
  const tested = spec.d === null || spec.D === null ? chooseDifferences(y, m, spec) : { d: 0, D: 0 }
  let d = spec.d ?? tested.d
  let D = m > 1 ? (spec.D ?? tested.D) : 0
  while (D > 0 && observed - D * m - d < LEAST_LEFT) D--
  while (d > 0 && observed - D * m - d < LEAST_LEFT) d--
  return { d, D }
}

function boundsOf({ w, filled, gaps, d, D, seasonLength: m }: Differenced, spec: ArimaSpec): Bounds {
  const n = w.length - gaps.length
  const allowed = d + D < 2
  const constants = spec.constant === 'auto' ? (allowed ? [true, false] : [false]) : [spec.constant && allowed]
  const most = isConstant(w, largestOf(filled)) || n < LEAST_TO_SEARCH ? 0 : Math.floor(n / 3)
  const seasonal = m > 1 ? Math.floor(most / m) : 0
  if (spec.order !== null) {
    const [p, q, P, Q] = spec.order
    const season = m > 1 ? { maxSeasonalP: P, maxSeasonalQ: Q } : { maxSeasonalP: 0, maxSeasonalQ: 0 }
    return { maxP: p, maxQ: q, ...season, maxSum: p + q + P + Q, constants }
  }
  return {
    maxP: Math.min(spec.maxOrder, most),
    maxQ: Math.min(spec.maxOrder, most),
    maxSeasonalP: Math.min(spec.maxSeasonalOrder, seasonal),
    maxSeasonalQ: Math.min(spec.maxSeasonalOrder, seasonal),
    maxSum: spec.maxSum,
    constants,
  }
}

const largestOf = (values: Float64Array): number =>
  values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)

function workspaceOf(data: Differenced, { maxP, maxQ, maxSeasonalP, maxSeasonalQ }: Bounds): Workspace {
  const m = data.seasonLength
  const longest = Math.max(1, maxP + m * maxSeasonalP, maxQ + m * maxSeasonalQ + 1)
  const coefficients = Math.max(1, maxP + maxQ + maxSeasonalP + maxSeasonalQ)
  return makeWorkspace(data.w.length, longest, coefficients, data.regressors.series.length)
}

/** The orders asked for, or those that the search finds. */
function ordersOf(
  data: Differenced,
  bounds: Bounds,
  spec: ArimaSpec,
  workspace: Workspace,
  budget: Budget,
): SearchResult {
  if (spec.order === null)
    return searchOrders(data, bounds, spec.search === 'exhaustive', spec.criterion, workspace, budget)
  const { maxP: p, maxQ: q, maxSeasonalP: P, maxSeasonalQ: Q } = bounds
  const results = bounds.constants.map((constant) =>
    fitThoroughly(data, { p, q, P, Q, constant }, workspace, spec.criterion, budget),
  )
  return {
    fitted: results.map(({ fitted }) => fitted).sort((a, b) => a.criterion - b.criterion),
    evaluations: results.reduce((sum, { evaluations }) => sum + evaluations, 0),
  }
}

function weigh(
  data: Differenced,
  fitted: readonly FittedOrder[],
  spec: ArimaSpec,
  workspace: Workspace,
): ArimaMember[] {
  const usable = fitted.filter(({ logLikelihood }) => Number.isFinite(logLikelihood))
  const best = usable[0]
  if (best === undefined)
    throw new Problem(
      problem('model_failed', { model: 'arima', cause: 'not_finite' }, { model: 'arima', stage: 'fit' }),
    )
  const averaged = spec.selection === 'average' && spec.order === null && Number.isFinite(best.criterion)
  const kept = averaged ? usable : [best]
  const weights = kept.map(({ criterion }) => (averaged ? Math.exp(-SOFTNESS * (criterion - best.criterion)) : 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const chosen = kept
    .map((one, i) => ({ one, weight: weights[i]! / total }))
    .filter(({ weight }) => weight >= SMALLEST_WEIGHT)
  const sum = chosen.reduce((all, { weight }) => all + weight, 0)
  return chosen.map(({ one, weight }) => ({
    ...describe(data, one, workspace),
    label: orderLabel(one.order, data.d, data.D, data.seasonLength),
    weight: weight / sum,
  }))
}
