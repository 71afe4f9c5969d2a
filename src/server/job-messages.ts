import type { Config } from '../contract/config.ts'
import type { ReadOptions } from '../contract/job.ts'
import type { ReadFile } from '../export/report/report.ts'
import type { LocatedProblem } from '../messages.ts'
import type { Exception } from '../portfolio/exceptions.ts'
import type { NewResult } from '../store/queries/series-result.ts'
import type { Tenant } from '../store/schema.ts'

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
  readonly jobId: string
  readonly tenant: Tenant
  /** Where results lie. */
  readonly store: string
  /** A job that came before, or `latest`. */
  readonly against: string | null
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
  readonly files: readonly ReadFile[]
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
      /** What the whole portfolio made of them, and the totals; before, answers as they come. */
      readonly final: boolean
      readonly results: readonly EncodedResult[]
      readonly problems: readonly LocatedProblem[]
      readonly outlook: Outlook
    }
  /** What only all results together tell. */
  | {
      readonly kind: 'whole'
      readonly exceptions: readonly Exception[]
      readonly basis: 'value' | 'quantity'
      /** What was computed this time, and the seconds of all workers that it took. */
      readonly work: { readonly cost: number; readonly seconds: number }
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly problems: readonly LocatedProblem[] }

/** `cancel`: what is not finished is a result too, of that status. */
export type ToJob = { readonly kind: 'taken' } | { readonly kind: 'stop'; readonly cancel: boolean }
