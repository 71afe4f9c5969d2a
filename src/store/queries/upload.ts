import type { Selectable } from 'kysely'
import type { Db, Schema, Tenant } from '../schema.ts'

export type UploadRow = Selectable<Schema['upload']>

export const insertUpload = async (db: Db, row: UploadRow): Promise<void> => {
  await db.insertInto('upload').values(row).execute()
}

export const findUploads = (db: Db, tenant: Tenant, ids: readonly string[]): Promise<UploadRow[]> =>
  db.selectFrom('upload').selectAll().where('tenant_id', '=', tenant).where('id', 'in', ids).execute()

export const deleteUpload = async (db: Db, tenant: Tenant, id: string): Promise<void> => {
  await db.deleteFrom('upload').where('tenant_id', '=', tenant).where('id', '=', id).execute()
}
