import type { Selectable } from 'kysely'
import type { Db, ReviewTable, Tenant } from '../schema.ts'

export type ReviewRow = Selectable<ReviewTable>

/** Where some series of a job stand; those of which nobody has said anything are not among them. */
export const reviewsAt = (db: Db, tenant: Tenant, jobId: string, positions: readonly number[]): Promise<ReviewRow[]> =>
  positions.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('series_review')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .where('job_id', '=', jobId)
        .where('position', 'in', positions)
        .execute()

/** Says where a series stands; undefined where another word came after `version`. */
export function keepReview(
  db: Db,
  row: Omit<ReviewRow, 'version'>,
  version: number | null,
): Promise<ReviewRow | undefined> {
  return db
    .insertInto('series_review')
    .values({ ...row, version: 1 })
    .onConflict((conflict) => {
      const update = conflict.columns(['tenant_id', 'job_id', 'position']).doUpdateSet((old) => ({
        version: old('series_review.version', '+', 1),
        state: row.state,
        note: row.note,
        author: row.author,
        changed_at: row.changed_at,
      }))
      return version === null ? update : update.where('series_review.version', '=', version)
    })
    .returningAll()
    .executeTakeFirst()
}
