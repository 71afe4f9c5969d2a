import type { Selectable, Updateable } from 'kysely'
import type { Db, JobTable, Tenant } from '../schema.ts'

export type JobRow = Selectable<JobTable>

export const insertJob = async (db: Db, row: JobRow, input: Uint8Array | null): Promise<void> => {
  await db.insertInto('job').values(row).execute()
  if (input !== null)
    await db.insertInto('job_input').values({ tenant_id: row.tenant_id, job_id: row.id, body: input }).execute()
}

export const findJob = (db: Db, tenant: Tenant, id: string): Promise<JobRow | undefined> =>
  db.selectFrom('job').selectAll().where('tenant_id', '=', tenant).where('id', '=', id).executeTakeFirst()

/** What tells whether a job, and what was said of its results, is as it was before. */
export const stampOf = (db: Db, tenant: Tenant, id: string) =>
  db
    .selectFrom('job')
    .select(['state', 'epoch', 'last_event', 'revision'])
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()

/** Something was said of a result of a job. */
export const raiseRevision = (db: Db, tenant: Tenant, id: string) =>
  db
    .updateTable('job')
    .set((row) => ({ revision: row('revision', '+', 1) }))
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .execute()

export const inputOf = async (db: Db, tenant: Tenant, id: string): Promise<Uint8Array | null> => {
  const found = await db
    .selectFrom('job_input')
    .select('body')
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', id)
    .executeTakeFirst()
  return found?.body ?? null
}

/** The newest first, from before `before` on. */
export function listJobs(
  db: Db,
  tenant: Tenant,
  { before, state, limit }: { before: string | null; state: string | undefined; limit: number },
): Promise<JobRow[]> {
  let query = db.selectFrom('job').selectAll().where('tenant_id', '=', tenant)
  if (before !== null) query = query.where('id', '<', before)
  if (state !== undefined) query = query.where('state', '=', state)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Jobs with a result for every series that were asked for before this one, the newest first. */
export const jobsBefore = (db: Db, tenant: Tenant, id: string, limit: number): Promise<JobRow[]> =>
  db
    .selectFrom('job')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('id', '<', id)
    .where('state', 'in', ['completed', 'completed_with_failures'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Work and time of the last jobs of a server that computed anything. */
export const paceOf = (db: Db, tenant: Tenant, owner: string, limit: number) =>
  db
    .selectFrom('job')
    .select(['cost', 'work_seconds', 'elapsed_ms', 'total'])
    .where('tenant_id', '=', tenant)
    .where('owner', '=', owner)
    .where('state', 'in', ['completed', 'completed_with_failures'])
    .where('cost', '>', 0)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** Jobs of a server in these states, in the order in which they wait. */
export const jobsIn = (db: Db, tenant: Tenant, owner: string, states: readonly string[]): Promise<JobRow[]> =>
  db
    .selectFrom('job')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('state', 'in', states)
    .where('owner', '=', owner)
    .orderBy('queued_at')
    .orderBy('id')
    .execute()

export const countJobs = async (db: Db, tenant: Tenant, states: readonly string[]): Promise<number> => {
  const { count } = await db
    .selectFrom('job')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('tenant_id', '=', tenant)
    .where('state', 'in', states)
    .executeTakeFirstOrThrow()
  return count
}

/** Changes a job that is in one of `states` (and of this `epoch`, where it is given); the row as it is then, or undefined. */
export function changeJob(
  db: Db,
  tenant: Tenant,
  id: string,
  when: { readonly states: readonly string[]; readonly epoch?: number },
  change: Updateable<JobTable>,
): Promise<JobRow | undefined> {
  let query = db
    .updateTable('job')
    .set(change)
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where('state', 'in', when.states)
  if (when.epoch !== undefined) query = query.where('epoch', '=', when.epoch)
  return query.returningAll().executeTakeFirst()
}

/** A job that waits is begun; undefined where it waits no more. */
export const claimJob = (db: Db, tenant: Tenant, id: string, now: number): Promise<JobRow | undefined> =>
  db
    .updateTable('job')
    .set((row) => ({
      state: 'running',
      epoch: row('epoch', '+', 1),
      started_at: row.fn.coalesce('started_at', row.val(now)),
    }))
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returningAll()
    .executeTakeFirst()

/** With everything that belongs to it. */
export async function deleteJob(db: Db, tenant: Tenant, id: string): Promise<void> {
  const attempts = db.selectFrom('delivery').select('id').where('tenant_id', '=', tenant).where('job_id', '=', id)
  await db.deleteFrom('delivery_attempt').where('tenant_id', '=', tenant).where('delivery_id', 'in', attempts).execute()
  for (const table of [
    'job_input',
    'job_event',
    'series_result',
    'series_body',
    'series_override',
    'series_exception',
    'series_review',
    'idempotency',
    'delivery',
  ] as const)
    await db.deleteFrom(table).where('tenant_id', '=', tenant).where('job_id', '=', id).execute()
  await db.deleteFrom('job').where('tenant_id', '=', tenant).where('id', '=', id).execute()
}
