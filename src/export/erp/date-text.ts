import type { ErpProfile } from './profile.ts'

type Format = ErpProfile['date']
export type PeriodUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** The format of a unit of periods; quarters and years are named by their month where nothing else is said. */
export const formatFor = (format: Format, unit: PeriodUnit): string =>
  typeof format === 'string' ? format : (format[unit] ?? format.month)

const MILLISECONDS_PER_DAY = 86_400_000

/** ISO 8601 week of a date, with the year it counts in. */
export function isoWeek(date: string): { year: number; week: number } {
  const day = new Date(`${date.slice(0, 10)}T00:00Z`)
  // the Thursday of the week decides the year
  const thursday = new Date(day.getTime() + (4 - weekdayOf(date)) * MILLISECONDS_PER_DAY)
  const year = thursday.getUTCFullYear()
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * MILLISECONDS_PER_DAY)) + 1
  return { year, week }
}

/** 1 = Monday. */
export const weekdayOf = (date: string): number => new Date(`${date.slice(0, 10)}T00:00Z`).getUTCDay() || 7

/** The series of a file share their dates: texts that were made lately, by date and format. */
const made = new Map<string, string>()
const MOST_MADE = 10_000

/** An ISO date in the letters of a mapping: YYYY MM DD, M D without zeros, GGGG WW of the week; text stands in `[ ]`. */
export function dateText(date: string, format: string): string {
  const key = `${date} ${format}`
  const known = made.get(key)
  if (known !== undefined) return known
  const [year = '', month = '', day = ''] = date.slice(0, 10).split('-')
  const { year: weekYear, week } = isoWeek(date)
  const letters: Readonly<Record<string, string>> = {
    YYYY: year,
    MM: month,
    DD: day,
    M: String(Number(month)),
    D: String(Number(day)),
    GGGG: String(weekYear),
    WW: String(week).padStart(2, '0'),
  }
  const text = format.replace(/\[([^\]]*)\]|YYYY|GGGG|WW|MM|DD|M|D/g, (found, text?: string) => text ?? letters[found]!)
  if (made.size === MOST_MADE) made.clear()
  made.set(key, text)
  return text
}

/** The last day of the period that begins on `date`. */
export function periodEnd(next: string | null, date: string): string {
  if (next === null) return date
  return new Date(Date.parse(`${next.slice(0, 10)}T00:00Z`) - MILLISECONDS_PER_DAY).toISOString().slice(0, 10)
}
