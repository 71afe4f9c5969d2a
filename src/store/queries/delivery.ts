import type { Selectable, Updateable } from 'kysely'
import type { Db, DeliveryTable, Schema, Tenant } from '../schema.ts'

export type DeliveryRow = Selectable<DeliveryTable>
export type AttemptRow = Selectable<Schema['delivery_attempt']>

export const insertDelivery = async (db: Db, row: DeliveryRow): Promise<void> => {
  await db.insertInto('delivery').values(row).execute()
}

export const findDelivery = (db: Db, tenant: Tenant, id: string): Promise<DeliveryRow | undefined> =>
  db.selectFrom('delivery').selectAll().where('tenant_id', '=', tenant).where('id', '=', id).executeTakeFirst()

const NONE = ['']
/** A list that SQL takes: never empty. */
const listed = (ids: readonly string[]): readonly string[] => (ids.length === 0 ? NONE : ids)

/** Those of a server whose time has come, the longest due first. */
export const dueDeliveries = (
  db: Db,
  tenant: Tenant,
  owner: string,
  now: number,
  except: readonly string[],
  limit: number,
): Promise<DeliveryRow[]> =>
  db
    .selectFrom('delivery')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('owner', '=', owner)
    .where('next_at', '<=', now)
    .where('id', 'not in', listed(except))
    .orderBy('next_at')
    .limit(limit)
    .execute()

/** When the next one is due; null for none. */
export const nextDue = async (
  db: Db,
  tenant: Tenant,
  owner: string,
  except: readonly string[],
): Promise<number | null> => {
  const { next } = await db
    .selectFrom('delivery')
    .select(({ fn }) => fn.min('next_at').as('next'))
    .where('tenant_id', '=', tenant)
    .where('owner', '=', owner)
    .where('next_at', 'is not', null)
    .where('id', 'not in', listed(except))
    .executeTakeFirstOrThrow()
  return next
}

export function listDeliveries(
  db: Db,
  tenant: Tenant,
  wanted: { before: string | null; jobId: string | undefined; state: string | undefined; limit: number },
): Promise<DeliveryRow[]> {
  let query = db.selectFrom('delivery').selectAll().where('tenant_id', '=', tenant)
  if (wanted.before !== null) query = query.where('id', '<', wanted.before)
  if (wanted.jobId !== undefined) query = query.where('job_id', '=', wanted.jobId)
  if (wanted.state !== undefined) query = query.where('state', '=', wanted.state)
  return query.orderBy('id', 'desc').limit(wanted.limit).execute()
}

export const attemptsOf = (db: Db, tenant: Tenant, ids: readonly string[]): Promise<AttemptRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('delivery_attempt')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .where('delivery_id', 'in', ids)
        .orderBy('delivery_id')
        .orderBy('number')
        .execute()

export const changeDelivery = (
  db: Db,
  tenant: Tenant,
  id: string,
  change: Updateable<DeliveryTable>,
): Promise<DeliveryRow | undefined> =>
  db
    .updateTable('delivery')
    .set(change)
    .where('tenant_id', '=', tenant)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()

/** Numbered from 1, on through every replay. */
export async function insertAttempt(
  db: Db,
  tenant: Tenant,
  attempt: Omit<AttemptRow, 'tenant_id' | 'number'>,
): Promise<void> {
  const { last } = await db
    .selectFrom('delivery_attempt')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('tenant_id', '=', tenant)
    .where('delivery_id', '=', attempt.delivery_id)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('delivery_attempt')
    .values({ tenant_id: tenant, number: (last ?? 0) + 1, ...attempt })
    .execute()
}
