import type { Insertable, Selectable } from 'kysely'
import type { Db, ExceptionTable, Tenant } from '../schema.ts'

export type ExceptionRow = Selectable<ExceptionTable>
type NewException = Omit<Insertable<ExceptionTable>, 'tenant_id' | 'job_id'>

const AT_ONCE = 500

/** Puts these exceptions of a job in place of those before. */
export async function keepExceptions(
  db: Db,
  tenant: Tenant,
  jobId: string,
  exceptions: readonly NewException[],
): Promise<void> {
  await db.deleteFrom('series_exception').where('tenant_id', '=', tenant).where('job_id', '=', jobId).execute()
  for (let from = 0; from < exceptions.length; from += AT_ONCE) {
    const some = exceptions.slice(from, from + AT_ONCE)
    await db
      .insertInto('series_exception')
      .values(some.map((one) => ({ tenant_id: tenant, job_id: jobId, ...one })))
      .execute()
  }
}

export interface ExceptionsWanted {
  readonly kind?: string | undefined
  readonly severity?: string | undefined
  /** Where its series stands; `open` where nobody has said anything. */
  readonly state?: string | undefined
}

const inState = (db: Db, tenant: Tenant, jobId: string, wanted: ExceptionsWanted) => {
  let query = db
    .selectFrom('series_exception')
    .leftJoin('series_review', (join) =>
      join
        .onRef('series_review.tenant_id', '=', 'series_exception.tenant_id')
        .onRef('series_review.job_id', '=', 'series_exception.job_id')
        .onRef('series_review.position', '=', 'series_exception.position'),
    )
    .where('series_exception.tenant_id', '=', tenant)
    .where('series_exception.job_id', '=', jobId)
  if (wanted.kind !== undefined) query = query.where('kind', '=', wanted.kind)
  if (wanted.severity !== undefined) query = query.where('severity', '=', wanted.severity)
  const { state } = wanted
  if (state === 'open') query = query.where((row) => row.or([row('state', 'is', null), row('state', '=', 'open')]))
  else if (state !== undefined) query = query.where('state', '=', state)
  return query
}

/** A page in the order of ranks, after `after`. */
export const exceptionPage = (
  db: Db,
  tenant: Tenant,
  jobId: string,
  wanted: ExceptionsWanted,
  after: number,
  limit: number,
): Promise<ExceptionRow[]> =>
  inState(db, tenant, jobId, wanted)
    .selectAll('series_exception')
    .where('rank', '>', after)
    .orderBy('rank')
    .limit(limit)
    .execute()

/** How many there are, by the state of their series. */
export async function exceptionStates(
  db: Db,
  tenant: Tenant,
  jobId: string,
  wanted: ExceptionsWanted = {},
): Promise<{ readonly state: string; readonly count: number; readonly series: number }[]> {
  const found = await inState(db, tenant, jobId, wanted)
    .select(({ fn }) => [
      'state' as const,
      fn.countAll<number>().as('count'),
      fn.count<number>('series_exception.position').distinct().as('series'),
    ])
    .groupBy('state')
    .execute()
  const sums = new Map<string, { state: string; count: number; series: number }>()
  for (const { state: said, count, series } of found) {
    const state = said ?? 'open'
    const sum = sums.get(state) ?? { state, count: 0, series: 0 }
    sums.set(state, { state, count: sum.count + count, series: sum.series + series })
  }
  return [...sums.values()]
}

/** What is at stake, without the words. */
export const stakes = (db: Db, tenant: Tenant, jobId: string) =>
  db
    .selectFrom('series_exception')
    .select(['position', 'kind', 'severity', 'quantity', 'value'])
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', jobId)
    .orderBy('rank')
    .execute()

/** Everything that a planner should look at, in order. */
export const allExceptions = (db: Db, tenant: Tenant, jobId: string): Promise<ExceptionRow[]> =>
  db
    .selectFrom('series_exception')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', jobId)
    .orderBy('rank')
    .execute()

/** Exceptions of some series, worst first. */
export const exceptionsAt = (
  db: Db,
  tenant: Tenant,
  jobId: string,
  positions: readonly number[],
): Promise<ExceptionRow[]> =>
  positions.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('series_exception')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .where('job_id', '=', jobId)
        .where('position', 'in', positions)
        .orderBy('rank')
        .execute()
