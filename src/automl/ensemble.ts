import type { Random } from '../math/random.ts'
import type { Code } from '../messages.ts'
import { type Centre, combine, pool } from '../models/ensemble/index.ts'
import type { Forecast } from '../models/forecast.ts'
import type { Series } from '../series/series.ts'
import { type Answer, attempt, type Candidate, forecastOf } from './candidates.ts'

export const ENSEMBLE = 'ensemble'

/** The median of three or more, which one member that goes astray cannot move; the mean of two. */
const centreOf = (members: number): Centre => (members > 2 ? 'median' : 'mean')

/** Simulated futures are pooled; other forecasts are combined by their quantiles. */
export const combined = (forecasts: readonly Forecast[], dependence = true): Forecast =>
  pool(forecasts) ??
  combine(
    forecasts,
    forecasts.map(() => 1),
    centreOf(forecasts.length),
    dependence,
  )

/**
 * Fits every member on all the data and combines them. A member that cannot is left out and its refusal is written down;
 * one member alone answers under its own name. Null where none can.
 */
export function answerTogether(
  members: readonly Candidate[],
  series: Series,
  steps: number,
  random: (purpose: string) => Random,
  refused: Map<Candidate, Code>,
): Answer | null {
  const parts: Answer[] = []
  for (const member of members) {
    const result = attempt(member.name, () => answerAlone(member, series, steps, random))
    if ('answer' in result) parts.push(result.answer)
    else refused.set(member, result.refused)
  }
  const [first] = parts
  if (first === undefined || parts.length === 1) return first ?? null
  return {
    model: ENSEMBLE,
    label: `Ensemble of ${parts.length}`,
    evaluations: parts.reduce((sum, { evaluations }) => sum + evaluations, 0),
    forecast: combined(parts.map(({ forecast }) => forecast)),
    explainedBy: [...new Set(parts.flatMap(({ explainedBy }) => explainedBy))],
    leaders: [],
    members: parts.map(({ model, label }) => ({ model, label, weight: 1 / parts.length })),
  }
}

/** Fits one candidate on all the data. Throws as its model does. */
export function answerAlone(
  candidate: Candidate,
  series: Series,
  steps: number,
  random: (purpose: string) => Random,
): Answer {
  const fitted = candidate.fit(series)
  const { model, label, evaluations, members, explainedBy, leaders } = fitted
  const forecast = forecastOf(fitted, candidate.name, steps, random(`forecast|${candidate.name}`))
  return { model, label, evaluations, members, explainedBy, leaders, forecast }
}
