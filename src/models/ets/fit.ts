import type { Budget } from '../../math/optimize/budget.ts'
import { Problem, problem } from '../../messages.ts'
import { difference } from '../../series/difference.ts'
import { interpolate } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import { type Design, type DesignPlan, designOf, withoutUnknown } from '../design.ts'
import type { FitBase } from '../model.ts'
import { type Regression, regressionOf } from '../regression.ts'
import { scaled } from '../scaled.ts'
import { type FormFit, fitForm, LEAST_OBSERVED, Workspace } from './fit-form.ts'
import { type EtsSpec, FORMS, type Form, formLabel, parameterCount, parseForm } from './spec.ts'

/** Averaged (or chosen) forms as plain data. All states are of the series divided by `scale`. */
export interface EtsFit extends FitBase {
  readonly model: 'ets'
  readonly scale: number
  readonly observations: number
  readonly seasonLength: number
  readonly paths: number
  /** Regressors, and which of them count. */
  readonly design: { readonly plan: DesignPlan; readonly kept: readonly number[] }
  /** Largest weight first; weights add to 1. */
  readonly members: readonly EtsMember[]
}

export interface EtsMember extends FormFit {
  readonly label: string
  readonly weight: number
}

/** exp(−¼ ΔAICc): softer than the textbook's ½, which picks too boldly. At a MAP estimate this is a heuristic. */
const SOFTNESS = 0.25
/** Forms below this weight change nothing that can be seen. */
const SMALLEST_WEIGHT = 0.01

/** Fits all forms the data admit and weighs them. Missing observations are skipped, not imputed. Throws `series_too_short`; for a fixed form also `season_length_unusable` and `model_failed` (`not_positive`). */
export const fit = (series: Series, spec: EtsSpec, budget: Budget): EtsFit =>
  estimated(series, spec, budget, formsOf(spec))

const formsOf = ({ form }: EtsSpec): readonly Form[] => (form === null ? FORMS : [parseForm(form)!])

/** The forms of an earlier fit, estimated anew on another history; all of them where it admits none of these. */
export const refit = (earlier: EtsFit, series: Series, spec: EtsSpec, budget: Budget): EtsFit =>
  estimated(
    series,
    spec,
    budget,
    earlier.members.map(({ form }) => parseForm(form)!),
  )

function estimated(series: Series, spec: EtsSpec, budget: Budget, wanted: readonly Form[]): EtsFit {
  const design = designOf(series)
  const { y: given, scale, observed, positive: above } = scaled(withoutUnknown(series.values, design))
  const m = usableSeason(series.seasonLength, given.length, observed)
  if (observed < LEAST_OBSERVED) throw tooShort(observed, LEAST_OBSERVED)
  const regression = explain(given, design, m)
  const y = regression === null ? given : regression.residual.map((value, t) => value + 0 * given[t]!)
  const positive = above && y.every((value) => !(value <= 0))
  const workspace = new Workspace(y.length, m)
  const admitted = (form: Form): boolean =>
    (form.season === 'N' || m > 1) && (!multiplies(form) || (positive && spec.multiplicative))
  const fits: FormFit[] = []
  let evaluations = 0
  for (const form of (wanted.some(admitted) ? wanted : formsOf(spec)).filter(admitted)) {
    const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
    if (fits.length > 0 && (left.maxEvaluations <= 0 || budget.expired?.() === true)) break
    const fitted = fitForm(y, observed, form, m, regression, spec.estimation, left, workspace)
    if (fitted === null || !Number.isFinite(fitted.aicc)) continue
    evaluations += fitted.evaluations
    fits.push(fitted)
  }
  if (fits.length === 0) throw refusal(wanted, series, observed, m, positive && spec.multiplicative)
  const members = weigh(fits, spec, m)
  return {
    model: 'ets',
    label: members[0]!.label,
    evaluations,
    scale,
    observations: y.length,
    seasonLength: m,
    paths: spec.paths,
    design: { plan: design.plan, kept: regression?.kept ?? [] },
    members,
  }
}

/** Regressors made orthogonal after the differences that a trend and a season take: those leave their effects alone. */
function explain(y: Float64Array, { columns }: Design, m: number): Regression | null {
  const long = m > 1 && y.length > 3 * m
  const differenced = (values: Float64Array): Float64Array => difference(long ? difference(values, m) : values)
  return regressionOf(interpolate(y, m), { columns, withConstant: true }, differenced)
}

const multiplies = (form: Form): boolean => form.error === 'M' || form.season === 'M'

/** Why none of the wanted forms could be fitted. */
function refusal(
  wanted: readonly Form[],
  series: Series,
  observed: number,
  m: number,
  multiplicative: boolean,
): Problem {
  const place = { model: 'ets', stage: 'fit' }
  if (m === 1 && wanted.every(({ season }) => season !== 'N')) {
    const { seasonLength } = series
    return new Problem(problem('season_length_unusable', { seasonLength, observations: observed }, place))
  }
  if (!multiplicative && wanted.every(multiplies))
    return new Problem(problem('model_failed', { model: 'ets', cause: 'not_positive' }, place))
  const needed = leastFor(wanted, m)
  if (observed < needed) return tooShort(observed, needed)
  return new Problem(problem('model_failed', { model: 'ets', cause: 'not_finite' }, place))
}

/** Observations that the smallest of the forms needs for its AICc. */
const leastFor = (forms: readonly Form[], seasonLength: number): number =>
  forms.reduce((least, form) => Math.min(least, parameterCount(form, seasonLength) + 2), Number.POSITIVE_INFINITY)

function tooShort(observations: number, needed: number): Problem {
  return new Problem(problem('series_too_short', { observations, needed }, { model: 'ets', stage: 'fit' }))
}

function weigh(fits: readonly FormFit[], spec: EtsSpec, seasonLength: number): EtsMember[] {
  const best = fits.reduce((low, { aicc }) => Math.min(low, aicc), Number.POSITIVE_INFINITY)
  const weights = fits.map(({ aicc }) =>
    spec.selection === 'best' ? Number(aicc === best) : Math.exp(-SOFTNESS * (aicc - best)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const kept = fits
    .map((fitted, i) => ({ fitted, weight: weights[i]! / total }))
    .filter(({ weight }) => weight >= SMALLEST_WEIGHT)
    .sort((a, b) => b.weight - a.weight)
  const sum = kept.reduce((all, { weight }) => all + weight, 0)
  return kept.map(({ fitted, weight }) => ({
    ...fitted,
    label: formLabel(parseForm(fitted.form)!, seasonLength),
    weight: weight / sum,
  }))
}

const usableSeason = (seasonLength: number, length: number, observed: number): number =>
  Number.isInteger(seasonLength) && seasonLength > 1 && 2 * seasonLength <= Math.min(length, observed)
    ? seasonLength
    : 1
