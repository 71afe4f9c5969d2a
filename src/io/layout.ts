import { type LocatedProblem, problem } from '../messages.ts'
import { type Column, describeColumns } from './columns.ts'
import type { Table } from './csv.ts'
import { readDate } from './dates.ts'
import { findHeader, isDatedHeader } from './header.ts'
import { chooseKeys } from './keys.ts'
import { COLUMN_LIMIT, type ReadOptions } from './read-options.ts'

/** Which column plays which part. */
export interface Layout {
  readonly kind: 'long' | 'wide-columns' | 'wide-rows' | 'single'
  readonly names: readonly string[]
  /** Record index of the header, -1 without one. */
  readonly header: number
  readonly date: number | null
  readonly keys: readonly number[]
  readonly values: readonly number[]
  readonly unit: number | null
}

type Result =
  | { readonly layout: Layout }
  | { readonly problem: LocatedProblem; readonly header: number; readonly names: readonly string[] }

/** Most of the cells must agree with a role for a column to have it. */
const MOSTLY = 0.7

/**
 * Finds header and roles. Problems: `file_empty`, `file_header_only`, `columns_too_many`, `column_duplicated`,
 * `column_unknown` (an option names a column that is not there), `column_missing`.
 */
export function findLayout(file: string, table: Table, options: ReadOptions): Result {
  const header = findHeader(table)
  const first = table.rows[Math.max(0, header)]
  const names = header < 0 ? first.map((_, i) => `column_${i + 1}`) : trimmedEnd(first)
  const place = { file, ...(header < 0 ? {} : { row: table.lines[header] }) }
  const fail = (...[code, params, extra]: Parameters<typeof problem>): Result => ({
    problem: problem(code, params, { ...place, ...extra }),
    header,
    names,
  })
  if (names.length > COLUMN_LIMIT) return fail('columns_too_many', { columns: names.length, limit: COLUMN_LIMIT })
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i)
  if (twice !== undefined) return fail('column_duplicated', { column: twice }, { column: twice })
  if (table.rows.length === header + 1) return fail('file_header_only', { file }, { row: undefined })
  const list = names.slice(0, 20).join(', ')
  for (const name of [options.dateColumn, options.valueColumn, ...(options.seriesColumns ?? [])])
    if (name !== undefined && !names.includes(name)) return fail('column_unknown', { column: name, columns: list })

  const columns = describeColumns(names, table, header + 1)
  const base = { names, header, unit: unitColumn(columns) }
  if (options.dateColumn === undefined && header >= 0 && isDatedHeader(names))
    return { layout: { ...base, ...wideRows(columns, table, options) } }
  const date = dateColumn(columns, options)
  const free = columns.filter(({ index }) => index !== date && index !== base.unit)
  if (date === null) {
    const numbers = free.filter((column) => column.numeric >= MOSTLY)
    if (names.length === 1 && numbers.length === 1)
      return { layout: { ...base, kind: 'single', date, keys: [], values: [0] } }
    if (free.some((column) => column.numeric < MOSTLY && column.filled > 0) && numbers.length > 2)
      return { layout: { ...base, ...wideRows(columns, table, options) } }
    return fail('column_missing', { role: 'date', columns: list })
  }
  const value = valueColumn(free, options)
  const candidates = free.filter(({ index }) => index !== value)
  const found = chooseKeys(candidates, date, value, table, header + 1, options)
  if (value !== null)
    return { layout: { ...base, kind: found.length === 0 ? 'single' : 'long', date, keys: found, values: [value] } }
  const numbers = free.filter((column) => column.numeric >= MOSTLY && !found.includes(column.index))
  if (numbers.length === 0) return fail('column_missing', { role: 'value', columns: list })
  if (numbers.length === 1)
    return {
      layout: { ...base, kind: found.length === 0 ? 'single' : 'long', date, keys: found, values: [numbers[0].index] },
    }
  if (found.length > 0) return fail('column_missing', { role: 'value', columns: list })
  return { layout: { ...base, kind: 'wide-columns', date, keys: [], values: numbers.map(({ index }) => index) } }
}

/** Spreadsheets write empty columns at the end. */
function trimmedEnd(names: readonly string[]): readonly string[] {
  let end = names.length
  while (end > 1 && names[end - 1].trim() === '') end--
  return names.slice(0, end)
}

function wideRows(columns: readonly Column[], table: Table, options: ReadOptions) {
  const dated = isDatedHeader(columns.map(({ name }) => name))
  const text = columns.filter((column) => column.numeric < MOSTLY && column.filled > 0)
  const lead = dated
    ? columns.slice(
        0,
        columns.findIndex(({ name }) => readDate(name) !== null),
      )
    : text
  const leading = lead.length > 0 ? lead : columns.slice(0, 1)
  const keys = chooseKeys(leading, null, null, table, 1, options)
  const used = new Set(leading.map(({ index }) => index))
  const chosen = keys.length > 0 ? keys : [leading[0].index]
  const values = columns.filter(
    (column) => !used.has(column.index) && (dated || column.numeric >= MOSTLY || column.filled === 0),
  )
  return { kind: 'wide-rows' as const, date: null, keys: chosen, values: values.map(({ index }) => index) }
}

const unitColumn = (columns: readonly Column[]): number | null =>
  columns.find((column) => column.roles.includes('unit') && column.numeric < 0.5 && column.filled > 0)?.index ?? null

function dateColumn(columns: readonly Column[], options: ReadOptions): number | null {
  if (options.dateColumn !== undefined) return columns.find(({ name }) => name === options.dateColumn)?.index ?? null
  const free = columns.filter(({ name }) => name !== options.valueColumn && !options.seriesColumns?.includes(name))
  const named = (column: Column): boolean => column.roles.includes('date')
  const hinted = (column: Column): boolean => column.hints.includes('date')
  return (
    (
      free.find((column) => named(column) && (column.dated >= 0.5 || column.serial >= MOSTLY)) ??
      free.find(
        (column) =>
          hinted(column) && (column.dated >= MOSTLY || (column.serial >= 0.9 && !column.hints.includes('value'))),
      ) ??
      free.find((column) => column.dated >= 0.8 && column.numeric < 0.2) ??
      free.find((column) => named(column) && column.dated > 0)
    )?.index ?? null
  )
}

function valueColumn(columns: readonly Column[], options: ReadOptions): number | null {
  if (options.valueColumn !== undefined) return columns.find(({ name }) => name === options.valueColumn)?.index ?? null
  const free = columns.filter(({ name }) => !options.seriesColumns?.includes(name))
  // a value column may hold anything where its name says so: its cells are then judged one by one
  const named = free.filter((column) => column.roles.includes('value') && (column.numeric > 0.3 || column.filled === 0))
  if (named.length > 0) return named.length === 1 ? named[0].index : null
  const hinted = free.filter((column) => column.hints.includes('value') && column.numeric >= MOSTLY)
  return hinted.length === 1 ? hinted[0].index : null
}
