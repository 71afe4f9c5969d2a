import type { Db, Tenant } from '../schema.ts'

export interface NewEvent {
  readonly kind: string
  readonly body: string
}
export interface StoredEvent extends NewEvent {
  readonly id: number
}

/** Rows in one statement: parameters are bounded. */
const AT_ONCE = 500

/** Gives events the next ids of their job, without a gap, and keeps them. */
export async function appendEvents(
  db: Db,
  tenant: Tenant,
  jobId: string,
  events: readonly NewEvent[],
): Promise<StoredEvent[]> {
  if (events.length === 0) return []
  const { last_event: last } = await db
    .updateTable('job')
    .set((row) => ({ last_event: row('last_event', '+', events.length) }))
    .where('tenant_id', '=', tenant)
    .where('id', '=', jobId)
    .returning('last_event')
    .executeTakeFirstOrThrow()
  const stored = events.map((event, i) => ({ ...event, id: last - events.length + 1 + i }))
  for (let from = 0; from < stored.length; from += AT_ONCE)
    await db
      .insertInto('job_event')
      .values(stored.slice(from, from + AT_ONCE).map((event) => ({ tenant_id: tenant, job_id: jobId, ...event })))
      .execute()
  return stored
}

export const eventsAfter = (
  db: Db,
  tenant: Tenant,
  jobId: string,
  after: number,
  limit: number,
): Promise<StoredEvent[]> =>
  db
    .selectFrom('job_event')
    .select(['id', 'kind', 'body'])
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', jobId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
