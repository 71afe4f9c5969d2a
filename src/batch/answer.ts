import { type Code, Problem, problem } from '../messages.ts'
import { observedRange } from '../series/missing.ts'
import { type Answer, encodeAnswer } from './answer-bytes.ts'
import { encodeState } from './carried.ts'
import { causeOf } from './cause.ts'
import { deadline } from './deadline.ts'
import type { Hands } from './hands.ts'
import type { ForecastSeries, Job, Limits } from './messages.ts'
import type { Task, TaskResult } from './task.ts'

/**
 * The engine's answer to one job, as bytes: an error of this series never reaches another. Here errors become codes: a
 * `Problem` keeps its own, anything else is `internal_error`.
 */
export function answer(
  { series, options, carried }: Job,
  limits: Limits,
  forecastSeries: ForecastSeries,
  hands: Hands,
  secondsPerModel: number,
  keepState: boolean,
): Uint8Array<ArrayBuffer> {
  const watch = deadline(hands, limits, secondsPerModel)
  try {
    const known = carried?.fits ?? {}
    const fits = { ...known }
    const outcome = forecastSeries(series, options, {
      ...watch,
      recall: (candidate, stage) => known[`${candidate}|${stage}`] ?? null,
      remember(candidate, stage, fit) {
        fits[`${candidate}|${stage}`] = fit
      },
    })
    const late = [...watch.cutShort].map((model) =>
      problem('search_cut_short', { model, seconds: secondsPerModel }, { series: series.name, model }),
    )
    const { because, reduced } = limits
    const updated = carried === null ? [] : [problem(carried.told.code, carried.told.params, { series: series.name })]
    const less = reduced === null ? [] : [problem(reduced.code, reduced.params, { series: series.name })]
    const problems = [...outcome.problems, ...late, ...less, ...updated]
    if (outcome.status === 'failed') return encodeAnswer({ status: 'failed', outcome: null, problems })
    const told = because === null ? outcome : { ...outcome, status: 'fallback' as const, because }
    // what was cut short is no base for the next run
    const state = keepState && late.length + less.length === 0 ? encodeState(series, fits, carried) : null
    return encodeAnswer({ status: told.status, outcome: told, problems }, state)
  } catch (error) {
    return encodeAnswer(failure(series.name, error))
  }
}

/** A failed answer that says what was thrown. */
function failure(name: string, error: unknown): Answer {
  const problems =
    error instanceof Problem
      ? error.all.map((each) => ({ ...each, series: each.series ?? name }))
      : [problem('internal_error', { cause: causeOf(error) }, { series: name })]
  return { status: 'failed', outcome: null, problems }
}

export const cancelled = (index: number, name: string): TaskResult => ({
  index,
  status: 'cancelled',
  outcome: null,
  problems: [problem('cancelled', {}, { series: name })],
})

/** For a task without a single value the answer is known: failed, for the reason it already carries or this one. */
export function withoutValues({ index, series, problems }: Task): TaskResult | null {
  const { name, values } = series
  if (observedRange(values) !== null) return null
  const known = problems.some(({ severity }) => severity === 'error')
  const reason =
    values.length === 0
      ? problem('series_empty', {}, { series: name })
      : problem('series_no_values', { observations: values.length }, { series: name })
  return { index, status: 'failed', outcome: null, problems: known ? [] : [reason] }
}

/** Whoever tried to answer brought its worker down, the last for this reason. */
export const crashed = ({ series: { name } }: Task, { code, params }: Code): Answer => ({
  status: 'failed',
  outcome: null,
  problems: [problem(code, params, { series: name })],
})
