import type { Config } from '../contract/config.ts'
import type { ReadOptions } from '../contract/job.ts'
import type { LocatedProblem } from '../messages.ts'
import type { NewResult } from '../store/queries/series-result.ts'

/** What a job computes from. */
export type JobSource =
  | { readonly kind: 'portfolio'; readonly body: Uint8Array }
  | {
      readonly kind: 'uploads'
      readonly files: readonly { readonly filename: string; readonly path: string; readonly sha256: string }[]
      readonly read: ReadOptions
      readonly acceptRejects: boolean
    }

/** Everything a job's thread needs to know. */
export interface JobOrder {
  readonly folder: string
  readonly source: JobSource
  readonly config: Config
  readonly forecastSteps: number
  /** Worker threads. */
  readonly workers: number
  readonly retry: boolean
}

/** What was read. */
export interface ReadReport {
  readonly rows: {
    readonly rows_in: number
    readonly used: number
    readonly repaired: number
    readonly rejected: number
  } | null
  readonly problems: readonly LocatedProblem[]
}

export interface Outlook {
  readonly seconds_left: number | null
  readonly seconds_left_range: readonly [number, number] | null
}

export type EncodedResult = Omit<NewResult, 'tenant_id' | 'job_id'>

export type FromJob =
  | { readonly kind: 'read'; readonly total: number; readonly report: ReadReport }
  /** Waits for `taken` before the next. */
  | {
      readonly kind: 'results'
      readonly results: readonly EncodedResult[]
      readonly problems: readonly LocatedProblem[]
      readonly outlook: Outlook
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly problems: readonly LocatedProblem[] }

/** `cancel`: what is not finished is a result too, of that status. */
export type ToJob = { readonly kind: 'taken' } | { readonly kind: 'stop'; readonly cancel: boolean }
