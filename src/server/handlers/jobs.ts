import type { Config } from '../../contract/config.ts'
import type { ReadOptions } from '../../contract/job.ts'
import { API } from '../../contract/routes.ts'
import { noteRequest } from '../../store/queries/idempotency.ts'
import { countJobs, deleteJob, findJob, insertJob, type JobRow, listJobs } from '../../store/queries/job.ts'
import { appendEvents } from '../../store/queries/job-event.ts'
import { findUploads } from '../../store/queries/upload.ts'
import type { Db, Tenant } from '../../store/schema.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import type { Asked, Given, Handlers, Services } from '../handler.ts'
import { ENDED, isTerminal } from '../job-state.ts'
import { newJobRow } from '../new-job.ts'
import { refusal } from '../request-problem.ts'
import { stateEvent } from '../running-job.ts'
import { judgeTarget } from '../webhooks/target.ts'
import { configOf, readOptionsOf } from '../wire-config.ts'
import { type JobRequest, jobOf } from '../wire-job.ts'

/** The job, or 404 as for any other id. */
export async function jobRow(services: Pick<Services, 'store'>, tenant: Tenant, id: string): Promise<JobRow> {
  const row = await findJob(services.store.db, tenant, id)
  if (row === undefined) throw refusal('resource_unknown', { kind: 'job', id })
  return row
}

const told = (row: JobRow, { runner }: Services, locale?: string): Given => ({
  status: 200,
  body: jobOf(row, runner.queueOf(row), locale),
})

interface NewJob {
  readonly name?: string | undefined
  readonly config?: Config | undefined
  readonly callbacks?: { readonly webhook_url: string; readonly secret?: string | undefined } | undefined
  readonly forecast_steps?: number | undefined
  readonly against?: string | undefined
}

/** Takes a job on: when this returns it is on disk, and will be done whatever happens. */
async function take(
  { tenant, headers, digest, request }: Pick<Asked<'createJob'>, 'tenant' | 'headers' | 'digest' | 'request'>,
  services: Services,
  body: NewJob,
  source: { readonly kind: 'portfolio' | 'uploads'; readonly input: Uint8Array | null; readonly total: number | null },
  rest: Omit<JobRequest, 'config' | 'against'>,
): Promise<Given> {
  const { store, settings, runner, hub, owner } = services
  if (services.isEnding()) throw refusal('server_ending', {}, '', { 'retry-after': '5' })
  const config = body.config ?? {}
  configOf(config)
  const { against = null } = body
  if (against !== null && against !== 'latest' && (await findJob(store.db, tenant, against)) === undefined)
    throw refusal('resource_unknown', { kind: 'job', id: against }, '/against')
  if (body.callbacks !== undefined) await judgeTarget(body.callbacks.webhook_url, settings.allowedWebhooks)
  const row = newJobRow({
    ...{ tenant, owner, name: body.name, forecastSteps: body.forecast_steps, source: source.kind, total: source.total },
    ...{ request: { config, against, ...rest }, callbacks: body.callbacks },
  })
  const { id } = row
  const key = headers['idempotency-key']
  const fingerprint = `${request.routeOptions.url} ${digest}`
  const taken = await store.atomically(async (db) => {
    const before = key === undefined ? null : await asked(db, tenant, key, fingerprint, id)
    if (before !== null) return { row: before, events: [] }
    if ((await countJobs(db, tenant, ['queued', 'running', 'paused'])) >= settings.limits.openJobs)
      throw refusal('jobs_too_many', { limit: settings.limits.openJobs }, '', { 'retry-after': '30' })
    await insertJob(db, row, source.input)
    return { row: { ...row, last_event: 1 }, events: await appendEvents(db, tenant, id, [stateEvent('queued')]) }
  })
  hub.publish(taken.row.id, taken.events)
  runner.wake()
  return {
    status: 202,
    headers: { location: `${API}/jobs/${taken.row.id}` },
    body: jobOf(taken.row, runner.queueOf(taken.row)),
  }
}

/** The job that the same request was answered with before; null for the first time. */
async function asked(db: Db, tenant: Tenant, key: string, fingerprint: string, id: string): Promise<JobRow | null> {
  const before = await noteRequest(db, { tenant_id: tenant, key, fingerprint, job_id: id, created_at: Date.now() })
  if (before === null) return null
  if (before.fingerprint !== fingerprint) throw refusal('idempotency_key_reused', { key }, ':idempotency-key')
  return (await findJob(db, tenant, before.job_id)) ?? null
}

/** Moves a job by the runner; 409 where its state does not allow it, and it is not there (`isThere`) without being moved. */
async function moved(
  { tenant, params }: { readonly tenant: Tenant; readonly params: { readonly id: string } },
  services: Services,
  action: string,
  move: (row: JobRow) => Promise<unknown>,
  isReached: (row: JobRow) => boolean,
  isThere = isReached,
): Promise<Given> {
  const done = await move(await jobRow(services, tenant, params.id))
  const row = await jobRow(services, tenant, params.id)
  if (!(done === undefined ? isThere(row) : isReached(row)))
    throw refusal('job_state_unfit', { state: row.state, action })
  return told(row, services)
}

export const jobHandlers = {
  createBatchForecast(asked, services) {
    const { portfolio, ...body } = asked.body
    const input = Buffer.from(JSON.stringify(portfolio))
    const none: ReadOptions = {}
    const source = { kind: 'portfolio', input, total: portfolio.length } as const
    return take(asked, services, body, source, { uploads: [], read: none, acceptRejects: false })
  },

  async createJob(asked, services) {
    const { uploads: ids, read = {}, accept_rejects: acceptRejects = false, ...body } = asked.body
    readOptionsOf(read)
    const found = await findUploads(services.store.db, asked.tenant, ids)
    const uploads = ids.map((id, i) => {
      const upload = found.find((each) => each.id === id)
      if (upload === undefined) throw refusal('resource_unknown', { kind: 'upload', id }, `/uploads/${i}`)
      return { id, filename: upload.filename }
    })
    return take(asked, services, body, { kind: 'uploads', input: null, total: null }, { uploads, read, acceptRejects })
  },

  async listJobs({ tenant, query }, { store, runner }) {
    const { cursor, limit = 50, state } = query
    const before = cursor === undefined ? null : String(readCursor(cursor, ['text'])[0])
    const rows = await listJobs(store.db, tenant, { before, state, limit })
    const next_cursor = rows.length < limit ? null : cursorOf(rows.at(-1)!.id)
    return { status: 200, body: { jobs: rows.map((row) => jobOf(row, runner.queueOf(row))), next_cursor } }
  },

  async getJob({ tenant, params, query }, services) {
    return told(await jobRow(services, tenant, params.id), services, query.locale)
  },

  async deleteJob({ tenant, params }, services) {
    const row = await jobRow(services, tenant, params.id)
    if (!isTerminal(row.state)) throw refusal('job_state_unfit', { state: row.state, action: 'delete' })
    await services.store.atomically((db) => deleteJob(db, tenant, row.id))
    await services.runner.removeFiles(row.id)
    return { status: 204 }
  },

  pauseJob: (asked, services) =>
    moved(
      asked,
      services,
      'pause',
      async ({ id }) => (await services.runner.stop(id, 'pause')) || services.runner.pauseWaiting(id),
      ({ state }) => state === 'paused',
    ),

  resumeJob: (asked, services) =>
    moved(
      asked,
      services,
      'resume',
      ({ id }) => services.runner.queueAgain(id, ['paused'], false),
      ({ state }) => state === 'queued' || state === 'running',
    ),

  cancelJob: (asked, services) =>
    moved(
      asked,
      services,
      'cancel',
      async ({ id }) => (await services.runner.stop(id, 'cancel')) || services.runner.endWaiting(id),
      ({ state }) => state === 'cancelled',
    ),

  retryJob: (asked, services) =>
    moved(
      asked,
      services,
      'retry',
      ({ id }) => services.runner.queueAgain(id, [...ENDED], true),
      () => true,
      () => false,
    ),
} satisfies Partial<Handlers>
