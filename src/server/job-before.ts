import { type JobRow, jobsBefore } from '../store/queries/job.ts'
import { countNamed } from '../store/queries/series-result.ts'
import type { Db, Tenant } from '../store/schema.ts'

/** Jobs that are looked at, and names that tell whether one is of the same series. */
const LOOKED_AT = 20
const SAMPLE = 50

/** The newest job before this one that has ended and has at least half of its series. */
export async function jobBefore(
  db: Db,
  tenant: Tenant,
  jobId: string,
  names: readonly string[],
): Promise<JobRow | null> {
  const step = Math.max(1, Math.floor(names.length / SAMPLE))
  const sample = names.filter((_, i) => i % step === 0).slice(0, SAMPLE)
  for (const job of await jobsBefore(db, tenant, jobId, LOOKED_AT))
    if (2 * (await countNamed(db, tenant, job.id, sample)) >= sample.length) return job
  return null
}
