import { readDate, serialKind } from './dates.ts'
import { numeric } from './numbers.ts'
import { rolesOf } from './role-names.ts'

/** Lines above the header that are looked at, and rows that tell the usual width. */
export const LOOKED_AT = 50
const WIDTH_ROWS = 300
/** Share of the cells from the first date on that are dates, where the rows are series. */
const MOSTLY_DATES = 0.8

const isTyped = (cell: string): boolean => cell !== '' && (numeric(cell) || readDate(cell) !== null)

function withoutEnd(row: readonly string[]): readonly string[] {
  let end = row.length
  while (end > 1 && row[end - 1]!.trim() === '') end--
  return row.slice(0, end)
}

/** Index of the header record, -1 where the first record is data already. Lines above it are a preamble. */
export function findHeader(rows: readonly string[][]): number {
  const widths = new Map<number, number>()
  for (const row of rows.slice(0, WIDTH_ROWS)) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  const width = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0])[0]
  // spreadsheets write empty columns at the end of every line
  const candidates = rows
    .slice(0, LOOKED_AT)
    .map((row, i) => ({ row: withoutEnd(row), usual: row.length === width, i }))
  const named = candidates.find(({ row, usual }) => {
    if (row.length < 2 || row.filter((cell) => cell.trim() !== '').length < 0.8 * row.length) return false
    // a record of data may hold a word of the list: `Promo;2024-01-01;5`
    if (
      row.some((cell) => readDate(cell) !== null) &&
      row.some((cell) => numeric(cell) && readDate(cell) === null && serialKind(cell) === null)
    )
      return false
    const words = row.filter((cell) => !isTyped(cell) && rolesOf(cell).length > 0).length
    return words >= 2 || (words === 1 && usual)
  })
  if (named !== undefined) return named.i
  for (const { row, usual, i } of candidates) {
    if (!usual) continue
    const filled = row.filter((cell, k) => cell.trim() !== '' || k === 0).length
    if (filled < 0.8 * row.length) continue
    if (!row.some(isTyped)) {
      if (rows.length === i + 1 || rows[i + 1]!.some(isTyped)) return i
    } else return isDatedHeader(row) ? i : -1
  }
  return rows.length > 0 && !rows[0]!.some(isTyped) ? 0 : -1
}

/** Columns of a wide table with one row a series whose names are dates; null where too few are. */
export function datedColumns(names: readonly string[]): number[] | null {
  const dated = names.flatMap((name, i) => (readDate(name) === null ? [] : [i]))
  const [first] = dated
  if (first === undefined || first < 1 || dated.length < 2) return null
  if (dated.length < MOSTLY_DATES * (names.length - first)) return null
  return new Set(dated.map((i) => names[i])).size === dated.length ? dated : null
}

const isDatedHeader = (row: readonly string[]): boolean => datedColumns(row) !== null
