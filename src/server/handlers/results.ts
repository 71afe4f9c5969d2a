import type { Overrides } from '../../contract/result.ts'
import { problem } from '../../messages.ts'
import { raiseRevision } from '../../store/queries/job.ts'
import { exceptionsAt } from '../../store/queries/series-exception.ts'
import { addOverride, newestOverride } from '../../store/queries/series-override.ts'
import {
  countMatching,
  resultNamed,
  resultPage,
  type SortColumn,
  type ResultRow as StoredRow,
} from '../../store/queries/series-result.ts'
import type { Db, Tenant } from '../../store/schema.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { findingOf } from '../exception-row.ts'
import type { Fault } from '../faults.ts'
import type { Handlers, Services } from '../handler.ts'
import { isTerminal } from '../job-state.ts'
import { onceEnded } from '../kept-answers.ts'
import { RequestProblem, refusal } from '../request-problem.ts'
import { resultRows } from '../result-rows.ts'
import { NO_OVERRIDES, seriesDetail } from '../series-detail.ts'
import { decodeResult, folded } from '../stored-result.ts'
import { jobRow } from './jobs.ts'

const DEFAULT_LIMIT = 100

export async function seriesRow(
  services: Services,
  tenant: Tenant,
  params: { id: string; name: string },
): Promise<StoredRow> {
  await jobRow(services, tenant, params.id)
  const unknown = refusal('resource_unknown', { kind: 'series', id: params.name.slice(0, 200) })
  if (params.name.includes('\u0000')) throw unknown
  const row = await resultNamed(services.store.db, tenant, params.id, params.name)
  if (row === undefined) throw unknown
  return row
}

async function overridesOf(db: Db, tenant: Tenant, jobId: string, position: number): Promise<Overrides> {
  const newest = await newestOverride(db, tenant, jobId, position)
  return newest === undefined ? NO_OVERRIDES : (JSON.parse(newest.body) as Overrides)
}

const etag = ({ version }: Overrides): string => `"${version}"`

export const resultHandlers = {
  listResults: onceEnded<'listResults'>(async ({ tenant, params, query }, services) => {
    await jobRow(services, tenant, params.id)
    const { cursor, limit = DEFAULT_LIMIT, sort: order = 'position', q } = query
    const descending = order.startsWith('-')
    const sort = order.replace('-', '') as SortColumn
    const [, value = null, position = -1] =
      cursor === undefined ? [] : readOrder(readCursor(cursor, ['text', 'value', 'number']), order)
    const wanted = {
      ...{ model: query.model, pattern: query.pattern, status: query.status },
      ...{ grade: query.grade, abc: query.abc, xyz: query.xyz, review: query.review, exception: query.exception },
      ...{ minConfidence: query.min_confidence, maxConfidence: query.max_confidence },
      ...{ minSkill: query.min_skill, maxSkill: query.max_skill },
      ...(q !== undefined && { part: folded(q) }),
    }
    const after = cursor === undefined ? null : { value, position: Number(position) }
    const { db } = services.store
    const rows = await resultPage(db, tenant, params.id, wanted, { sort, descending, after, limit })
    const last = rows.at(-1)
    const next_cursor =
      last === undefined || rows.length < limit
        ? null
        : cursorOf(order, last[sort] as string | number | null, last.position)
    const total = await countMatching(db, tenant, params.id, wanted)
    const results = await resultRows(db, tenant, params.id, rows)
    return { status: 200, body: { results, total, next_cursor } }
  }),

  getSeries: onceEnded<'getSeries'>(async ({ tenant, params, query }, services) => {
    const row = await seriesRow(services, tenant, params)
    const { locale = 'en' } = query
    const { db } = services.store
    const overrides = await overridesOf(db, tenant, params.id, row.position)
    const [shown] = await resultRows(db, tenant, params.id, [row])
    const exceptions = await exceptionsAt(db, tenant, params.id, [row.position])
    const findings = exceptions.map((one) => findingOf(one, locale))
    const detail = seriesDetail(params.id, shown!, decodeResult(row.body), findings, overrides, locale)
    return { status: 200, headers: { etag: etag(overrides) }, body: detail }
  }),

  async putOverrides({ tenant, params, headers, body }, services) {
    const job = await jobRow(services, tenant, params.id)
    if (!isTerminal(job.state)) throw refusal('job_state_unfit', { state: job.state, action: 'override' })
    const row = await seriesRow(services, tenant, params)
    const given = headers['if-match']
    // `*` would overwrite what the caller has not seen
    if (given === undefined || given.trim() === '*') throw refusal('version_required', {}, ':if-match')
    const faults = periodFaults(body.values, job.forecast_steps)
    if (faults.length > 0) throw new RequestProblem(faults)
    const { store } = services
    return store.atomically(async (db) => {
      const before = await overridesOf(db, tenant, params.id, row.position)
      const next: Overrides = {
        version: before.version + 1,
        values: [...body.values].sort((a, b) => a.period - b.period),
        ...{ reason: body.reason, author: body.author, changed_at: new Date().toISOString() },
      }
      const stored = { version: next.version, body: JSON.stringify(next) }
      const isNewest =
        given === etag(before) &&
        (await addOverride(db, tenant, params.id, row.position, stored, next.values.length > 0))
      if (!isNewest) throw refusal('version_stale', { current: before.version }, ':if-match', { etag: etag(before) })
      await raiseRevision(db, tenant, params.id)
      return { status: 200, headers: { etag: etag(next) }, body: next }
    })
  },
} satisfies Partial<Handlers>

/** A cursor belongs to the order it was made in. */
function readOrder(parts: ReturnType<typeof readCursor>, order: string) {
  if (parts[0] !== order) throw refusal('cursor_invalid', {}, '?cursor')
  return parts
}

function periodFaults(values: readonly { readonly period: number }[], steps: number): Fault[] {
  const seen = new Set<number>()
  return values.flatMap(({ period }, i): Fault[] => {
    const isGood = period <= steps && !seen.has(period)
    seen.add(period)
    const pointer = `/values/${i}/period`
    const params = { field: pointer, value: period, expected: `1 – ${steps}, once` }
    return isGood ? [] : [{ pointer, problem: problem('field_invalid', params) }]
  })
}
