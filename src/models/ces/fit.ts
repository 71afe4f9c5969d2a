import type { Budget } from '../../math/optimize/budget.ts'
import { Problem, problem } from '../../messages.ts'
import type { Series } from '../../series/series.ts'
import type { FitBase } from '../model.ts'
import { scaled } from '../scaled.ts'
import { fitSeasonality } from './fit-seasonality.ts'
import { type CesMember, errorAhead } from './member.ts'
import { type CesSeasonality, type CesSpec, SEASONALITIES } from './spec.ts'
import { historyOf } from './start.ts'

/** A fit as plain data; members are of the series over `scale`. */
export interface CesFit extends FitBase {
  readonly model: 'ces'
  readonly scale: number
  readonly observations: number
  /** The heaviest first. */
  readonly members: readonly CesMember[]
}

const LEAST_OBSERVED = 2
/** Weights are exp(−SOFTNESS ΔAICc / n): by the mean fit of an observation, so that a long history does not leave one alone. */
const SOFTNESS = 3
/** A member whose squared error a season ahead is larger than the least by this factor is left out. */
const ASTRAY = 1.5

/** Fits the seasonality asked for, or each the data admit, by likelihood times priors. Missing observations are skipped. Throws `series_too_short`. */
export const fit = (series: Series, spec: CesSpec, budget: Budget): CesFit =>
  estimated(series, spec, budget, spec.seasonality === 'auto' ? SEASONALITIES : [spec.seasonality], null)

/** The seasonalities of an earlier fit, estimated anew on another history. */
export const refit = (earlier: CesFit, series: Series, spec: CesSpec, budget: Budget): CesFit =>
  estimated(
    series,
    spec,
    budget,
    earlier.members.map(({ seasonality }) => seasonality),
    earlier,
  )

function estimated(
  series: Series,
  spec: CesSpec,
  budget: Budget,
  asked: readonly CesSeasonality[],
  earlier: CesFit | null,
): CesFit {
  const { y, scale, observed } = scaled(series.values)
  const { seasonLength: m } = series
  const seasonal = Number.isInteger(m) && m > 1 && 2 * m <= observed
  const wanted = seasonal ? asked : SEASONALITIES
  const history = historyOf(y, observed, seasonal ? m : 1)
  const fitted: CesMember[] = []
  let evaluations = 0
  for (const seasonality of wanted) {
    if (observed < LEAST_OBSERVED || (seasonality !== 'none' && !seasonal)) continue
    const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
    if (fitted.length > 0 && (left.maxEvaluations <= 0 || budget.expired?.() === true)) break
    const near = earlier?.members.find((member) => member.seasonality === seasonality)
    const same = near !== undefined && (seasonality === 'none' || near.seasonLength === history.seasonLength)
    const found = fitSeasonality(history, seasonality, left, same ? onScale(near, earlier!.scale / scale) : null)
    if (found === null) continue
    evaluations += found.evaluations
    fitted.push(found.member)
  }
  if (fitted.length === 0) {
    const params = { observations: observed, needed: LEAST_OBSERVED }
    throw new Problem(problem('series_too_short', params, { model: 'ces', stage: 'fit' }))
  }
  fitted.sort((a, b) => a.aicc - b.aicc)
  const members = spec.selection === 'best' ? fitted.slice(0, 1) : weighed(fitted, y, m)
  return { model: 'ces', label: members[0]!.label, evaluations, scale, observations: y.length, members }
}

/** Where a member began, on another scale. */
const onScale = (member: CesMember, ratio: number): CesMember => ({
  ...member,
  initial: member.initial.map((state) => state * ratio),
})

/** Weights by AICc, of those that do not go astray a season ahead: errors of one step hardly show a season left out. */
function weighed(fitted: readonly CesMember[], y: Float64Array, seasonLength: number): CesMember[] {
  if (fitted.length === 1) return [...fitted]
  const errors = fitted.map((member) => errorAhead(member, y, seasonLength))
  const least = Math.min(...errors.filter((error) => !Number.isNaN(error)))
  const kept = fitted.filter((_, i) => !(errors[i]! > ASTRAY * least))
  const weights = kept.map(({ aicc }) => Math.exp((-SOFTNESS * (aicc - kept[0]!.aicc)) / y.length))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return kept.map((member, i) => ({ ...member, weight: weights[i]! / total }))
}
