import { type LocatedProblem, problem } from '../../messages.ts'
import { COLUMN_LIMIT, type ReadOptions } from '../read-options.ts'
import { type Column, describeColumns } from './columns.ts'
import { type DatePart, datePart, namedDate } from './date-parts.ts'
import { type Extras, extrasOf, noExtras, withLocation } from './extras.ts'
import { datedColumns } from './header.ts'
import { chooseKeys } from './keys.ts'
import { monthColumns } from './month-columns.ts'
import { isQuantity } from './role-names.ts'
import type { Sample } from './sample.ts'

/** Which column plays which part. */
export interface Layout {
  readonly kind: 'long' | 'wide-columns' | 'wide-rows' | 'single'
  readonly names: readonly string[]
  /** Line of the header, 0 without one. */
  readonly headerLine: number
  readonly date: number | null
  /** Where year and month (week, quarter) stand in two columns: the one beside `date`, which is then the year. */
  readonly datePart: DatePart | null
  readonly keys: readonly number[]
  readonly values: readonly number[]
  readonly extras: Extras
}

type Result = { readonly layout: Layout } | { readonly problem: LocatedProblem; readonly names: readonly string[] }

/** Most of the cells must agree with a role for a column to have it. */
const MOSTLY = 0.7

/**
 * Finds header and roles. Problems: `file_header_only`, `columns_too_many`, `column_duplicated`, `column_unknown` (an
 * option names a column that is not there), `column_missing`.
 */
export function findLayout(file: string, sample: Sample, options: ReadOptions): Result {
  const { head, header, headerLine, spread } = sample
  const first = head.rows[Math.max(0, header)] ?? []
  const names = header < 0 ? first.map((_, i) => `column_${i + 1}`) : trimmedEnd(first)
  const place = { file, ...(headerLine > 0 && { row: headerLine }) }
  const fail = (...[code, params, extra]: Parameters<typeof problem>): Result => ({
    problem: problem(code, params, { ...place, ...extra }),
    names,
  })
  if (names.length > COLUMN_LIMIT) return fail('columns_too_many', { columns: names.length, limit: COLUMN_LIMIT })
  const twice = duplicated(names)
  if (twice !== null) return fail('column_duplicated', { column: twice }, { column: twice })
  if (sample.records === 0 && sample.unreadable === 0) return fail('file_header_only', { file }, { row: undefined })
  const list = names.slice(0, 20).join(', ')
  const { dateColumn, valueColumn, seriesColumns = [], regressorColumns = [] } = options
  for (const name of [dateColumn, valueColumn, ...seriesColumns, ...regressorColumns])
    if (name !== undefined && !names.includes(name)) return fail('column_unknown', { column: name, columns: list })

  const columns = describeColumns(names, spread)
  const base = { names, headerLine, datePart: null, extras: noExtras }
  const rows = head.rows.slice(header + 1)
  const dated = dateColumn === undefined && header >= 0 ? datedColumns(names) : null
  if (dated !== null) return { layout: { ...base, ...seriesInRows(columns, dated, rows, options) } }
  const months = dateColumn === undefined && header >= 0 ? monthColumns(columns) : null
  if (months !== null) {
    const { keys, extras, kind } = seriesInRows(
      columns.filter(({ index }) => index !== months.year),
      months.columns,
      rows,
      options,
    )
    return {
      layout: {
        ...base,
        kind,
        keys,
        extras,
        date: months.year,
        datePart: { index: -1, unit: 'month' },
        values: months.columns,
      },
    }
  }
  const date = namedDate(columns, options)
  if (date === null) {
    const numbers = columns.filter((column) => column.numeric >= MOSTLY)
    if (names.length === 1 && numbers.length === 1)
      return { layout: { ...base, kind: 'single', date, keys: [], values: [0] } }
    const text = columns.filter((column) => column.numeric < MOSTLY && column.filled > 0)
    const values = numbers.filter((column) => !column.roles.includes('total')).map(({ index }) => index)
    if (text.length > 0 && values.length > 2)
      return { layout: { ...base, ...seriesInRows(columns, values, rows, options) } }
    return fail('column_missing', { role: 'date', columns: list })
  }
  const part = options.dateColumn === undefined ? datePart(columns, date) : null
  const free = columns.filter(({ index }) => index !== date && index !== part?.index)
  // a column of prices or stocks is the series itself where nothing else is
  for (const extras of [extrasOf(free, options), noExtras]) {
    const candidates = free.filter(({ index }) => !extras.used.has(index))
    const value = chosenValue(candidates, options)
    const others = candidates.filter(({ index }) => index !== value)
    const keys = chooseKeys(others, { date, part: part?.index ?? null, value }, rows, options)
    const long = {
      ...base,
      kind: keys.length === 0 ? ('single' as const) : ('long' as const),
      date,
      datePart: part,
      keys,
      extras: withLocation(extras, others, keys),
    }
    if (value !== null) return { layout: { ...long, values: [value] } }
    const numbers = candidates.filter(
      (column) => column.numeric >= MOSTLY && !keys.includes(column.index) && !column.roles.includes('total'),
    )
    if (numbers.length === 1) return { layout: { ...long, values: [numbers[0]!.index] } }
    if (numbers.length > 1) {
      if (keys.length > 0) return fail('column_missing', { role: 'value', columns: list })
      const shared = { ...extras, attributes: [] }
      return {
        layout: {
          ...base,
          kind: 'wide-columns',
          date,
          datePart: part,
          keys: [],
          extras: shared,
          values: numbers.map(({ index }) => index),
        },
      }
    }
  }
  return fail('column_missing', { role: 'value', columns: list })
}

/** Spreadsheets write empty columns at the end. */
function trimmedEnd(names: readonly string[]): readonly string[] {
  let end = names.length
  while (end > 1 && names[end - 1]!.trim() === '') end--
  return names.slice(0, end)
}

function duplicated(names: readonly string[]): string | null {
  const seen = new Set<string>()
  for (const name of names) {
    if (name !== '' && seen.has(name)) return name
    seen.add(name)
  }
  return null
}

function seriesInRows(
  columns: readonly Column[],
  values: readonly number[],
  rows: readonly (readonly string[])[],
  options: ReadOptions,
) {
  const taken = new Set(values)
  const leading = columns.filter(({ index }) => !taken.has(index))
  const extras = extrasOf(leading, options)
  const names = leading.filter(({ index, roles }) => !extras.used.has(index) && !roles.includes('total'))
  const candidates = names.length > 0 ? names : leading.slice(0, 1)
  const keys = chooseKeys(candidates, { date: null, part: null, value: null }, rows, options)
  const chosen = keys.length > 0 ? keys : candidates.slice(0, 1).map(({ index }) => index)
  return {
    kind: 'wide-rows' as const,
    date: null,
    keys: chosen,
    values,
    // what is known of a period stands in no row of its own here
    extras: withLocation({ ...extras, regressors: [] }, names, chosen),
  }
}

function chosenValue(columns: readonly Column[], options: ReadOptions): number | null {
  if (options.valueColumn !== undefined) return columns.find(({ name }) => name === options.valueColumn)?.index ?? null
  const free = columns.filter(({ name }) => !options.seriesColumns?.includes(name))
  // a value column may hold anything where its name says so: its cells are then judged one by one
  const named = free.filter((column) => column.roles.includes('value') && (column.numeric > 0.3 || column.filled === 0))
  if (named.length === 1) return named[0]!.index
  const quantities = named.filter(({ name }) => isQuantity(name))
  if (quantities.length === 1) return quantities[0]!.index
  if (named.length > 0) return null
  const hinted = free.filter((column) => column.hints.includes('value') && column.numeric >= MOSTLY)
  return hinted.length === 1 ? hinted[0]!.index : null
}
