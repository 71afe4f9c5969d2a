import { type Insertable, type Selectable, sql } from 'kysely'
import type { BodyTable, Db, ResultTable, Tenant } from '../schema.ts'

type Body = Pick<BodyTable, 'row' | 'body'>
export type NewResult = Insertable<ResultTable> & Body
export type ResultRow = Selectable<ResultTable> & Body
export type Seen = Pick<ResultRow, 'position' | 'status' | 'model' | 'pattern' | 'grade' | 'confidence'>

const AT_ONCE = 200
const SEEN = ['position', 'status', 'model', 'pattern', 'grade', 'confidence'] as const

/** Columns that a result in place of another one brings along. */
const COLUMNS = [
  ...(['name', 'name_folded', 'status', 'model', 'pattern', 'grade', 'confidence', 'mase', 'skill', 'total'] as const),
  ...(['answer_digest', 'is_total', 'abc', 'xyz', 'value', 'unit', 'before', 'history_digest'] as const),
] as const

/** What was new or other than before: its position, and what stood there. */
export interface Kept {
  readonly changed: ReadonlySet<number>
  readonly before: ReadonlyMap<number, Seen>
}

/**
 * Keeps answers; one that is there already, with the same content, stays as it is. `final`: keeps what the whole portfolio
 * made of them.
 */
export async function keepResults(
  db: Db,
  tenant: Tenant,
  jobId: string,
  rows: readonly NewResult[],
  digest: 'digest' | 'final_digest' = 'digest',
): Promise<Kept> {
  const changed = new Set<number>()
  const before = new Map<number, Seen>()
  // another answer is final no more
  const digests = digest === 'digest' ? (['digest', 'final_digest'] as const) : ([digest] as const)
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE)
    const positions = some.map(({ position }) => position)
    const there = await resultsOf(db, tenant, jobId).select(SEEN).where('position', 'in', positions).execute()
    const written = await db
      .insertInto('series_result')
      .values(some.map(({ row: _, body: __, ...narrow }) => narrow))
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'job_id', 'position'])
          .doUpdateSet((row) =>
            Object.fromEntries([...COLUMNS, ...digests].map((column) => [column, row.ref(`excluded.${column}`)])),
          )
          .whereRef(`series_result.${digest}`, '!=', `excluded.${digest}`),
      )
      .returning('position')
      .execute()
    for (const { position } of written) changed.add(position)
    const bodies = some.flatMap(({ tenant_id, job_id, position, row, body }) =>
      changed.has(position) ? [{ tenant_id, job_id, position, row, body }] : [],
    )
    if (bodies.length > 0)
      await db
        .insertInto('series_body')
        .values(bodies)
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'job_id', 'position'])
            .doUpdateSet((row) => ({ row: row.ref('excluded.row'), body: row.ref('excluded.body') })),
        )
        .execute()
    for (const seen of there) if (changed.has(seen.position)) before.set(seen.position, seen)
  }
  return { changed, before }
}

/** All that is narrow of the results of a job. */
const resultsOf = (db: Db, tenant: Tenant, jobId: string) =>
  db.selectFrom('series_result').where('tenant_id', '=', tenant).where('job_id', '=', jobId)

/** Counts of series, totals left out, by status, model, pattern and grade. */
export const countsOf = (db: Db, tenant: Tenant, jobId: string) =>
  resultsOf(db, tenant, jobId)
    .select(({ fn }) => ['status', 'model', 'pattern', 'grade', fn.countAll<number>().as('count')])
    .where('is_total', '=', 0)
    .groupBy(['status', 'model', 'pattern', 'grade'])
    .execute()

/** The same results with their rows, or whole: what is large is read for those alone that are asked for. */
async function withRows<R extends { readonly position: number }>(
  db: Db,
  tenant: Tenant,
  jobId: string,
  found: readonly R[],
): Promise<(R & Pick<Body, 'row'>)[]> {
  const rows = await bodiesAt(db, tenant, jobId, found).select(['position', 'row']).execute()
  return joined(found, rows)
}

async function whole<R extends { readonly position: number }>(
  db: Db,
  tenant: Tenant,
  jobId: string,
  found: readonly R[],
): Promise<(R & Body)[]> {
  const rows = await bodiesAt(db, tenant, jobId, found).select(['position', 'row', 'body']).execute()
  return joined(found, rows)
}

const bodiesAt = (db: Db, tenant: Tenant, jobId: string, found: readonly { readonly position: number }[]) =>
  db
    .selectFrom('series_body')
    .where('tenant_id', '=', tenant)
    .where('job_id', '=', jobId)
    // a list of nothing is none of SQL's
    .where('position', 'in', [-1, ...found.map(({ position }) => position)])

function joined<R extends { readonly position: number }, B extends { readonly position: number }>(
  found: readonly R[],
  rows: readonly B[],
): (R & B)[] {
  const bodies = new Map(rows.map((row) => [row.position, row]))
  return found.map((one) => ({ ...one, ...bodies.get(one.position)! }))
}

export interface Wanted {
  readonly model?: string | undefined
  readonly pattern?: string | undefined
  readonly status?: string | undefined
  readonly minConfidence?: number | undefined
  readonly maxConfidence?: number | undefined
  readonly grade?: string | undefined
  readonly abc?: string | undefined
  readonly xyz?: string | undefined
  readonly minSkill?: number | undefined
  readonly maxSkill?: number | undefined
  /** Where it stands; `open` where nobody has said anything. */
  readonly review?: string | undefined
  /** A kind of exception that it has. */
  readonly exception?: string | undefined
  /** Part of the name, folded. */
  readonly part?: string | undefined
  /** Totals in place of series. */
  readonly totals?: boolean | undefined
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
  | 'value'

export interface PageOf {
  readonly sort: SortColumn
  readonly descending: boolean
  /** The last of the page before. */
  readonly after: { readonly value: string | number | null; readonly position: number } | null
  readonly limit: number
}

function matching(db: Db, tenant: Tenant, jobId: string, wanted: Wanted) {
  let query = resultsOf(db, tenant, jobId).where('is_total', '=', wanted.totals ? 1 : 0)
  for (const column of ['model', 'pattern', 'status', 'grade', 'abc', 'xyz'] as const) {
    const value = wanted[column]
    if (value !== undefined) query = query.where(column, '=', value)
  }
  if (wanted.minSkill !== undefined) query = query.where('skill', '>=', wanted.minSkill)
  if (wanted.maxSkill !== undefined) query = query.where('skill', '<=', wanted.maxSkill)
  if (wanted.exception !== undefined)
    query = query.where(
      'position',
      'in',
      db
        .selectFrom('series_exception')
        .select('position')
        .where('tenant_id', '=', tenant)
        .where('job_id', '=', jobId)
        .where('kind', '=', wanted.exception),
    )
  if (wanted.review !== undefined) {
    const { review } = wanted
    const reviewed = db
      .selectFrom('series_review')
      .select('position')
      .where('tenant_id', '=', tenant)
      .where('job_id', '=', jobId)
    query =
      review === 'open'
        ? query.where('position', 'not in', reviewed.where('state', '!=', review))
        : query.where('position', 'in', reviewed.where('state', '=', review))
  }
  if (wanted.minConfidence !== undefined) query = query.where('confidence', '>=', wanted.minConfidence)
  if (wanted.maxConfidence !== undefined) query = query.where('confidence', '<=', wanted.maxConfidence)
  if (wanted.part !== undefined) {
    const literal = wanted.part.replace(/[\\%_]/g, '\\$&')
    query = query.where(sql<boolean>`name_folded like ${`%${literal}%`} escape '\\'`)
  }
  return query
}

/** A page in the order asked for, equal ones by position; what has no value comes last, either way. */
export async function resultPage(
  db: Db,
  tenant: Tenant,
  jobId: string,
  wanted: Wanted,
  { sort, descending, after, limit }: PageOf,
) {
  let query = matching(db, tenant, jobId, wanted).select(['position', 'name', 'overridden', sort])
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
  const found = await query
    .orderBy('position', sort === 'position' && descending ? 'desc' : 'asc')
    .limit(limit)
    .execute()
  return withRows(db, tenant, jobId, found)
}

export const countMatching = async (db: Db, tenant: Tenant, jobId: string, wanted: Wanted): Promise<number> => {
  const { count } = await matching(db, tenant, jobId, wanted)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Rows at some positions, without the results themselves. */
export async function resultsAt(db: Db, tenant: Tenant, jobId: string, positions: readonly number[]) {
  if (positions.length === 0) return []
  const found = await resultsOf(db, tenant, jobId)
    .select(['position', 'name', 'overridden'])
    .where('position', 'in', positions)
    .execute()
  return withRows(db, tenant, jobId, found)
}

/** What the series of a job come to in numbers, totals left out, in the order of the input. */
export const figuresOf = (db: Db, tenant: Tenant, jobId: string) =>
  resultsOf(db, tenant, jobId)
    .select(['name', 'status', 'model', 'pattern', 'grade', 'confidence', 'skill'])
    .select(['abc', 'xyz', 'total', 'before', 'value', 'unit'])
    .where('is_total', '=', 0)
    .orderBy('position')
    .execute()

/** Totals of a job with what they are made of, a page after `after`. */
export async function totalsPage(db: Db, tenant: Tenant, jobId: string, after: number, limit: number) {
  const found = await resultsOf(db, tenant, jobId)
    .select(['position', 'overridden'])
    .where('is_total', '=', 1)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute()
  return whole(db, tenant, jobId, found)
}

/** Series that two jobs share by name: how many, how many are published otherwise, and the totals of those that both forecast. */
export async function changesBetween(
  db: Db,
  tenant: Tenant,
  jobId: string,
  otherId: string,
): Promise<{ readonly both: number; readonly changed: number; readonly before: number; readonly after: number }> {
  const { both, changed, before, after } = await db
    .selectFrom('series_result as mine')
    .innerJoin('series_result as other', (join) =>
      join.onRef('other.tenant_id', '=', 'mine.tenant_id').onRef('other.name', '=', 'mine.name'),
    )
    .where('mine.tenant_id', '=', tenant)
    .where('mine.job_id', '=', jobId)
    .where('other.job_id', '=', otherId)
    .where('mine.is_total', '=', 0)
    .where('other.is_total', '=', 0)
    .select(({ fn }) => [
      fn.countAll<number>().as('both'),
      sql<number>`sum(case when mine.answer_digest <> other.answer_digest then 1 else 0 end)`.as('changed'),
      sql<number>`sum(case when mine.total is null then 0 else other.total end)`.as('before'),
      sql<number>`sum(case when other.total is null then 0 else mine.total end)`.as('after'),
    ])
    .executeTakeFirstOrThrow()
  return { both, changed: Number(changed ?? 0), before: before ?? 0, after: after ?? 0 }
}

/** How many of these names a job has. */
export const countNamed = async (db: Db, tenant: Tenant, jobId: string, names: readonly string[]): Promise<number> => {
  if (names.length === 0) return 0
  const { count } = await resultsOf(db, tenant, jobId)
    .select(({ fn }) => fn.count<number>('name').distinct().as('count'))
    .where('name', 'in', names)
    .executeTakeFirstOrThrow()
  return count
}

/** The first series of that name. */
export async function resultNamed(db: Db, tenant: Tenant, jobId: string, name: string): Promise<ResultRow | undefined> {
  const found = await resultsOf(db, tenant, jobId)
    .selectAll()
    .where('name', '=', name)
    .orderBy('position')
    .limit(1)
    .execute()
  return found.length === 0 ? undefined : (await whole(db, tenant, jobId, found))[0]
}

/** Whole results in the order of the input, a page at a time. */
export async function* everyResult(db: Db, tenant: Tenant, jobId: string): AsyncGenerator<ResultRow> {
  for (let after = -1; ; ) {
    const page = await resultsOf(db, tenant, jobId)
      .selectAll()
      .where('position', '>', after)
      .orderBy('position')
      .limit(AT_ONCE)
      .execute()
    yield* await whole(db, tenant, jobId, page)
    if (page.length < AT_ONCE) return
    after = page.at(-1)!.position
  }
}

/** Of names after `after`, what two runs are compared by; the first of a name. */
export async function sides(db: Db, tenant: Tenant, jobId: string, after: string | null, limit: number) {
  let query = resultsOf(db, tenant, jobId).select([
    'position',
    'name',
    'status',
    'model',
    'total',
    'confidence',
    'answer_digest',
    'history_digest',
  ])
  if (after !== null) query = query.where('name', '>', after)
  return whole(db, tenant, jobId, await query.orderBy('name').orderBy('position').limit(limit).execute())
}
