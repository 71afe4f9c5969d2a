import type { ResultRow } from '../contract/result.ts'
import type { Review } from '../contract/review.ts'
import { exceptionsAt } from '../store/queries/series-exception.ts'
import type { ResultRow as StoredRow } from '../store/queries/series-result.ts'
import { type ReviewRow, reviewsAt } from '../store/queries/series-review.ts'
import type { Db, Tenant } from '../store/schema.ts'
import { kindOf } from './exception-row.ts'
import type { OwnRow } from './stored-result.ts'

export const reviewOf = ({ version, state, note, author, changed_at }: ReviewRow): Review => ({
  ...{ version, state: state as Review['state'], note, author },
  changed_at: new Date(changed_at).toISOString(),
})

/** Rows of a table, each with what waits for a person and what a person has said of it. */
export async function resultRows(
  db: Db,
  tenant: Tenant,
  jobId: string,
  stored: readonly Pick<StoredRow, 'position' | 'row' | 'overridden'>[],
): Promise<ResultRow[]> {
  const positions = stored.map(({ position }) => position)
  const reviews = new Map(
    (await reviewsAt(db, tenant, jobId, positions)).map((review) => [review.position, reviewOf(review)]),
  )
  // the first of each position is the worst
  const worst = new Map(
    (await exceptionsAt(db, tenant, jobId, positions)).reverse().map((row) => [row.position, kindOf(row)]),
  )
  return stored.map(({ position, row, overridden }) => ({
    ...(JSON.parse(row) as OwnRow),
    overridden: overridden === 1,
    exception: worst.get(position) ?? null,
    review: reviews.get(position) ?? null,
  }))
}
