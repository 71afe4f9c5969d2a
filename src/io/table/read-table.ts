import { type Code, type LocatedProblem, problem, type Repair } from '../../messages.ts'
import { GridMemo } from '../../series/on-grid.ts'
import type { FileReport } from '../portfolio.ts'
import type { ProblemList } from '../problem-list.ts'
import type { ReadOptions } from '../read-options.ts'
import type { RecordSource } from '../record.ts'
import { RowStates } from '../row-states.ts'
import { farRows } from './far-dates.ts'
import { type Formats, findFormats } from './formats.ts'
import type { ReadTable } from './item.ts'
import { findLayout, type Layout } from './layout.ts'
import { type CellRepair, readRows } from './read-rows.ts'
import { sampleOf } from './sample.ts'

/** A table as it lies in a file: its records, and what the format already says. */
export interface TableSource {
  readonly file: string
  readonly sha256: string
  readonly encoding: string
  readonly sheet: string | null
  readonly records: RecordSource
  /** Null for formats that have none. */
  readonly delimiter: string | null
  readonly quote: string | null
  readonly evidence: readonly Code[]
  /** Name of the series where no column names one. */
  readonly seriesName: string
}

/** A table, read but not yet on grids; null where it could not be understood. `report` waits for the state of each row. */
export interface TableRead {
  readonly table: ReadTable | null
  readonly report: () => FileReport
}

/** Understands a table and takes every row of it. Throws for a record that breaks the format's limits. */
export async function readTable(source: TableSource, options: ReadOptions, problems: ProblemList): Promise<TableRead> {
  const { file, sha256, encoding, sheet, records, delimiter, quote } = source
  const base = {
    file,
    sha256,
    encoding,
    sheet,
    evidence: source.evidence,
    dialect: null,
    layout: null,
    columns: {},
    headerRow: null,
    examples: [],
  }
  const sample = await sampleOf(records)
  const unused = (why: LocatedProblem, extra: Partial<FileReport> = {}): TableRead => {
    problems.add(why)
    const rejected = sample.records + sample.unreadable
    return { table: null, report: () => ({ ...base, ...extra, rowsIn: rejected, used: 0, repaired: 0, rejected }) }
  }
  if (sample.head.rows.length === 0) {
    await records.scan(
      () => true,
      (one) => void (one !== null && problems.add(one)),
    )
    return unused(problem('file_empty', { file }, { file }))
  }
  const found = findLayout(file, sample, options)
  if ('problem' in found) return unused(found.problem)
  const { layout } = found
  const headerRow = layout.headerLine === 0 ? null : layout.headerLine
  const columns = rolesOf(layout)
  const formats = findFormats(file, sample, layout, delimiter, options)
  if ('problem' in formats) return unused(formats.problem, { layout: layout.kind, columns, headerRow })
  const states = new RowStates()
  const read = await readRows(file, records, layout, formats.formats, source.seriesName, states, problems)
  const rows =
    layout.date === null || layout.kind === 'wide-rows'
      ? read.rows
      : farRows(file, read.rows, layout.names[layout.date]!, states, problems)
  const report = (): FileReport => ({
    ...base,
    evidence: [...source.evidence, ...formats.formats.evidence],
    dialect: {
      delimiter,
      quote,
      ...commonNumbers(layout, formats.formats),
      dateOrder: formats.formats.date?.order ?? null,
    },
    layout: layout.kind,
    columns,
    headerRow,
    examples: read.examples,
    ...states.count(sample.unreadable),
  })
  return {
    table: {
      file,
      layout,
      formats: formats.formats,
      read: { ...read, rows },
      states,
      repairs: bySeries(read.repairs),
      memo: new GridMemo(),
    },
    report,
  }
}

function bySeries(repairs: readonly CellRepair[]): Map<number, Repair[]> {
  const groups = new Map<number, Repair[]>()
  for (const { series, repair } of repairs) {
    const group = groups.get(series)
    if (group === undefined) groups.set(series, [repair])
    else group.push(repair)
  }
  return groups
}

/** Names in files are in snake_case. */
const WRITTEN: Readonly<Record<string, string>> = {
  leadTime: 'lead_time',
  serviceLevel: 'service_level',
  minimumOrder: 'minimum_order',
}

function rolesOf({ names, date, datePart, keys, values, extras }: Layout): Record<string, string> {
  const roles = new Map<number, string>(values.map((i) => [i, 'value']))
  for (const i of extras.regressors) roles.set(i, 'regressor')
  for (const { index, role } of extras.attributes) roles.set(index, WRITTEN[role] ?? role)
  if (extras.stockOut !== null) roles.set(extras.stockOut, 'stock_out')
  for (const i of keys) roles.set(i, 'series')
  if (datePart !== null && datePart.index >= 0) roles.set(datePart.index, 'date')
  if (date !== null) roles.set(date, 'date')
  return Object.fromEntries(names.map((name, i) => [name, roles.get(i) ?? 'ignored']))
}

/** The number format of most value columns. */
function commonNumbers({ values }: Layout, { numbers }: Formats): { decimal: string; thousands: string } {
  const counts = new Map<string, number>()
  for (const index of values) {
    const { decimal, thousands } = numbers.get(index)!
    counts.set(decimal + thousands, (counts.get(decimal + thousands) ?? 0) + 1)
  }
  const [common] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['.', 0])
  return { decimal: common[0]!, thousands: common.slice(1) }
}
