import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, ResultTable, Tenant } from '../schema.ts'

export type NewResult = Insertable<ResultTable>
export type ResultRow = Selectable<ResultTable>
export type Seen = Pick<ResultRow, 'position' | 'status' | 'model' | 'pattern' | 'grade'>

const AT_ONCE = 200
const SEEN = ['position', 'status', 'model', 'pattern', 'grade'] as const

/**
 * Keeps results; one that is there already, with the same content, stays as it is. What was new or other than before: its
 * position, and what stood there.
 */
export async function keepResults(
  db: Db,
  tenant: Tenant,
  jobId: string,
  rows: readonly NewResult[],
): Promise<{ readonly changed: ReadonlySet<number>; readonly before: ReadonlyMap<number, Seen> }> {
  const changed = new Set<number>()
  const before = new Map<number, Seen>()
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE)
    const positions = some.map(({ position }) => position)
    const there = await db
      .selectFrom('series_result')
      .select(SEEN)
      .where('tenant_id', '=', tenant)
      .where('job_id', '=', jobId)
      .where('position', 'in', positions)
      .execute()
    const written = await db
      .insertInto('series_result')
      .values(some)
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'job_id', 'position'])
          .doUpdateSet((row) => ({
            name: row.ref('excluded.name'),
            name_folded: row.ref('excluded.name_folded'),
            status: row.ref('excluded.status'),
            model: row.ref('excluded.model'),
            pattern: row.ref('excluded.pattern'),
            grade: row.ref('excluded.grade'),
            confidence: row.ref('excluded.confidence'),
            mase: row.ref('excluded.mase'),
            skill: row.ref('excluded.skill'),
            total: row.ref('excluded.total'),
            digest: row.ref('excluded.digest'),
            history_digest: row.ref('excluded.history_digest'),
            row: row.ref('excluded.row'),
            body: row.ref('excluded.body'),
          }))
          .whereRef('series_result.digest', '!=', 'excluded.digest'),
      )
      .returning('position')
      .execute()
    for (const { position } of written) changed.add(position)
    for (const seen of there) if (changed.has(seen.position)) before.set(seen.position, seen)
  }
  return { changed, before }
}

/** Counts by status, model, pattern and grade. */
export const countsOf = (db: Db, tenant: Tenant, jobId: string) =>
  db
    .selectFrom('series_result')
    .select(({ fn }) => ['status', 'model', 'pattern', 'grade', fn.countAll<number>().as('count')])
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', jobId)
    .groupBy(['status', 'model', 'pattern', 'grade'])
    .execute()

export interface Wanted {
  readonly model?: string | undefined
  readonly pattern?: string | undefined
  readonly status?: string | undefined
  readonly minConfidence?: number | undefined
  readonly maxConfidence?: number | undefined
  /** Part of the name, folded. */
  readonly part?: string | undefined
}

export type SortColumn =
  | 'position'
  | 'name'
  | 'status'
  | 'model'
  | 'pattern'
  | 'confidence'
  | 'mase'
  | 'skill'
  | 'total'

export interface PageOf {
  readonly sort: SortColumn
  readonly descending: boolean
  /** The last of the page before. */
  readonly after: { readonly value: string | number | null; readonly position: number } | null
  readonly limit: number
}

function matching(db: Db, tenant: Tenant, jobId: string, wanted: Wanted) {
  let query = db.selectFrom('series_result').where('tenant_id', '=', tenant).where('job_id', '=', jobId)
  if (wanted.model !== undefined) query = query.where('model', '=', wanted.model)
  if (wanted.pattern !== undefined) query = query.where('pattern', '=', wanted.pattern)
  if (wanted.status !== undefined) query = query.where('status', '=', wanted.status)
  if (wanted.minConfidence !== undefined) query = query.where('confidence', '>=', wanted.minConfidence)
  if (wanted.maxConfidence !== undefined) query = query.where('confidence', '<=', wanted.maxConfidence)
  if (wanted.part !== undefined) {
    const literal = wanted.part.replace(/[\\%_]/g, '\\$&')
    query = query.where(sql<boolean>`name_folded like ${`%${literal}%`} escape '\\'`)
  }
  return query
}

/** A page in the order asked for, equal ones by position; what has no value comes last, either way. */
export function resultPage(
  db: Db,
  tenant: Tenant,
  jobId: string,
  wanted: Wanted,
  { sort, descending, after, limit }: PageOf,
) {
  let query = matching(db, tenant, jobId, wanted).select(['position', 'name', 'row', 'overridden', sort])
  const beyond = descending ? '<' : '>'
  if (after !== null && sort === 'position') query = query.where('position', beyond, after.position)
  else if (after !== null)
    query = query.where((row) => {
      const later = row('position', '>', after.position)
      if (after.value === null) return row.and([row(sort, 'is', null), later])
      return row.or([
        row(sort, beyond, after.value as never),
        row.and([row(sort, '=', after.value as never), later]),
        row(sort, 'is', null),
      ])
    })
  if (sort !== 'position') query = query.orderBy(sort, (by) => (descending ? by.desc() : by.asc()).nullsLast())
  return query
    .orderBy('position', sort === 'position' && descending ? 'desc' : 'asc')
    .limit(limit)
    .execute()
}

export const countMatching = async (db: Db, tenant: Tenant, jobId: string, wanted: Wanted): Promise<number> => {
  const { count } = await matching(db, tenant, jobId, wanted)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** The first series of that name. */
export const resultNamed = (db: Db, tenant: Tenant, jobId: string, name: string): Promise<ResultRow | undefined> =>
  db
    .selectFrom('series_result')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', jobId)
    .where('name', '=', name)
    .orderBy('position')
    .limit(1)
    .executeTakeFirst()

/** Whole results in the order of the input, a page at a time. */
export async function* everyResult(db: Db, tenant: Tenant, jobId: string): AsyncGenerator<ResultRow> {
  for (let after = -1; ; ) {
    const page = await db
      .selectFrom('series_result')
      .selectAll()
      .where('tenant_id', '=', tenant)
      .where('job_id', '=', jobId)
      .where('position', '>', after)
      .orderBy('position')
      .limit(AT_ONCE)
      .execute()
    yield* page
    if (page.length < AT_ONCE) return
    after = page.at(-1)!.position
  }
}

/** Of names after `after`, what two runs are compared by; the first of a name. */
export const sides = (db: Db, tenant: Tenant, jobId: string, after: string | null, limit: number) => {
  let query = db
    .selectFrom('series_result')
    .select(['name', 'status', 'model', 'total', 'confidence', 'digest', 'history_digest'])
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', jobId)
  if (after !== null) query = query.where('name', '>', after)
  return query.orderBy('name').orderBy('position').limit(limit).execute()
}
