import { createHash } from 'node:crypto'
import { type LocatedProblem, problem } from '../messages.ts'
import { NO_ROW, type ProblemList, REJECTED, RowStates } from './collector.ts'
import { longLine, parseCsv, type Table } from './csv.ts'
import { sniffDelimiter } from './dialect.ts'
import { decode } from './encoding.ts'
import { type Formats, findFormats } from './formats.ts'
import { findLayout, type Layout } from './layout.ts'
import { nameOfFile } from './names.ts'
import type { FileReport } from './portfolio.ts'
import { LINE_LIMIT, type ReadOptions } from './read-options.ts'
import { type RawSeries, readRows } from './read-rows.ts'

/** One file, read but not yet on a grid. `report` is called when the state of each row is known. */
export interface FileRead {
  readonly series: readonly RawSeries[]
  readonly states: RowStates
  readonly layout: Layout | null
  readonly report: () => FileReport
}

export function readFile(file: string, bytes: Uint8Array, options: ReadOptions, problems: ProblemList): FileRead {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const unused = (
    encoding: string,
    why: LocatedProblem,
    table?: Table,
    header = -1,
    extra: Partial<FileReport> = {},
  ): FileRead => {
    problems.add(why)
    const states = new RowStates(table?.lines ?? [])
    for (const [i, row] of (table?.rows ?? []).entries())
      states.set(i, i <= header || row.every((cell) => cell.trim() === '') ? NO_ROW : REJECTED)
    const counts = states.count(table?.rejected ?? 0)
    const base = { file, sha256, encoding, dialect: null, layout: null, columns: {}, headerRow: null }
    return { series: [], states, layout: null, report: () => ({ ...base, ...extra, ...counts }) }
  }
  const decoded = decode(file, bytes, options)
  if ('problem' in decoded) return unused('', decoded.problem)
  const { text, encoding, damage } = decoded.decoded
  if (damage !== null) problems.add(damage)
  const long = longLine(text)
  if (long !== null)
    return unused(encoding, problem('line_too_long', { row: long, limit: LINE_LIMIT }, { file, row: long }))
  const delimiter = options.delimiter ?? sniffDelimiter(text)
  const table = parseCsv(file, text, delimiter)
  for (const one of table.problems) problems.add(one)
  if (table.rows.every((row) => row.every((cell) => cell.trim() === '')))
    return unused(encoding, problem('file_empty', { file }, { file }), table)
  const found = findLayout(file, table, options)
  if ('problem' in found) return unused(encoding, found.problem, table, found.header)
  const { layout } = found
  const headerRow = layout.header < 0 ? null : table.lines[layout.header]
  const formats = findFormats(file, table, layout, delimiter, options)
  const columns = rolesOf(layout)
  if ('problem' in formats)
    return unused(encoding, formats.problem, table, layout.header, { layout: layout.kind, columns, headerRow })
  const states = new RowStates(table.lines)
  const series = readRows(file, table, layout, formats.formats, nameOfFile(file), states, problems)
  const report = (): FileReport => ({
    file,
    sha256,
    encoding,
    dialect: { delimiter, ...commonNumbers(formats.formats), dateOrder: formats.formats.date?.order ?? null },
    layout: layout.kind,
    columns,
    headerRow,
    ...states.count(table.rejected),
  })
  return { series, states, layout, report }
}

function rolesOf({ names, date, keys, values, unit }: Layout): Record<string, string> {
  const role = (i: number): string => {
    if (i === date) return 'date'
    if (keys.includes(i)) return 'series'
    if (i === unit) return 'unit'
    return valueSet.has(i) ? 'value' : 'ignored'
  }
  const valueSet = new Set(values)
  return Object.fromEntries(names.map((name, i) => [name, role(i)]))
}

/** The number format of most value columns. */
function commonNumbers({ numbers }: Formats): { decimal: string; thousands: string } {
  const counts = new Map<string, number>()
  for (const { decimal, thousands } of numbers) {
    const key = decimal + thousands
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const [common] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['.', 0])
  return { decimal: common[0], thousands: common.slice(1) }
}
