import { unlimited } from '../math/optimize/budget.ts'
import type { Random } from '../math/random.ts'
import { type Code, code, Problem } from '../messages.ts'
import { drift, mean, naive, seasonalNaive } from '../models/baseline/index.ts'
import { ets } from '../models/ets/index.ts'
import type { Forecast } from '../models/forecast.ts'
import type { FitBase, Model } from '../models/model.ts'
import type { Series } from '../series/series.ts'
import type { ForecastOptions } from './outcome.ts'
import type { PatternFinding } from './pattern.ts'

export interface Answer {
  readonly model: string
  readonly label: string
  readonly evaluations: number
  readonly forecast: Forecast
  readonly members: readonly { readonly model: string; readonly label: string; readonly weight: number }[]
}

/** A model with its settings: fits what it is given and forecasts. */
export interface Candidate {
  readonly name: string
  readonly answer: (series: Series, steps: number, random: Random) => Answer
}

/** An answer, or the code that says why there is none. */
export type Attempt = { readonly answer: Answer } | { readonly refused: Code }

export const NAIVE: Candidate = candidate(naive, {})
export const SEASONAL_NAIVE: Candidate = candidate(seasonalNaive, {})
const ETS = candidate(ets, {})
const ETS_WITHOUT_SEASON: Candidate = {
  name: 'ets',
  answer: (series, steps, random) => ETS.answer({ ...series, seasonLength: 1 }, steps, random),
}

/** The naive that every model has to beat. */
export const yardstick = (seasonLength: number): Candidate => (seasonLength > 1 ? SEASONAL_NAIVE : NAIVE)

/**
 * Who may try, the default answer first and the yardstick second; at most `maxModelsToTry`, never fewer than these two.
 * Sparse demand is led by its own history resampled: its distribution is what a stock needs.
 */
export function candidatesFor(finding: PatternFinding, seasonLength: number, options: ForecastOptions): Candidate[] {
  if (finding.pattern === 'constant') return [NAIVE]
  const has = (name: string): boolean => finding.pattern === name || finding.flags.some((flag) => flag === name)
  const known = yardstick(seasonLength)
  let list: Candidate[]
  if (options.intermittentDetection && (has('intermittent') || has('lumpy')))
    list = [candidate(mean, { distribution: 'empirical' }), known, has('seasonal') ? ETS : ETS_WITHOUT_SEASON]
  else if (seasonLength > 1 && options.seasonalPreference) list = [ETS, known]
  else list = [ETS, known, candidate(drift, {}), candidate(mean, {}), ...(known === NAIVE ? [] : [NAIVE])]
  return list.slice(0, Math.max(2, options.maxModelsToTry))
}

/** Runs a candidate. A model that cannot is no error of the series: its code is kept and shown. */
export function attempt(one: Candidate, series: Series, steps: number, random: Random): Attempt {
  try {
    const answer = one.answer(series, steps, random)
    const failed = answer.forecast.mean.length !== steps || !answer.forecast.mean.every(Number.isFinite)
    return failed ? { refused: code('model_failed', { model: one.name, cause: 'not_finite' }) } : { answer }
  } catch (error) {
    if (error instanceof Problem) return { refused: code(error.code, error.params) }
    const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { refused: code('model_failed', { model: one.name, cause }) }
  }
}

interface Averaged {
  readonly members?: readonly { readonly label: string; readonly weight: number }[]
}

function candidate<Spec, Fit extends FitBase>(model: Model<Spec, Fit>, options: Partial<Spec>): Candidate {
  const spec = model.check(options)
  return {
    name: model.name,
    answer(series, steps, random) {
      const fit = model.fit(series, spec, unlimited)
      const { members = [] } = fit as Averaged
      return {
        model: fit.model,
        label: fit.label,
        evaluations: fit.evaluations,
        forecast: model.forecast(fit, steps, random),
        members: members.map(({ label, weight }) => ({ model: fit.model, label, weight })),
      }
    },
  }
}
