import type { Code } from '../messages.ts'
import { middleOf } from '../models/ensemble/index.ts'
import type { Answer, Candidate } from './candidates.ts'
import { type Combination, plainly, type Weighting, weightsByTrials } from './combination/index.ts'
import { answerTogether, fitAll } from './ensemble.ts'
import type { Gathered } from './gather.ts'
import {
  cohortPrior,
  type Described,
  FROM_MEDIAN,
  isMixed,
  learnedMixture,
  type Mixture,
  spreadInputs,
  weightInputs,
  widthFactors,
  withWidths,
} from './learned/index.ts'

export type Widths = ReturnType<typeof widthFactors>

/** The combination of what was fitted on all the data, with bands of the width that such bands need. */
export function together(
  parts: readonly Answer[],
  gathered: Gathered,
  known: Described,
  combination: Combination,
  refused: Map<Candidate, Code>,
): { answer: Answer; factors: Widths | null } {
  if (gathered.sparse) return { answer: answerTogether(parts, [], plainly(parts.length)), factors: null }
  const { weighting, ballast } = weightingOf(parts, gathered, known, combination, refused)
  const answer = answerTogether(parts, ballast, weighting)
  const learned = widthFactors(spreadInputs(known, answer.forecast), gathered.steps)
  // fewer members disagree less: bands that were learned to be too wide for all of them may be right for these
  const { members, incomplete } = gathered.pool
  const complete = incomplete !== true && parts.length === members.length
  const factors = complete ? learned : { at80: notNarrower(learned.at80), at95: notNarrower(learned.at95) }
  return { answer: { ...answer, forecast: withWidths(answer.forecast, factors) }, factors }
}

const notNarrower = (factors: Float64Array): Float64Array => factors.map((factor) => Math.max(1, factor))

function weightingOf(
  parts: readonly Answer[],
  gathered: Gathered,
  known: Described,
  combination: Combination,
  refused: Map<Candidate, Code>,
): { weighting: Weighting; ballast: readonly Answer[] } {
  const { pool, validation, fitted } = gathered
  const names = parts.map(({ model }) => model)
  const trialled = names.map((name) => validation?.tried.find((one) => one.name === name)?.trials ?? null)
  const prior = cohortPrior(names, fitted.seasonLength, fitted.values.length)
  const records = trialled.some((trials) => trials === null) ? names.map(() => []) : trialled.map((trials) => trials!)
  const own = weightsByTrials(combination, records, prior)
  if (own !== null) return { weighting: own, ballast: [] }
  const plain = { weighting: plainly(parts.length), ballast: [] }
  if (combination === 'median') return plain
  const ballast = fitAll(pool.ballast, gathered, refused)
  const all = [...parts, ...ballast]
  if (!isMixed(all.map(({ model }) => model))) return plain
  const paths = all.map(({ forecast }) => forecast.mean)
  const centre = middleOf(paths.slice(0, parts.length))
  const inputs = weightInputs(
    known,
    gathered,
    all.map(({ model }) => model),
    paths,
    centre,
  )
  const mixture = learnedMixture(inputs, { steps: gathered.steps, horizon: known.horizon })
  return { weighting: learnedWeighting(mixture, known.scale), ballast }
}

/** Most of the way from the median to a mixture, on the scale of the series. */
export const learnedWeighting = ({ weights, move }: Mixture, scale: number): Weighting => ({
  weights,
  fromMedian: FROM_MEDIAN,
  move: move.map((units) => units * scale),
})
