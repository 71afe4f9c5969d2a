import type { Budget } from '../../math/optimize/budget.ts'
import { Problem, problem } from '../../messages.ts'
import { guerreroLambda } from '../../series/guerrero.ts'
import { observedRange } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import { autoregression } from '../../series/whiten.ts'
import { chooseWaves } from '../choose-waves.ts'
import type { FitBase } from '../model.ts'
import { scaled } from '../scaled.ts'
import { transformed } from './box-cox.ts'
import { carried, type FittedForm, type Form, fitForm, structuralErrors } from './fit-form.ts'
import { type Ground, groundOf, stillErrors } from './ground.ts'
import type { TbatsSpec, Trend } from './spec.ts'

/** A fit as plain data, of the series over `scale` and transformed with `power` (1: not). */
export interface TbatsFit extends FitBase, Omit<FittedForm, 'evaluations'> {
  readonly model: 'tbats'
  readonly scale: number
  readonly power: number
  /** First observation, and missing values after the last one. */
  readonly first: number
  readonly observations: number
  /** Of a one-step error to come. */
  readonly variance: number
}

const LEAST_OBSERVED = 2
/** A power this close to one is none. */
const NEAR_ONE = 0.1
const MOST_AR = 5
/** Of a further season: two years of days give waves of the year that are mostly noise. */
const CYCLES = 3
const PLAIN = { ar: [], ma: [], still: false }

interface Tried {
  readonly fitted: FittedForm
  readonly power: number
  readonly criterion: number
}

/** Transformation, trend and errors by AICc, one after the other. Missing observations are skipped. Throws `series_too_short`. */
export function fit(series: Series, spec: TbatsSpec, budget: Budget): TbatsFit {
  const range = observedRange(series.values)
  const { y: all, scale, observed, positive } = scaled(series.values)
  if (range === null || observed < LEAST_OBSERVED) {
    const params = { observations: observed, needed: LEAST_OBSERVED }
    throw new Problem(problem('series_too_short', params, { model: 'tbats', stage: 'fit' }))
  }
  const y = all.subarray(range.first)
  const m = series.seasonLength
  const furtherSeasons = series.furtherSeasons?.filter((period) => CYCLES * period <= y.length) ?? []
  const seen = { ...series, furtherSeasons, values: series.values.subarray(range.first) }
  const waves = chooseWaves(seen, spec.harmonics, 'aicc')
  let evaluations = 0
  const isOver = (): boolean => evaluations >= budget.maxEvaluations || budget.expired?.() === true
  const grounds = new Map<string, Ground>()
  const groundFor = (power: number, form: Form): Ground => {
    const key = `${power} ${form.waves.length}`
    const transform = (): Float64Array => (power === 1 ? y : y.map((value) => transformed(value, power)))
    const ground = grounds.get(key) ?? groundOf(transform(), form.waves, m)
    grounds.set(key, ground)
    return ground
  }
  const estimate = (ground: Ground, form: Form): FittedForm | null => {
    const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
    const found = fitForm(ground, observed, form, left)
    evaluations += found?.evaluations ?? 0
    return found
  }
  const trends: readonly Trend[] = spec.trend === 'auto' ? ['none', 'damped', 'linear'] : [spec.trend]
  const tried: Tried[] = []
  const best = (): Tried | undefined => tried.toSorted((a, b) => a.criterion - b.criterion)[0]
  let logs = 0
  if (positive) for (const value of y) if (!Number.isNaN(value)) logs += Math.log(value)
  const consider = (power: number, form: Form): void => {
    if (tried.length > 0 && isOver()) return
    const fitted = estimate(groundFor(power, form), form)
    if (fitted === null) return
    const criterion = fitted.aicc - 2 * (power - 1) * logs + (power === 1 ? 0 : 2)
    tried.push({ fitted, power, criterion })
  }
  for (const power of powersOf(series, positive, spec)) consider(power, { trend: trends[0]!, waves, ...PLAIN })
  // too few observations for the waves: the season is given up rather than the series
  if (tried.length === 0) consider(1, { trend: trends[0]!, waves: [], ...PLAIN })
  if (tried.length === 0) consider(1, { trend: 'none', waves: [], ...PLAIN })
  const first = best()
  if (first === undefined) {
    const params = { observations: observed, needed: LEAST_OBSERVED + waves.length }
    throw new Problem(problem('series_too_short', params, { model: 'tbats', stage: 'fit' }))
  }
  const { power } = first
  for (const trend of trends.slice(1)) consider(power, { ...first.fitted.form, trend })
  if (spec.arma) {
    const { fitted } = best()!
    const { form } = fitted
    const ground = groundFor(power, form)
    const ar = Array.from(autoregression(structuralErrors(ground.y, fitted), MOST_AR))
    if (ar.length > 0) consider(power, { ...form, ar })
    if (ar.length > 0) consider(power, { ...form, ar: [ar[0]! / 2], ma: [ar[0]! / 2] })
    const around = Array.from(autoregression(stillErrors(ground), MOST_AR))
    const still = { ...form, trend: trends[0]!, ar: around, still: true }
    if (around.length > 0) consider(power, still)
    if (around.length > 0) consider(power, { ...still, ar: [around[0]!], ma: [0] })
  }
  return {
    ...described(best()!.fitted, power, observed, y.length),
    ...{ evaluations, scale, first: range.first },
  }
}

function described(fitted: FittedForm, power: number, observed: number, observations: number) {
  const { form, count, squares } = fitted
  const variance = (squares / Math.max(1, observed - count)) * (1 + count / observed)
  return { ...fitted, model: 'tbats' as const, label: labelOf(form, power), power, observations, variance }
}

/** The form of an earlier fit, estimated anew on another history of the series; all of them where that has no answer. */
export function refit(earlier: TbatsFit, series: Series, spec: TbatsSpec, budget: Budget): TbatsFit {
  const { form, scale, power, first } = earlier
  const values = series.values.subarray(first)
  if (power !== 1 && values.some((value) => value <= 0)) return fit(series, spec, budget)
  const y = values.map((value) => transformed(value / scale, power))
  const observed = y.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
  const found = fitForm(groundOf(y, form.waves, series.seasonLength), observed, form, budget, earlier)
  if (found === null) return fit(series, spec, budget)
  return { ...described(found, power, observed, y.length), evaluations: found.evaluations, scale, first }
}

/** The same parameters carried through another history that begins with the same values. */
export function update(fitted: TbatsFit, series: Series): TbatsFit {
  const { scale, power, first } = fitted
  const y = series.values.subarray(first).map((value) => transformed(value / scale, power))
  return { ...fitted, ...carried(y, fitted), observations: y.length, evaluations: 0 }
}

function powersOf({ values, seasonLength }: Series, positive: boolean, { boxCox }: TbatsSpec): number[] {
  if (!positive || boxCox === false) return [1]
  const power = Math.min(1, Math.max(0, guerreroLambda(values, seasonLength)))
  if (boxCox === true) return [power]
  return power > 1 - NEAR_ONE ? [1] : [1, power]
}

/** As the authors write it: TBATS(power, {p, q}, φ, {<season, waves>, …}). */
function labelOf({ trend, waves, ar, ma }: Form, power: number): string {
  const damping = trend === 'none' ? '–' : trend === 'linear' ? '1' : 'φ'
  const seasons = waves.map(({ period, harmonics }) => `<${period},${harmonics}>`).join(', ')
  return `${waves.length > 0 ? 'TBATS' : 'BATS'}(${Number(power.toFixed(3))}, {${ar.length},${ma.length}}, ${damping}, {${seasons || '–'}})`
}
