import type { Code } from '../messages.ts'
import { combine, middleOf, pool } from '../models/ensemble/index.ts'
import type { Forecast } from '../models/forecast.ts'
import { type Answer, attempt, type Candidate, estimated, forecastOf, type Member } from './candidates.ts'
import type { Weighting } from './combination/index.ts'
import type { Gathered } from './gather.ts'

export const ENSEMBLE = 'ensemble'

/**
 * Simulated futures are pooled; other forecasts are combined by their quantiles, around the median of the members, the
 * weighted mean, which may be moved, or so much of the way from the one to the other. The ballast follows the members and
 * has a weight, but no say in the median.
 */
export function combined(
  members: readonly Forecast[],
  weighting: Weighting,
  ballast: readonly Forecast[] = [],
  dependence = true,
): Forecast {
  const all = [...members, ...ballast]
  const pooled = ballast.length === 0 ? pool(members) : null
  if (pooled !== null) return pooled
  const { weights, fromMedian, move } = weighting
  const shares = sharesOf(weighting, members.length)
  if (fromMedian === 1 && move === null) return combine(all, shares, 'mean', dependence)
  const middle = middleOf(members.map(({ mean }) => mean))
  if (fromMedian === 0) return combine(all, shares, middle, dependence)
  const centre = new Float64Array(middle.length)
  for (let h = 0; h < centre.length; h++) {
    let mean = move?.[h] ?? 0
    for (let i = 0; i < all.length; i++) mean += weights[i]! * all[i]!.mean[h]!
    centre[h] = (1 - fromMedian) * middle[h]! + fromMedian * mean
  }
  return combine(all, shares, centre, dependence)
}

/** What each counts for in the answer: the members share what the median has, equally. */
function sharesOf({ weights, fromMedian }: Weighting, members: number): number[] {
  const shares: number[] = []
  for (let i = 0; i < weights.length; i++)
    shares.push(fromMedian * weights[i]! + (i < members ? (1 - fromMedian) / members : 0))
  return shares
}

/** Fits each on all the data. One that cannot is left out, and its refusal is written down. */
export function fitAll(candidates: readonly Candidate[], gathered: Gathered, refused: Map<Candidate, Code>): Answer[] {
  const parts: Answer[] = []
  for (const candidate of candidates) {
    const result = attempt(candidate.name, gathered.watch, () => answerAlone(candidate, gathered))
    if ('answer' in result) parts.push(result.answer)
    else refused.set(candidate, result.refused)
  }
  return parts
}

/** One answer of several; `weighting` counts the members first, then the ballast. */
export function answerTogether(parts: readonly Answer[], ballast: readonly Answer[], weighting: Weighting): Answer {
  const forecasts = (answers: readonly Answer[]): Forecast[] => answers.map(({ forecast }) => forecast)
  const all = [...parts, ...ballast]
  const shares = sharesOf(weighting, parts.length)
  const members = once(all.map(({ model, label }, i) => ({ model, label, weight: shares[i]! })))
  return {
    model: ENSEMBLE,
    label: `Ensemble of ${members.length}`,
    evaluations: all.reduce((sum, { evaluations }) => sum + evaluations, 0),
    forecast: combined(forecasts(parts), weighting, forecasts(ballast)),
    explainedBy: [...new Set(parts.flatMap(({ explainedBy }) => explainedBy))],
    leaders: [],
    members,
  }
}

/** Without a season one naive stands for two kinds: it is listed once, with the weight of both. */
function once(members: readonly Member[]): Member[] {
  const listed: Member[] = []
  for (const member of members) {
    const at = listed.findIndex(({ model, label }) => model === member.model && label === member.label)
    if (at < 0) listed.push(member)
    else listed[at] = { ...member, weight: listed[at]!.weight + member.weight }
  }
  return listed
}

/** Beyond this many observations the orders that the trials began with are kept, and estimated anew. */
export const SETTLED = 100

/** Fits one candidate on all the data. Throws as its model does. */
export function answerAlone(candidate: Candidate, gathered: Gathered): Answer {
  const { fitted: series, steps, random, validation, watch } = gathered
  const earlier = validation?.tried.find((one) => one.candidate === candidate)?.fitted ?? null
  const again = series.values.length > SETTLED ? (earlier?.refit ?? null) : null
  const fitted = estimated(candidate, series, 'final', watch, () =>
    again === null ? candidate.fit(series, watch.budget) : again(series, watch.budget),
  )
  const { model, label, evaluations, members, explainedBy, leaders } = fitted
  const forecast = forecastOf(fitted, candidate.name, steps, random(`forecast|${candidate.name}`))
  return { model, label, evaluations, members, explainedBy, leaders, forecast }
}
