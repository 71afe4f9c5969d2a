import type { Column } from './columns.ts'
import { monthOf } from './month-names.ts'

/** Names of months that make columns months: half a year's. */
const LEAST = 6
const MOSTLY = 0.7

/** A table with a row a year and a column a month: the column of years, and those of the months in their order. */
export function monthColumns(
  columns: readonly Column[],
): { readonly year: number; readonly columns: readonly number[] } | null {
  const months = columns.filter(({ name }) => monthOf(name.trim()) !== null)
  if (months.length < LEAST || new Set(months.map(({ name }) => monthOf(name.trim()))).size !== months.length)
    return null
  const year = columns.find((column) => column.roles.includes('date') && column.serial >= MOSTLY)
  if (year === undefined) return null
  return { year: year.index, columns: months.map(({ index }) => index) }
}
