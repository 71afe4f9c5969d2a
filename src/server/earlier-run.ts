import { type Earlier, earlierOf } from '../portfolio/exceptions.ts'
import { openStore } from '../store/open-store.ts'
import { everyResult } from '../store/queries/series-result.ts'
import { jobBefore } from './job-before.ts'
import type { JobOrder } from './job-messages.ts'
import { decodeResult } from './stored-result.ts'

/** What the run before said of each series; empty where there is none, or it is not to be held against. */
export async function earlierRun(
  { store: place, tenant, jobId, against }: Pick<JobOrder, 'store' | 'tenant' | 'jobId' | 'against'>,
  names: ReadonlySet<string>,
): Promise<Map<string, Earlier>> {
  const found = new Map<string, Earlier>()
  if (against === null) return found
  const store = await openStore(place)
  try {
    const other = against === 'latest' ? ((await jobBefore(store.db, tenant, jobId, [...names]))?.id ?? null) : against
    if (other === null) return found
    for await (const { name, body } of everyResult(store.db, tenant, other)) {
      if (!names.has(name)) continue
      const earlier = earlierOf(decodeResult(body).result)
      if (earlier !== null) found.set(name, earlier)
    }
    return found
  } finally {
    await store.close()
  }
}
