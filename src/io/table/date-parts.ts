import type { ReadOptions } from '../read-options.ts'
import type { Column } from './columns.ts'
import { monthOf } from './month-names.ts'
import { normalized } from './role-names.ts'

/** The column of the month, week or quarter beside a column of years. Index -1: the months are the columns' names. */
export interface DatePart {
  readonly index: number
  readonly unit: 'month' | 'week' | 'quarter'
}

const MOSTLY = 0.7
const UNITS: readonly (readonly [DatePart['unit'], RegExp])[] = [
  ['month', /^(?:month|mese|mes|mois|monat|月|月份)(?:_|$)/],
  ['week', /^(?:week|settimana|semana|semaine|woche|周)(?:_|$)/],
  ['quarter', /^(?:quarter|trimestre|trim|quartal|季度)(?:_|$)/],
]
const YEAR = /^(?:year|anno|ano|annee|jahr|年|年份)(?:_|$)/

/** The column of dates: the one asked for; else one named so that holds dates; else one that does. */
export function namedDate(columns: readonly Column[], options: ReadOptions): number | null {
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

/** The month (week, quarter) beside a column `date` of years. */
export function datePart(columns: readonly Column[], date: number): DatePart | null {
  const year = columns.find(({ index }) => index === date)
  if (year === undefined || year.serial < MOSTLY || !YEAR.test(normalized(year.name))) return null
  for (const [unit, name] of UNITS) {
    const found = columns.find((column) => column.index !== date && name.test(normalized(column.name)))
    if (found !== undefined) return { index: found.index, unit }
  }
  return null
}

/** A text that `readDate` reads, of a year and a part: `2024` and `3` or `marzo`, `2024` and `W5`. */
export function joinedDate(year: string, part: string, unit: DatePart['unit']): string {
  const text = part.trim()
  if (unit === 'month') {
    const number = monthOf(text) ?? text
    return `${year.trim()}-${number}`
  }
  const digits = text.replace(/^\p{L}{1,11}[ .]?/u, '')
  return `${year.trim()}-${unit === 'week' ? 'W' : 'Q'}${unit === 'week' ? digits.padStart(2, '0') : digits}`
}
