import type { Calendar } from '../series/calendar.ts'
import type { Series } from '../series/series.ts'

/** What is known of a series beside its name and its numbers. */
type Known = Pick<Series, 'seasonLength' | 'calendar' | 'furtherSeasons'>

const NONE: readonly number[] = []

/** Whether two series differ in nothing but name and numbers: those of a portfolio mostly do not, and are then told once. */
export function areAlike(a: Known, b: Known): boolean {
  const { furtherSeasons = NONE } = a
  const { furtherSeasons: others = NONE } = b
  return (
    a.seasonLength === b.seasonLength &&
    (furtherSeasons === others ||
      (furtherSeasons.length === others.length && furtherSeasons.every((period, i) => period === others[i]))) &&
    (a.calendar === b.calendar || isSame(a.calendar, b.calendar))
  )
}

const isSame = (a: Calendar | null, b: Calendar | null): boolean =>
  a !== null &&
  b !== null &&
  a.start === b.start &&
  a.monthEnd === b.monthEnd &&
  a.frequency.unit === b.frequency.unit &&
  a.frequency.step === b.frequency.step
