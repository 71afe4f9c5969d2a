import { regress } from '../../math/linear-regression.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { Problem, problem } from '../../messages.ts'
import { isConstant } from '../../series/difference.ts'
import { observedRange } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import { chooseDifferences } from '../../series/unit-root/choose-differences.ts'
import { chooseWaves } from '../choose-waves.ts'
import { type Design, type DesignPlan, designOf, withoutUnknown } from '../design.ts'
import type { FitBase } from '../model.ts'
import { scaled } from '../scaled.ts'
import { type ArimaData, type Differences, prepareData } from './data.ts'
import { describe, type MemberFit } from './describe.ts'
import { type Diagnostics, diagnose, UNDIAGNOSED } from './diagnostics.ts'
import { type FittedOrder, fitThoroughly, polish, rank } from './fit-order.ts'
import { type Order, orderLabel } from './order.ts'
import { type Bounds, type SearchResult, searchOrders } from './search.ts'
import type { ArimaSpec } from './spec.ts'
import { makeWorkspace, type Workspace } from './workspace.ts'

/** Averaged (or chosen) orders as plain data; all numbers of the series divided by `scale`. */
export interface ArimaFit extends FitBase, Diagnostics {
  readonly model: 'arima' | 'dynamic_harmonic_regression'
  readonly scale: number
  readonly d: number
  readonly D: number
  readonly seasonLength: number
  /** Periods of the series, and those between its last observation and its end: forecasts begin after them. */
  readonly length: number
  readonly trailing: number
  readonly observations: number
  readonly design: FittedDesign
  /** Largest weight first; weights add to 1. */
  readonly members: readonly ArimaMember[]
}

export interface FittedDesign {
  readonly plan: DesignPlan
  /** Columns that count. */
  readonly kept: readonly number[]
  /** Regressors of the trailing periods. */
  readonly last: readonly (readonly number[])[]
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
export const fit = (series: Series, spec: ArimaSpec, budget: Budget): ArimaFit => estimated(series, spec, budget, null)

/** The differences, waves and orders of an earlier fit, estimated anew on another history. */
export const refit = (earlier: ArimaFit, series: Series, spec: ArimaSpec, budget: Budget): ArimaFit =>
  estimated(series, spec, budget, earlier)

function estimated(series: Series, spec: ArimaSpec, budget: Budget, earlier: ArimaFit | null): ArimaFit {
  const waves = earlier?.design.plan.waves ?? (spec.fourier === 0 ? [] : chooseWaves(series, spec.fourier))
  const design = designOf(series, waves)
  const { y: all, scale, observed } = scaled(withoutUnknown(series.values, design))
  if (observed < LEAST_OBSERVED)
    throw new Problem(
      problem('series_too_short', { observations: observed, needed: LEAST_OBSERVED }, { model: 'arima', stage: 'fit' }),
    )
  const { y, columns, last, trailing } = between(all, design)
  const m = waves.length > 0 ? 1 : usableSeason(series.seasonLength, y.length)
  const { d, D } = earlier ?? differencesOf(y, columns, m, observed, spec)
  const withConstant = spec.constant !== false && d + D < 2
  const data = prepareData(y, { d, D, seasonLength: m }, { columns, withConstant })
  const bounds = boundsOf(data, spec)
  const workspace = workspaceOf(data, bounds)
  const found = earlier === null ? recentOrders(y, columns, { d, D, seasonLength: m }, spec, budget) : ordersIn(earlier)
  const result =
    found === null
      ? ordersOf(data, bounds, spec, workspace, budget)
      : follow(data, found, earlier !== null, spec, workspace, budget)
  const members = weigh(data, result.fitted, spec, workspace, design.plan)
  return {
    model: 'arima',
    label: members[0]!.label,
    evaluations: result.evaluations,
    ...{ scale, d, D, seasonLength: m },
    ...{ length: all.length, trailing, observations: observed },
    design: { plan: design.plan, kept: data.regression?.kept ?? [], last },
    members,
    ...(spec.diagnostics ? diagnose(data, result.fitted[0]!, workspace) : UNDIAGNOSED),
  }
}

/** From the first to the last observation, with the regressors of the periods after it. */
export function between(all: Float64Array, { plan, columns }: Design) {
  const { first, last } = observedRange(all) ?? { first: 0, last: all.length - 1 }
  return {
    y: all.slice(first, last + 1),
    columns: columns.map((column) => column.slice(first, last + 1)),
    last: plan.regressors.map((_, c) => Array.from(columns[c]!.subarray(last + 1))),
    trailing: all.length - 1 - last,
  }
}

const usableSeason = (seasonLength: number, length: number): number =>
  Number.isInteger(seasonLength) && seasonLength > 1 && 2 * seasonLength <= length ? seasonLength : 1

/** Fewest values of the differenced series; fewest that more than white noise is fitted to. */
const LEAST_LEFT = 2
const LEAST_TO_SEARCH = 4

/** What ordinary least squares on the columns leaves; the tests are made on it, as in R's `auto.arima`. */
function unexplained(y: Float64Array, columns: readonly Float64Array[]): Float64Array {
  if (columns.length === 0) return y
  const at = Array.from(y.keys()).filter((t) => !Number.isNaN(y[t]!))
  const seen = (column: Float64Array): Float64Array => Float64Array.from(at, (t) => column[t]!)
  const most = Math.floor(at.length / 2) - 1
  const used = columns.slice(0, Math.max(0, most))
  const { coefficients } = regress(seen(y), [new Float64Array(at.length).fill(1), ...used.map(seen)])
  return y.map((value, t) => used.reduce((rest, column, c) => rest - coefficients[c + 1]! * column[t]!, value))
}

/** As asked, else as tested; taken back where too little would be left. */
function differencesOf(
  y: Float64Array,
  columns: readonly Float64Array[],
  m: number,
  observed: number,
  spec: ArimaSpec,
): { d: number; D: number } {
  const tested =
    spec.d === null || spec.D === null ? chooseDifferences(unexplained(y, columns), m, spec) : { d: 0, D: 0 }
  let d = spec.d ?? tested.d
  let D = m > 1 ? (spec.D ?? tested.D) : 0
  while (D > 0 && observed - D * m - d < LEAST_LEFT) D--
  while (d > 0 && observed - D * m - d < LEAST_LEFT) d--
  return { d, D }
}

function boundsOf({ w, filled, count: n, d, D, seasonLength: m }: ArimaData, spec: ArimaSpec): Bounds {
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
    maxSum: spec.maxSum ?? (spec.search === 'exhaustive' ? 5 : 6),
    constants,
  }
}

const largestOf = (values: Float64Array): number =>
  values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)

function workspaceOf(data: ArimaData, { maxP, maxQ, maxSeasonalP, maxSeasonalQ }: Bounds): Workspace {
  const m = data.seasonLength
  const longest = Math.max(1, maxP + m * maxSeasonalP, maxQ + m * maxSeasonalQ + 1)
  return makeWorkspace(data, longest, maxP + maxQ + maxSeasonalP + maxSeasonalQ)
}

/** Orders of a long history are looked for in its last values, or seasons where those are more; all of it estimates them. */
const SEARCHED = 240
const SEARCHED_SEASONS = 12
/** A history is long where it holds so many times the values looked at. */
const LONGER = 1.5
/** Orders of the recent past that are estimated on all of it, and how much worse than the best they may be. */
const FOLLOWED = 3
const FOLLOWED_WITHIN = 4

/** What the search finds in the recent part of a long history; null where it is not long, or the order is given. */
function recentOrders(
  y: Float64Array,
  columns: readonly Float64Array[],
  differences: Differences,
  spec: ArimaSpec,
  budget: Budget,
): SearchResult | null {
  const tail = Math.max(SEARCHED, SEARCHED_SEASONS * differences.seasonLength)
  if (spec.order !== null || y.length < LONGER * tail) return null
  let from = y.length - tail
  while (from > 0 && Number.isNaN(y[from]!)) from--
  const withConstant = spec.constant !== false && differences.d + differences.D < 2
  const recent = columns.map((column) => column.slice(from))
  const data = prepareData(y.slice(from), differences, { columns: recent, withConstant })
  const bounds = boundsOf(data, spec)
  return searchOrders(
    data,
    bounds,
    spec.search === 'exhaustive',
    spec.criterion,
    workspaceOf(data, bounds),
    budget,
    true,
  )
}

/** The orders of a fit, as a search leaves them; how likely they are on another history is not known. */
const ordersIn = ({ members }: ArimaFit): SearchResult => ({
  evaluations: 0,
  fitted: members.map(({ order, ar, ma, seasonalAr, seasonalMa }) => ({
    ...{ order, logLikelihood: Number.NEGATIVE_INFINITY, criterion: 0 },
    point: Float64Array.of(...ar, ...ma, ...seasonalAr, ...seasonalMa),
  })),
})

/**
 * The best orders of the recent past, or of an earlier fit, whose estimates are `maxima`, at the maximum of the likelihood
 * of the whole.
 */
function follow(
  data: ArimaData,
  recent: SearchResult,
  maxima: boolean,
  spec: ArimaSpec,
  workspace: Workspace,
  budget: Budget,
): SearchResult {
  let { evaluations } = recent
  const fitted: FittedOrder[] = []
  const close = recent.fitted[0]!.criterion + FOLLOWED_WITHIN
  for (const one of recent.fitted.filter(({ criterion }) => criterion <= close).slice(0, FOLLOWED)) {
    const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
    if (fitted.length > 0 && (left.maxEvaluations <= 0 || budget.expired?.() === true)) break
    // a maximum found before is nearer than what conditional least squares would make of it
    const first = maxima
      ? { fitted: one, evaluations: 0 }
      : rank(data, one.order, one.point.slice(), workspace, spec.criterion, left)
    const result = polish(data, first.fitted, workspace, spec.criterion, left, maxima ? 'maximum' : 'near')
    fitted.push(result.fitted)
    evaluations += first.evaluations + result.evaluations
  }
  return { fitted: fitted.sort((a, b) => a.criterion - b.criterion), evaluations }
}

/** The orders asked for, or those that the search finds. */
function ordersOf(
  data: ArimaData,
  bounds: Bounds,
  spec: ArimaSpec,
  workspace: Workspace,
  budget: Budget,
): SearchResult {
  if (spec.order === null) {
    const found = searchOrders(data, bounds, spec.search === 'exhaustive', spec.criterion, workspace, budget)
    return spec.selection === 'best' ? ended(data, found, spec, workspace, budget) : found
  }
  const { maxP: p, maxQ: q, maxSeasonalP: P, maxSeasonalQ: Q } = bounds
  const results = bounds.constants.map((constant) =>
    fitThoroughly(data, { p, q, P, Q, constant }, workspace, spec.criterion, budget),
  )
  return {
    fitted: results.map(({ fitted }) => fitted).sort((a, b) => a.criterion - b.criterion),
    evaluations: results.reduce((sum, { evaluations }) => sum + evaluations, 0),
  }
}

/** The best alone, its estimate followed closer than telling orders apart needs. */
function ended(
  data: ArimaData,
  { fitted, evaluations }: SearchResult,
  spec: ArimaSpec,
  workspace: Workspace,
  budget: Budget,
): SearchResult {
  const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
  if (left.maxEvaluations <= 0 || budget.expired?.() === true) return { fitted, evaluations }
  const best = polish(data, fitted[0]!, workspace, spec.criterion, left, 'close')
  return { fitted: [best.fitted, ...fitted.slice(1)], evaluations: evaluations + best.evaluations }
}

function labelOf({ d, D, seasonLength, regression }: ArimaData, order: Order, { waves }: DesignPlan): string {
  const label = orderLabel(order, d, D, seasonLength)
  if (regression === null) return label
  const seasons = waves.map(({ period, harmonics }) => `${harmonics}[${period}]`)
  return seasons.length === 0 ? `Regression with ${label} errors` : `${label} with Fourier ${seasons.join(', ')}`
}

function weigh(
  data: ArimaData,
  fitted: readonly FittedOrder[],
  spec: ArimaSpec,
  workspace: Workspace,
  plan: DesignPlan,
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
    label: labelOf(data, one.order, plan),
    weight: weight / sum,
  }))
}
