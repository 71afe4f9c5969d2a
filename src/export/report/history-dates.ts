import type { SeriesResult } from '../../batch/run-result.ts'
import { periodDate } from '../../series/calendar.ts'

/** Series of one file mostly share their calendar, and a date costs more than a look at the last ones. */
let last: { readonly key: string; readonly dates: string[] } = { key: '', dates: [] }

/** Dates of the last `count` periods of a history, ISO; period numbers up to 0 without a calendar. */
export function historyDates({ calendar, history }: SeriesResult, count: number): string[] {
  if (calendar === null) return Array.from({ length: count }, (_, i) => String(i - count + 1))
  const key = JSON.stringify(calendar)
  if (last.key !== key) last = { key, dates: [] }
  const { dates } = last
  const first = history.length - count
  return Array.from({ length: count }, (_, i) => {
    dates[first + i] ??= periodDate(calendar, first + i) ?? ''
    return dates[first + i]!
  })
}
