import type { Table } from './csv.ts'
import { readDate } from './dates.ts'
import { numeric } from './numbers.ts'
import { rolesOf } from './role-names.ts'

/** Lines above the header that are looked at, and rows that tell the usual width. */
const LOOKED_AT = 50
const WIDTH_ROWS = 300

const isTyped = (cell: string): boolean => cell !== '' && (numeric(cell) || readDate(cell) !== null)

/** Index of the header record, -1 where the first record is data already. Lines above it are a preamble. */
export function findHeader({ rows }: Table): number {
  const widths = new Map<number, number>()
  for (const row of rows.slice(0, WIDTH_ROWS)) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  const width = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0])[0]
  const candidates = rows.slice(0, LOOKED_AT).map((row, i) => ({ row, i }))
  const named = candidates.find(({ row }) => {
    if (row.length < 2 || row.filter((cell) => cell.trim() !== '').length < 0.8 * row.length) return false
    const words = row.filter((cell) => !isTyped(cell) && rolesOf(cell).length > 0).length
    return words >= 2 || (words === 1 && row.length === width)
  })
  if (named !== undefined) return named.i
  for (const { row, i } of candidates) {
    if (row.length !== width) continue
    const filled = row.filter((cell, k) => cell.trim() !== '' || k === 0).length
    if (filled < 0.8 * row.length) continue
    if (!row.some(isTyped)) {
      if (rows.length === i + 1 || rows[i + 1].some(isTyped)) return i
    } else return isDatedHeader(row) ? i : -1
  }
  return rows.length > 0 && !rows[0].some(isTyped) ? 0 : -1
}

/** A wide table with one row a series: words first, then one date a column. */
export function isDatedHeader(row: readonly string[]): boolean {
  const first = row.findIndex((cell) => readDate(cell) !== null)
  if (first < 1 || row.length - first < 2) return false
  const dates = row.slice(first)
  return dates.every((cell) => readDate(cell) !== null) && new Set(dates).size === dates.length
}
