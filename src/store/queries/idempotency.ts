import type { Selectable } from 'kysely'
import type { Db, Schema, Tenant } from '../schema.ts'

export type Asked = Selectable<Schema['idempotency']>

/** Notes a request under its key; what stands there already where it was asked before. */
export async function noteRequest(db: Db, asked: Asked): Promise<Asked | null> {
  const added = await db
    .insertInto('idempotency')
    .values(asked)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (added !== undefined) return null
  return db
    .selectFrom('idempotency')
    .selectAll()
    .where('tenant_id', '=', asked.tenant_id)
    .where('key', '=', asked.key)
    .executeTakeFirstOrThrow()
}

export const forgetRequests = async (db: Db, tenant: Tenant, before: number): Promise<void> => {
  await db.deleteFrom('idempotency').where('tenant_id', '=', tenant).where('created_at', '<', before).execute()
}
