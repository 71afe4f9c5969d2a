import type { Summary } from '../../contract/summary.ts'
import { median, tally } from '../../export/report/summary.ts'
import type { JobRow } from '../../store/queries/job.ts'
import { exceptionStates } from '../../store/queries/series-exception.ts'
import { changesBetween, countMatching, figuresOf, totalsPage } from '../../store/queries/series-result.ts'
import type { Tenant } from '../../store/schema.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import { exceptionTotals } from '../exception-totals.ts'
import type { Handlers, Services } from '../handler.ts'
import { jobBefore } from '../job-before.ts'
import { onceEnded } from '../kept-answers.ts'
import { resultRows } from '../result-rows.ts'
import { decodeResult } from '../stored-result.ts'
import { reportOf } from '../wire-job.ts'
import { counted } from './exceptions.ts'
import { jobRow } from './jobs.ts'

type Figures = Awaited<ReturnType<typeof figuresOf>>[number]
type Cells = NonNullable<Summary['classes']>['cells']

const BUCKETS = 10

export const summaryHandlers = {
  async getSummary({ tenant, params, query }, services) {
    const job = await jobRow(services, tenant, params.id)
    const other = query.against === undefined ? null : await jobRow(services, tenant, query.against)
    const { db } = services.store
    const rows = await figuresOf(db, tenant, job.id)
    const forecast = rows.filter(({ model }) => model !== null)
    const skills = forecast.flatMap(({ skill }) => (skill === null ? [] : [skill]))
    const { whole } = reportOf(job)
    const body: Summary = {
      job_id: job.id,
      series: rows.length,
      horizon: job.forecast_steps,
      status: tally(rows.map(({ status }) => status)),
      models: tally(words(forecast, 'model')),
      patterns: tally(words(rows, 'pattern')),
      grades: tally(words(forecast, 'grade')),
      confidence: bucketsOf(forecast),
      classes: whole && { basis: whole.basis, cells: cellsOf(rows) },
      totals: unitTotals(rows),
      value: sumOf(rows, 'value'),
      against_seasonal_naive: {
        compared: skills.length,
        beating_share: skills.length === 0 ? null : skills.filter((skill) => skill > 0).length / skills.length,
        median_skill: median(skills),
      },
      exceptions: await exceptionTotals(db, tenant, job.id),
      reviews: counted(await exceptionStates(db, tenant, job.id)).series,
      against: await againstOf(services, tenant, job, other, rows),
    }
    return { status: 200, body }
  },

  listTotals: onceEnded<'listTotals'>(async ({ tenant, params, query }, services) => {
    const { id } = await jobRow(services, tenant, params.id)
    const { cursor, limit = 100 } = query
    const after = cursor === undefined ? -1 : Number(readCursor(cursor, ['number'])[0])
    const { db } = services.store
    const found = await totalsPage(db, tenant, id, after, limit)
    const rows = await resultRows(db, tenant, id, found)
    const totals = found.map(({ body }, i) => {
      const { portfolio } = decodeResult(body).result
      const { level, group, parts } = portfolio!.total!
      const { method, base } = portfolio!.reconciliation ?? {}
      return {
        row: rows[i]!,
        ...{ level: [...level], group: [...group], parts: parts.length },
        reconciliation: method ?? null,
        base: base === undefined ? null : base.reduce((sum, value) => sum + value, 0),
      }
    })
    const total = await countMatching(db, tenant, id, { totals: true })
    const next_cursor = found.length < limit ? null : cursorOf(found.at(-1)!.position)
    return { status: 200, body: { totals, total, next_cursor } }
  }),
} satisfies Partial<Handlers>

const words = (rows: readonly Figures[], column: 'model' | 'pattern' | 'grade'): string[] =>
  rows.flatMap((row) => row[column] ?? [])

/** Null where none has any. */
function sumOf(rows: readonly Figures[], column: 'value' | 'total' | 'before'): number | null {
  const values = rows.flatMap((row) => row[column] ?? [])
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0)
}

function bucketsOf(rows: readonly Figures[]): number[] {
  const buckets = new Array<number>(BUCKETS).fill(0)
  for (const { confidence } of rows)
    if (confidence !== null) buckets[Math.min(BUCKETS - 1, Math.floor(confidence * BUCKETS))]!++
  return buckets
}

const cellsOf = (rows: readonly Figures[]): Cells =>
  [...Map.groupBy(rows, ({ abc, xyz }) => `${abc} ${xyz}`).values()]
    .flatMap((some) => {
      const { abc, xyz } = some[0]!
      if (abc === null) return []
      return [{ abc, xyz, count: some.length, quantity: sumOf(some, 'total') ?? 0, value: sumOf(some, 'value') }]
    })
    .sort((a, b) => (`${a.abc}${a.xyz ?? '~'}` < `${b.abc}${b.xyz ?? '~'}` ? -1 : 1)) as Cells

/** What has no forecast is in no total. */
const unitTotals = (rows: readonly Figures[]): Summary['totals'] =>
  [
    ...Map.groupBy(
      rows.filter(({ total }) => total !== null),
      ({ unit }) => unit,
    ),
  ]
    .map(([unit, some]) => {
      const both = some.filter(({ before }) => before !== null)
      const before = sumOf(both, 'before') ?? 0
      const change = before === 0 ? null : (sumOf(both, 'total') ?? 0) / before - 1
      return { unit, series: some.length, forecast: sumOf(some, 'total') ?? 0, before, change }
    })
    .sort((a, b) => b.series - a.series || ((a.unit ?? '') < (b.unit ?? '') ? -1 : 1))

async function againstOf(
  { store: { db } }: Services,
  tenant: Tenant,
  job: JobRow,
  asked: JobRow | null,
  rows: readonly Figures[],
): Promise<Summary['against']> {
  const names = rows.map(({ name }) => name)
  const other = asked ?? (names.length === 0 ? null : await jobBefore(db, tenant, job.id, names))
  if (other === null) return null
  const { both, changed, before, after } = await changesBetween(db, tenant, job.id, other.id)
  const theirs = await countMatching(db, tenant, other.id, {})
  return {
    job_id: other.id,
    name: other.name,
    finished_at: other.finished_at === null ? null : new Date(other.finished_at).toISOString(),
    ...{ both, changed, added: rows.length - both, gone: theirs - both },
    ...{ before, after },
    // totals of as many periods only
    change: before === 0 || job.forecast_steps !== other.forecast_steps ? null : after / before - 1,
  }
}
