import type { ForecastOptions, Outcome } from '../automl/outcome.ts'
import type { Watch } from '../automl/watch.ts'
import type { Code } from '../messages.ts'
import type { Series } from '../series/series.ts'
import type { Carried } from './carried.ts'
import type { PackedAnswers } from './packed-answers.ts'
import type { PackedJobs } from './packed-jobs.ts'
import type { Texts } from './texts.ts'

/** The one function a worker calls; throws a `Problem` for a series that cannot be forecast at all. */
export type ForecastSeries = (series: Series, options: ForecastOptions, watch: Watch) => Outcome

/** Handed to a worker when it starts: the module that exports `forecastSeries`, and its part of the shared memory. */
export interface WorkerSetup {
  readonly engine: string
  readonly hands: SharedArrayBuffer
  /** File that gets what the hands hold; null for none. */
  readonly journal: string | null
}

/** Who may work on a series: all, until one of them has taken too long or brought a worker down. */
export interface Limits {
  readonly chain: Watch['chain']
  /** Null: all but `refused`. */
  readonly only: readonly string[] | null
  readonly refused: readonly string[]
  /** Why; null without limits. The answer is then a fallback. */
  readonly because: Code | null
  /** Why some are left out for want of time, where what answers is no fallback for that; null otherwise. */
  readonly reduced: Code | null
}

/** What of a task crosses to the worker; repairs and earlier problems stay with the caller. */
export interface Job {
  readonly index: number
  readonly series: Series
  readonly options: ForecastOptions
  readonly carried: Carried | null
}

/** To the worker: series to be forecast one after the other. */
export interface Chunk {
  readonly jobs: PackedJobs
  /** Under which the answers are to be kept, in the order of the jobs: they come back sealed; null: they are not. */
  readonly keys: Texts | null
  readonly limits: Limits
  /** Infinity for no limit. */
  readonly secondsPerModel: number
  /** Whether what is estimated lies beside each answer. */
  readonly keepStates: boolean
}

/** From the worker: `ready` once, when the engine is loaded; then an answer per job, in the order of the chunk, some at a time. */
export type Report = { readonly kind: 'ready' } | ({ readonly kind: 'answers' } & PackedAnswers)
