import type { Exception, ExceptionPage } from '../../contract/exception.ts'
import { raiseRevision } from '../../store/queries/job.ts'
import { exceptionPage, exceptionStates } from '../../store/queries/series-exception.ts'
import { resultsAt } from '../../store/queries/series-result.ts'
import { keepReview, reviewsAt } from '../../store/queries/series-review.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { findingOf } from '../exception-row.ts'
import { exceptionTotals } from '../exception-totals.ts'
import type { Handlers } from '../handler.ts'
import { onceEnded } from '../kept-answers.ts'
import { refusal } from '../request-problem.ts'
import { resultRows, reviewOf } from '../result-rows.ts'
import { jobRow } from './jobs.ts'
import { seriesRow } from './results.ts'

export const exceptionHandlers = {
  listExceptions: onceEnded<'listExceptions'>(async ({ tenant, params, query }, services) => {
    const { id } = await jobRow(services, tenant, params.id)
    const { cursor, limit = 100, locale = 'en', kind, severity, state } = query
    const after = cursor === undefined ? -1 : Number(readCursor(cursor, ['number'])[0])
    const { db } = services.store
    const wanted = { kind, severity, state }
    const found = await exceptionPage(db, tenant, id, wanted, after, limit)
    const positions = [...new Set(found.map(({ position }) => position))]
    const stored = await resultsAt(db, tenant, id, positions)
    const rows = new Map((await resultRows(db, tenant, id, stored)).map((row) => [row.position, row]))
    const exceptions = found.flatMap((one): Exception[] => {
      const row = rows.get(one.position)
      if (row === undefined) return []
      return [{ series: row.name, position: one.position, ...findingOf(one, locale), row, review: row.review }]
    })
    const matching = await exceptionStates(db, tenant, id, wanted)
    const { by_state } = counted(await exceptionStates(db, tenant, id))
    const body: ExceptionPage = {
      exceptions,
      total: matching.reduce((sum, { count }) => sum + count, 0),
      totals: await exceptionTotals(db, tenant, id),
      by_state,
      next_cursor: found.length < limit ? null : cursorOf(found.at(-1)!.rank),
    }
    return { status: 200, body }
  }),

  async putReview({ tenant, params, headers, body }, services) {
    const row = await seriesRow(services, tenant, params)
    const given = headers['if-match']
    const { db } = services.store
    const version = given === undefined || given.trim() === '*' ? null : Number(/^"(\d{1,9})"$/.exec(given)?.[1] ?? -1)
    const word = {
      ...{ tenant_id: tenant, job_id: params.id, position: row.position },
      ...{ state: body.state, note: body.note ?? null, author: body.author, changed_at: Date.now() },
    }
    const said = await services.store.atomically(async (step) => {
      const kept = await keepReview(step, word, version)
      if (kept !== undefined) await raiseRevision(step, tenant, params.id)
      return kept
    })
    if (said === undefined) {
      const [now] = await reviewsAt(db, tenant, params.id, [row.position])
      const current = now?.version ?? 0
      throw refusal('version_stale', { current }, ':if-match', { etag: `"${current}"` })
    }
    return { status: 200, headers: { etag: `"${said.version}"` }, body: reviewOf(said) }
  },
} satisfies Partial<Handlers>

/** Exceptions, and series that have any, by the state of their series. */
export function counted(found: Awaited<ReturnType<typeof exceptionStates>>) {
  const of = (state: string) => found.find((one) => one.state === state) ?? { count: 0, series: 0 }
  const [open, accepted, later] = [of('open'), of('accepted'), of('later')]
  return {
    by_state: { open: open.count, accepted: accepted.count, later: later.count },
    series: { open: open.series, accepted: accepted.series, later: later.series },
  }
}
