import type { ForecastOptions, Outcome } from '../automl/outcome.ts'
import type { Series } from '../series/series.ts'
import type { TaskResult } from './task.ts'

/** The one function a worker calls; throws a `Problem` for a series that cannot be forecast at all. */
export type ForecastSeries = (series: Series, options: ForecastOptions) => Outcome

/** Handed to a worker when it starts: the module that exports `forecastSeries`. */
export interface WorkerSetup {
  readonly engine: string
}

/** What of a task crosses to the worker; repairs and earlier problems stay with the caller. */
export interface Job {
  readonly index: number
  readonly series: Series
  readonly options: ForecastOptions
}

/** To the worker: series to be forecast one after the other. */
export type Chunk = readonly Job[]

/** From the worker: `ready` once, when the engine is loaded; then one result per job, in the order of the chunk. */
export type Report = { readonly kind: 'ready' } | { readonly kind: 'result'; readonly result: TaskResult }
