import type { Generated, Kysely, Transaction } from 'kysely'

/** Whose rows: it leads every key. There is one, `local`, until there are accounts. */
export type Tenant = string & { readonly tenant: unique symbol }
export const LOCAL = 'local' as Tenant

/** Times are milliseconds since 1970; JSON is text. */
export interface Schema {
  readonly migration: { readonly number: number; readonly at: number }
  readonly job: JobTable
  readonly job_input: { readonly tenant_id: string; readonly job_id: string; readonly body: Uint8Array }
  readonly job_event: {
    readonly tenant_id: string
    readonly job_id: string
    readonly id: number
    readonly kind: string
    readonly body: string
  }
  readonly series_result: ResultTable
  readonly series_body: BodyTable
  readonly series_exception: ExceptionTable
  readonly series_review: ReviewTable
  readonly series_override: {
    readonly tenant_id: string
    readonly job_id: string
    readonly position: number
    readonly version: number
    readonly body: string
  }
  readonly upload: {
    readonly tenant_id: string
    readonly id: string
    readonly owner: string
    readonly filename: string
    readonly bytes: number
    readonly sha256: string
    readonly created_at: number
  }
  readonly idempotency: {
    readonly tenant_id: string
    readonly key: string
    readonly fingerprint: string
    readonly job_id: string
    readonly created_at: number
  }
  readonly delivery: DeliveryTable
  readonly delivery_attempt: {
    readonly tenant_id: string
    readonly delivery_id: string
    readonly number: number
    readonly at: number
    readonly status: number | null
    readonly error: string | null
    readonly seconds: number
    readonly response: string
  }
}

export interface JobTable {
  readonly tenant_id: string
  readonly id: string
  /** The server that keeps its files and runs it. */
  readonly owner: string
  readonly name: string | null
  readonly state: string
  readonly source: string
  /** What was asked for, as JSON. */
  readonly request: string
  readonly forecast_steps: number
  readonly webhook_url: string | null
  readonly webhook_secret: string | null
  readonly total: number | null
  /** Counts by status, model, pattern and grade, as JSON. */
  readonly tallies: string
  /** What was read and what was amiss, as JSON. */
  readonly report: string
  /** Time left and its range, as JSON. */
  readonly outlook: string
  readonly elapsed_ms: number
  readonly last_event: number
  /** Raised by each claim; whoever writes with an older one writes nothing. */
  readonly epoch: number
  /** 1: what failed is tried again. */
  readonly retrying: number
  readonly created_at: number
  readonly queued_at: number
  readonly started_at: number | null
  readonly finished_at: number | null
  /** Work that was computed, as `batch/plan.ts` counts it, and the seconds of all workers that it took. */
  readonly cost: Generated<number>
  readonly work_seconds: Generated<number>
  /** Raised by every override and review. */
  readonly revision: Generated<number>
}

export interface ResultTable {
  readonly tenant_id: string
  readonly job_id: string
  readonly position: number
  readonly name: string
  /** Lower case, for searches. */
  readonly name_folded: string
  readonly status: string
  readonly model: string | null
  readonly pattern: string | null
  readonly grade: string | null
  readonly confidence: number | null
  readonly mase: number | null
  readonly skill: number | null
  readonly total: number | null
  readonly overridden: Generated<number>
  /** Of the answer alone: the same one is not told twice. */
  readonly digest: string
  /** Of what the whole portfolio made of it; empty until all series are answered. */
  readonly final_digest: Generated<string>
  /** Of what is published: another one is a change. */
  readonly answer_digest: string
  /** 1: a total of the hierarchy, which stands behind all series. */
  readonly is_total: Generated<number>
  readonly abc: string | null
  readonly xyz: string | null
  /** Forecast in money. */
  readonly value: number | null
  readonly unit: string | null
  /** Total of as many periods before the forecast. */
  readonly before: number | null
  /** The history and what shaped it, as a hash. */
  readonly history_digest: string
}

export interface BodyTable {
  readonly tenant_id: string
  readonly job_id: string
  readonly position: number
  /** The row of a table, as JSON. */
  readonly row: string
  /** The result whole, and what is known of its item: bytes of the server's own. */
  readonly body: Uint8Array
}

/** What a planner should look at; the rank is its place in the list. */
export interface ExceptionTable {
  readonly tenant_id: string
  readonly job_id: string
  readonly rank: number
  readonly position: number
  readonly kind: string
  readonly severity: string
  readonly quantity: number
  readonly value: number | null
  /** What is the matter, and what to do: codes, as JSON. */
  readonly body: string
}

export interface ReviewTable {
  readonly tenant_id: string
  readonly job_id: string
  readonly position: number
  readonly version: number
  readonly state: string
  readonly note: string | null
  readonly author: string
  readonly changed_at: number
}

export interface DeliveryTable {
  readonly tenant_id: string
  readonly id: string
  readonly owner: string
  readonly job_id: string
  readonly url: string
  readonly secret: string | null
  readonly type: string
  readonly body: string
  readonly state: string
  readonly attempts: number
  readonly next_at: number | null
  readonly created_at: number
}

/** A store, or a transaction in it. */
export type Db = Kysely<Schema> | Transaction<Schema>
