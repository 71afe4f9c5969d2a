import type { Config } from '../contract/config.ts'
import type { ReadOptions } from '../contract/job.ts'
import type { LocatedProblem } from '../messages.ts'
import type { Tenant } from '../store/schema.ts'
import type { JobSource } from './job-messages.ts'

/** Files that are read, how, and the language of what is told of them. */
export interface ReadOrder {
  readonly files: Extract<JobSource, { kind: 'uploads' }>['files']
  readonly read: ReadOptions
  readonly locale: string
}

/** Results of a job, and how they are told. */
export interface ResultsOrder {
  /** Where they lie. */
  readonly store: string
  readonly tenant: Tenant
  readonly jobId: string
  readonly locale: string
  /** `name=value`, for mappings to other systems. */
  readonly settings: readonly string[]
}

/** What takes long enough to hold up everybody else: each is done in a thread of its own. */
export type WorkOrder =
  | ({ readonly kind: 'check' } & ReadOrder)
  | ({ readonly kind: 'check_report' } & ReadOrder)
  | ({ readonly kind: 'estimate'; readonly config: Config; readonly forecastSteps: number } & ReadOrder)
  | ({ readonly kind: 'report'; readonly format: 'xlsx' | 'html' } & ResultsOrder)
  | ({ readonly kind: 'system_file'; readonly profile: string; readonly previous: string | null } & ResultsOrder)
  /** One profile, or all. */
  | ({ readonly kind: 'profiles'; readonly profile: string | null } & ResultsOrder)

/** One answer, or pieces of a file until `end`, each handed out when the one before has been taken. */
export type WorkSaid =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'piece'; readonly piece: string | Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly problems: readonly LocatedProblem[] }
