import type { ReadOptions } from '../read-options.ts'
import type { Column } from './columns.ts'

/** Rows of one key and date that a file may hold by mistake. */
const MOST_TWICE = 0.05
/** More distinct texts than this share of the rows: a column of remarks, no key. */
const MOST_DISTINCT = 0.5

/**
 * The columns that together name a series: those asked for; else those named so, as few as keep (key, date) as unique
 * as all of them do (places that never change stay where only places name a series); else, where a date comes more than once, the text or whole-number columns that make it unique.
 */
export function chooseKeys(
  columns: readonly Column[],
  { date, part, value }: { readonly date: number | null; readonly part: number | null; readonly value: number | null },
  below: readonly (readonly string[])[],
  options: ReadOptions,
): number[] {
  const { seriesColumns } = options
  const asked = columns.filter(({ name }) => seriesColumns?.includes(name))
  if (seriesColumns !== undefined && asked.length > 0)
    return seriesColumns.flatMap((name) => asked.filter((c) => c.name === name).map((c) => c.index))
  const most = columns.reduce((last, { index }) => Math.max(last, index), Math.max(date ?? 0, value ?? 0))
  const rows = below.filter((row) => row.length > most)
  const twice = (keys: readonly number[]): number => {
    const seen = new Set<string>()
    const when = [date, part].filter((index) => index !== null)
    for (const row of rows) seen.add([...keys, ...when].map((k) => row[k]).join('\u0000'))
    return rows.length - seen.size
  }
  const strength = (column: Column): number => (column.roles.includes('series') ? 0 : 1)
  const named = columns.filter((column) => column.roles.includes('series') || column.roles.includes('place'))
  const limit = MOST_TWICE * rows.length
  let keys = named.toSorted((a, b) => strength(a) - strength(b) || a.index - b.index).map(({ index }) => index)
  const placesOnly = named.every((column) => strength(column) > 0)
  const best = twice(keys)
  if (keys.length > 0 && best <= limit) {
    for (const index of keys.toReversed()) {
      const fewer = keys.filter((k) => k !== index)
      // an item that is in one store only is still named by more than its store
      const named = (k: number): boolean => columns.some((column) => column.index === k && strength(column) === 0)
      if (named(index) && !fewer.some(named)) continue
      // a file of one store today is a file of two tomorrow: the names must not change then
      if (placesOnly && new Set(rows.map((row) => row[index]).filter((cell) => cell !== '')).size === 1) continue
      if (fewer.length > 0 && twice(fewer) <= best + rows.length / 1000) keys = fewer
    }
    return keys.sort((a, b) => a - b)
  }
  if (date === null) return keys.sort((a, b) => a - b)
  let now = best
  let left = columns.filter((column) => !keys.includes(column.index) && isKeyLike(column, rows))
  while (now > limit && left.length > 0) {
    const counts = left.map(({ index }) => twice([...keys, index]))
    const at = counts.indexOf(Math.min(...counts))
    if (counts[at] >= now) break
    now = counts[at]
    keys = [...keys, left[at].index]
    left = left.filter((_, i) => i !== at)
  }
  return keys.sort((a, b) => a - b)
}

function isKeyLike(column: Column, rows: readonly (readonly string[])[]): boolean {
  if (column.filled < 0.9 || column.dated > 0.5) return false
  if (column.numeric > 0.5 && !column.whole) return false
  return new Set(rows.map((row) => row[column.index])).size <= Math.max(1, MOST_DISTINCT * rows.length)
}
