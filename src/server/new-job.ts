import { v7 } from 'uuid'
import { DEFAULT_STEPS } from '../contract/job.ts'
import type { JobRow } from '../store/queries/job.ts'
import type { Tenant } from '../store/schema.ts'
import { noTallies } from './tallies.ts'
import { type JobRequest, NO_OUTLOOK, NO_REPORT } from './wire-job.ts'

interface NewJob {
  readonly tenant: Tenant
  readonly owner: string
  readonly name?: string | undefined
  readonly source: 'portfolio' | 'uploads'
  readonly request: JobRequest
  readonly forecastSteps?: number | undefined
  readonly callbacks?: { readonly webhook_url: string; readonly secret?: string | undefined } | undefined
  /** Series, where they are known before anything is read. */
  readonly total: number | null
}

/** A job that nobody has begun, as a row. */
export function newJobRow({ tenant, owner, name, source, request, forecastSteps, callbacks, total }: NewJob): JobRow {
  const now = Date.now()
  return {
    ...{ tenant_id: tenant, id: v7(), owner, name: name ?? null, state: 'queued', source, total },
    request: JSON.stringify(request),
    forecast_steps: forecastSteps ?? DEFAULT_STEPS,
    webhook_url: callbacks?.webhook_url ?? null,
    webhook_secret: callbacks?.secret ?? null,
    tallies: JSON.stringify(noTallies()),
    report: JSON.stringify(NO_REPORT),
    outlook: JSON.stringify(NO_OUTLOOK),
    ...{ elapsed_ms: 0, last_event: 0, epoch: 0, retrying: 0, cost: 0, work_seconds: 0, revision: 0 },
    ...{ created_at: now, queued_at: now, started_at: null, finished_at: null },
  }
}
