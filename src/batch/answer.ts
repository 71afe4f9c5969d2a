import { type Code, Problem, problem } from '../messages.ts'
import { observedRange } from '../series/missing.ts'
import type { ForecastSeries, Job } from './messages.ts'
import type { Task, TaskResult } from './task.ts'

/**
 * The engine's answer to one job, as data: an error of this series never reaches another. Here, for worker and caller's
 * thread alike, errors become codes: a `Problem` keeps its own, anything else is `internal_error`.
 */
export function answer({ index, series, options }: Job, forecastSeries: ForecastSeries): TaskResult {
  try {
    const outcome = forecastSeries(series, options)
    const failed = outcome.status === 'failed'
    return { index, status: outcome.status, outcome: failed ? null : outcome, problems: outcome.problems }
  } catch (error) {
    return failure(index, series.name, error)
  }
}

/** A failed row that says what was thrown. */
export function failure(index: number, name: string, error: unknown): TaskResult {
  const problems =
    error instanceof Problem
      ? error.all.map((each) => ({ ...each, series: each.series ?? name }))
      : [problem('internal_error', { cause: causeOf(error) }, { series: name })]
  return { index, status: 'failed', outcome: null, problems }
}

/** What was thrown, in one line without paths, so that the same fault gives the same bytes everywhere. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
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

/** The worker died twice with this series alone in it, for this reason. */
export const crashed = (index: number, name: string, { code, params }: Code): TaskResult => ({
  index,
  status: 'failed',
  outcome: null,
  problems: [problem(code, params, { series: name })],
})

/** An answer obtained only after the full search ran out of time: a forecast, but not the one asked for. */
export function afterTimeout(result: TaskResult, because: Code): TaskResult {
  if (result.outcome === null) return result
  const outcome = { ...result.outcome, status: 'fallback' as const, because }
  return { ...result, status: 'fallback', outcome }
}
