import type { Repair } from '../../messages.ts'
import type { Frequency } from '../../series/calendar.ts'
import type { GridMemo } from '../../series/on-grid.ts'
import type { Regressors } from '../../series/regressors.ts'
import { type Regular, regularize } from '../../series/regularize.ts'
import type { PortfolioItem } from '../portfolio.ts'
import type { ReadOptions } from '../read-options.ts'
import { REJECTED, REPAIRED, type RowStates } from '../row-states.ts'
import { factsOf } from './facts.ts'
import type { Formats } from './formats.ts'
import { pickRows, type Rows } from './gathered.ts'
import type { Layout } from './layout.ts'
import { CELL, type TableRows } from './read-rows.ts'
import { treatSales } from './sales.ts'

/** A table that was read, and how. */
export interface ReadTable {
  readonly file: string
  readonly layout: Layout
  readonly formats: Formats
  readonly read: TableRows
  readonly states: RowStates
  /** Repairs made cell by cell, by series. */
  readonly repairs: ReadonlyMap<number, readonly Repair[]>
  readonly memo: GridMemo
}

export interface Made {
  readonly item: PortfolioItem
  readonly evidence: Regular['evidence']
}

const NO_REPAIRS: readonly Repair[] = []
const NO_PROBLEMS: Regular['problems'] = []

/** Puts one series of a table on its grid, and tells the table what became of its rows. */
export function makeItem(
  table: ReadTable,
  series: number,
  name: string,
  options: ReadOptions,
  frequency?: Frequency,
): Made {
  const { layout, read, states, formats } = table
  const wide = layout.kind === 'wide-columns' || layout.kind === 'wide-rows'
  const column =
    layout.kind === 'wide-rows'
      ? null
      : (layout.names[layout.values[layout.kind === 'wide-columns' ? series : 0]!] ?? null)
  const all = read.rows.rowsOf(series)
  const { rows, future } = withoutFuture(all, layout.extras.regressors.length)
  const sales = treatSales(rows, layout, { series: name, column }, options)
  const regular = regularize(
    { ...rows, values: sales.values },
    {
      series: name,
      column,
      frequency: options.frequency ?? frequency,
      seasonLength: options.seasonLength,
      duplicates: options.duplicates,
      gaps: options.gaps,
      incomplete: options.incomplete,
      outliers: options.outliers,
      memo: table.memo,
    },
  )
  const lost = regular.rows.rejected === rows.values.length && !wide
  for (let i = 0; i < rows.rows.length; i++)
    if (lost) states.set(rows.rows[i]!, REJECTED)
    else if (regular.touched[i] === 1 || sales.touched.has(i)) states.set(rows.rows[i]!, REPAIRED)
  const own = (table.repairs.get(series) ?? NO_REPAIRS).map((repair) => ({ ...repair, series: name }))
  const told = sales.touched.size === 0 ? regular.repairs : untold(regular.repairs, rows, sales.touched)
  const texts = told.some(({ kind }) => kind === 'missing_value')
    ? told.map((repair) => withText(repair, table, series))
    : told
  const { values, calendar, seasonLength, problems } = regular
  const repairs = own.length + sales.repairs.length === 0 ? texts : [...own, ...sales.repairs, ...texts]
  const regressors = regressorsOf(regular, all, layout, future)
  const facts = factsOf(read.attributes, series, formats)
  const item: PortfolioItem = {
    ...{ name, values, calendar, seasonLength, unit: facts.unit },
    // most series have none, and there may be a million
    repairs: repairs.length === 0 ? NO_REPAIRS : repairs,
    problems: problems.length === 0 ? NO_PROBLEMS : problems,
    ...(regressors !== null && { regressors }),
    ...(facts.known !== null && { facts: facts.known }),
    ...groupOf(table, series, facts.known?.location),
  }
  return { item, evidence: regular.evidence }
}

/** What the key columns of the series hold, and its location where that is none of them. */
function groupOf({ layout, read }: ReadTable, series: number, location?: string): Pick<PortfolioItem, 'group'> {
  const cells = read.keys[series] ?? []
  const entries = cells.map((cell, k) => [layout.names[layout.keys[k]!]!, cell])
  if (location !== undefined) entries.push(['location', location])
  return entries.length === 0 ? {} : { group: Object.fromEntries(entries) }
}

/** A value that was set missing is listed with its reason already. */
function untold(repairs: readonly Repair[], { rows }: Rows, touched: ReadonlySet<number>): readonly Repair[] {
  const listed = new Set([...touched].map((i) => rows[i]))
  return repairs.filter(({ kind, row }) => kind !== 'missing_value' || row === null || !listed.has(row))
}

/** A missing value is shown as it stood in the file: `n/d`. */
function withText(repair: Repair, { layout, read }: ReadTable, series: number): Repair {
  if (repair.kind !== 'missing_value' || repair.row === null) return repair
  const { kind, values } = layout
  const column = kind === 'wide-columns' ? values[series]! : values[0]!
  const cells = kind === 'wide-rows' ? values : [column]
  const text = cells.map((i) => read.missing.get(repair.row! * CELL + i)).find((one) => one !== undefined)
  return { ...repair, before: text ?? '' }
}

/** Rows after the last value that tell a regressor are the future, no missing values. */
function withoutFuture(all: Rows, regressors: number): { rows: Rows; future: boolean } {
  if (regressors === 0) return { rows: all, future: false }
  const { ticks, values } = all
  let last = Number.NEGATIVE_INFINITY
  for (let i = 0; i < ticks.length; i++) if (Number.isFinite(values[i]) && ticks[i]! > last) last = ticks[i]!
  const kept: number[] = []
  for (let i = 0; i < ticks.length; i++) {
    const ahead = ticks[i]! > last && all.extras.slice(0, regressors).some((column) => !Number.isNaN(column[i]))
    if (!ahead) kept.push(i)
  }
  if (kept.length === ticks.length || kept.length === 0) return { rows: all, future: false }
  return { rows: pickRows(all, kept), future: true }
}

/** The regressor columns on the grid of the values, with the periods to come; those known for none of them left out. */
function regressorsOf(regular: Regular, all: Rows, layout: Layout, future: boolean): Regressors | null {
  const { regressors } = layout.extras
  if (regressors.length === 0 || !future || regular.values.length === 0) return null
  const n = regular.values.length
  const index = Float64Array.from(all.ticks, (tick, i) => regular.indexOf(tick, i))
  const length = index.reduce((most, at) => Math.max(most, at + 1), n)
  const names: string[] = []
  const columns: Float64Array[] = []
  for (const [c, at] of regressors.entries()) {
    const sums = new Float64Array(length)
    const counts = new Float64Array(length)
    for (let i = 0; i < index.length; i++) {
      const value = all.extras[c]![i]!
      if (!(index[i]! >= 0) || !Number.isFinite(value)) continue
      sums[index[i]!]! += value
      counts[index[i]!]!++
    }
    const column = sums.map((sum, i) => sum / counts[i]!)
    if (!Number.isFinite(column[n])) continue
    names.push(layout.names[at]!)
    columns.push(column)
  }
  return names.length === 0 ? null : { names, columns }
}
