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
import type { Parameters } from './kernel.ts'
import { type EtsSpec, FORMS, type Form, formLabel, formName, parameterCount, parseForm } from './spec.ts'

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
  estimated(series, spec, budget, formsOf(spec), null)

const formsOf = ({ form }: EtsSpec): readonly Form[] => (form === null ? FORMS : [parseForm(form)!])

/** The forms of an earlier fit, estimated anew on another history; all of them where it admits none of these. */
export const refit = (earlier: EtsFit, series: Series, spec: EtsSpec, budget: Budget): EtsFit =>
  estimated(
    series,
    spec,
    budget,
    earlier.members.map(({ form }) => parseForm(form)!),
    earlier,
  )

function estimated(
  series: Series,
  spec: EtsSpec,
  budget: Budget,
  wanted: readonly Form[],
  earlier: EtsFit | null,
): EtsFit {
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
  const near = earlier === null || regression !== null || earlier.seasonLength !== m ? [] : earlier.members
  const all = (wanted.some(admitted) ? wanted : formsOf(spec)).filter(admitted)
  const recent = wanted === FORMS && regression === null ? recentForms(y, all, m, spec, budget) : null
  let evaluations = recent?.evaluations ?? 0
  const fits: FormFit[] = []
  const tryForms = (forms: readonly Form[]): void => {
    const aiccs: number[] = []
    for (const [i, form] of forms.entries()) {
      if (wanted === FORMS && isHopeless(form, forms, aiccs)) continue
      const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
      if (fits.length > 0 && (left.maxEvaluations <= 0 || budget.expired?.() === true)) break
      const start = near.find((member) => member.form === formName(form))
      const from = start === undefined ? null : onScale(start, m, earlier!.scale / scale)
      const fitted = fitForm(y, observed, form, m, regression, spec.estimation, left, workspace, from)
      if (fitted === null || !Number.isFinite(fitted.aicc)) continue
      evaluations += fitted.evaluations
      aiccs[i] = fitted.aicc
      fits.push(fitted)
    }
  }
  tryForms(recent?.forms ?? all)
  // the whole history may refuse what its end admits
  if (fits.length === 0 && recent !== null) tryForms(all)
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

/** Where a form began on another scale; a multiplicative season has none. */
function onScale({ form, alpha, beta, gamma, phi, initial }: EtsMember, m: number, ratio: number): Parameters {
  const additive = parseForm(form)!.season === 'A'
  const states = Float64Array.from(initial, (state, i) => (i < 2 || additive ? state * ratio : state))
  return { alpha, beta, gamma, phi, states: states.subarray(0, 2 + m) }
}

/** Forms of a long history are compared on its last values, or seasons where those are more; all of it estimates them. */
const COMPARED = 240
const COMPARED_SEASONS = 12
/** A history is long where it holds so many times the values compared on. */
const LONGER = 1.5
/** How much worse than the best there a form may be: the whole history tells forms apart more sharply than its end. */
const CLOSE = 8
/** By how much a season, or none, makes hopeless whatever lacks it: more than a trend can bring. */
const CLEAR = 40
/** Evaluations that bring a form near enough to its best to compare it. */
const COMPARING = 30

/** The forms that describe the end of a long history about as well as the best one; null where it is not long, or the budget too small to compare. */
function recentForms(
  y: Float64Array,
  forms: readonly Form[],
  m: number,
  spec: EtsSpec,
  budget: Budget,
): { readonly forms: readonly Form[]; readonly evaluations: number } | null {
  const tail = Math.max(COMPARED, COMPARED_SEASONS * m)
  if (y.length < LONGER * tail || budget.maxEvaluations < 2 * COMPARING * forms.length) return null
  const end = y.subarray(y.length - tail)
  const observed = end.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
  const workspace = new Workspace(tail, m)
  let evaluations = 0
  const aiccs: number[] = []
  for (const form of forms) {
    const most = Math.min(COMPARING, budget.maxEvaluations - evaluations)
    const left = { maxEvaluations: most, expired: budget.expired }
    const tried = most > 0 && budget.expired?.() !== true && !isHopeless(form, forms, aiccs)
    const fitted = tried ? fitForm(end, observed, form, m, null, spec.estimation, left, workspace) : null
    evaluations += fitted?.evaluations ?? 0
    aiccs.push(fitted?.aicc ?? Number.POSITIVE_INFINITY)
  }
  const best = Math.min(...aiccs)
  if (!Number.isFinite(best)) return null
  return { forms: forms.filter((_, i) => aiccs[i]! <= best + CLOSE), evaluations }
}

/** Is the season clearly there in the plainest forms, which come first, and not in this one; or the other way round? */
function isHopeless({ season }: Form, forms: readonly Form[], aiccs: readonly number[]): boolean {
  const plainest = (seasonal: boolean): number =>
    aiccs[forms.findIndex(({ trend, season: kind }) => trend === 'N' && (kind !== 'N') === seasonal)] ?? Number.NaN
  const advantage = plainest(false) - plainest(true)
  return season === 'N' ? advantage > CLEAR : -advantage > CLEAR
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
