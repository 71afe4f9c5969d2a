import type { Db, Tenant } from '../schema.ts'

export interface StoredOverride {
  readonly version: number
  readonly body: string
}

/** The newest set of overrides of a series; older ones stay. */
export const newestOverride = (
  db: Db,
  tenant: Tenant,
  jobId: string,
  position: number,
): Promise<StoredOverride | undefined> =>
  db
    .selectFrom('series_override')
    .select(['version', 'body'])
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', jobId)
    .where('position', '=', position)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The newest set of overrides of each series that has any. */
export const newestOverrides = (db: Db, tenant: Tenant, jobId: string) =>
  db
    .selectFrom('series_override')
    .select(['position', 'body'])
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', jobId)
    .where(({ eb, selectFrom }) =>
      eb(
        'version',
        '=',
        selectFrom('series_override as other')
          .select(({ fn }) => fn.max('other.version').as('newest'))
          .where('other.tenant_id', '=', tenant)
          .where('other.job_id', '=', jobId)
          .whereRef('other.position', '=', 'series_override.position'),
      ),
    )
    .execute()

/** Adds a version; false where another one came first. */
export async function addOverride(
  db: Db,
  tenant: Tenant,
  jobId: string,
  position: number,
  { version, body }: StoredOverride,
  overridden: boolean,
): Promise<boolean> {
  const added = await db
    .insertInto('series_override')
    .values({ tenant_id: tenant, job_id: jobId, position, version, body })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'job_id', 'position', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst()
  if (added === undefined) return false
  await db
    .updateTable('series_result')
    .set({ overridden: overridden ? 1 : 0 })
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', jobId)
    .where('position', '=', position)
    .execute()
  return true
}
