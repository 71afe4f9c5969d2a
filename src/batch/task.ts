import type { ForecastOptions, Outcome } from '../automl/outcome.ts'
import type { LocatedProblem, Repair } from '../messages.ts'
import type { Series } from '../series/series.ts'
import type { Carried } from './carried.ts'

/** One series to be forecast; plain data that crosses to a worker thread. */
export interface Task {
  /** Position in the portfolio: results are given back in this order. */
  readonly index: number
  readonly series: Series
  readonly options: ForecastOptions
  /** What an earlier run estimated, to be carried on. */
  readonly carried?: Carried
  readonly unit: string | null
  readonly repairs: readonly Repair[]
  readonly problems: readonly LocatedProblem[]
}

/** A result, and where it can be found again. */
export interface KeptResult extends TaskResult {
  /** Under which the checkpoint has the answer; null where it does not. */
  readonly key: string | null
  /** Registry name of what answered; empty where nothing did. */
  readonly used: string
}

/** The engine's answer for one task. `outcome` is null when the series failed or was cancelled; `problems` says why. */
export interface TaskResult {
  readonly index: number
  readonly status: 'success' | 'fallback' | 'failed' | 'cancelled'
  readonly outcome: Outcome | null
  readonly problems: readonly LocatedProblem[]
}
