import {
  businessDayNumber,
  civilFromDay,
  dayFromBusinessDay,
  dayFromCivil,
  daysInMonth,
  parseTick,
  SECONDS_PER_DAY,
} from './civil-day.ts'
import { tickText } from './tick-text.ts'

/** Steps of a civil calendar. A quarter is 3 months, half an hour 30 minutes; `businessDay` is Monday to Friday. */
export interface Frequency {
  readonly unit: 'year' | 'month' | 'week' | 'day' | 'businessDay' | 'hour' | 'minute' | 'second'
  readonly step: number
}

/**
 * The civil dates of a regular series. Dates are civil (no time zone), so daylight saving never shifts one.
 * `start` is the ISO date (`2024-01-31`) or date-time (`2024-01-31T10:30`) of the first period, exactly as the
 * input anchors it: month starts stay month starts, month ends stay month ends, weeks keep their week day.
 */
export interface Calendar {
  readonly frequency: Frequency
  readonly start: string
  /** True where months (quarters, years) are named by their last day: 31 Jan, 28 Feb, 31 Mar. */
  readonly monthEnd: boolean
}

/** True where the steps are shorter than a day. */
export const isSubDaily = (frequency: Frequency): boolean =>
  frequency.unit === 'hour' || frequency.unit === 'minute' || frequency.unit === 'second'

/**
 * The date of period `index` (0 = `start`), written as `start` is: `YYYY-MM-DD`, or with its time (`THH:MM`, `THH:MM:SS`).
 * Every date is counted from `start`, never from its neighbour, so an anchor day of 31 is clipped in February and
 * comes back in March. Null where the year leaves 0000 to 9999 or `start` is no date.
 */
export function periodDate(calendar: Calendar, index: number): string | null {
  return dateAt(calendar, parseTick(calendar.start), index)
}

/**
 * What a period is called in a sentence: its date, of months and years without what only says where in them the input
 * anchors it (`2018-03` for 2018-03-01, `2018`); without a date its number, `index` being from 0.
 */
export function periodName(calendar: Calendar | null, date: string | null, index: number): string {
  if (calendar === null || date === null) return String(index + 1)
  const { unit } = calendar.frequency
  return unit === 'month' ? date.slice(0, 7) : unit === 'year' ? date.slice(0, 4) : date
}

/** Dates of the `horizon` periods that follow `observations` periods. */
export function forecastDates(calendar: Calendar, observations: number, horizon: number): (string | null)[] {
  const origin = parseTick(calendar.start)
  return Array.from({ length: horizon }, (_, step) => dateAt(calendar, origin, observations + step))
}

const FIRST_TICK = dayFromCivil(0, 1, 1) * SECONDS_PER_DAY
const END = dayFromCivil(10_000, 1, 1) * SECONDS_PER_DAY

/** `origin`: the tick of the start; NaN where it is no date. */
function dateAt({ frequency, monthEnd, start }: Calendar, origin: number, index: number): string | null {
  const by = frequency.step * index
  // whole steps, and few enough for the arithmetic to be exact
  if (!Number.isInteger(by) || Math.abs(by) > 1e12) return null
  const tick = tickAfter(frequency.unit, origin, by, monthEnd)
  if (!(tick >= FIRST_TICK && tick < END)) return null
  if (!isSubDaily(frequency) && start.length <= 10) return tickText(tick, 'date')
  return tickText(tick, start.length > 16 || frequency.unit === 'second' ? 'second' : 'minute')
}

function tickAfter(unit: Frequency['unit'], origin: number, by: number, monthEnd: boolean): number {
  const day = Math.floor(origin / SECONDS_PER_DAY)
  switch (unit) {
    case 'year':
    case 'month': {
      const { year, month, day: anchor } = civilFromDay(day)
      const months = year * 12 + month - 1 + (unit === 'year' ? 12 * by : by)
      const nextYear = Math.floor(months / 12)
      const nextMonth = months - nextYear * 12 + 1
      const last = daysInMonth(nextYear, nextMonth)
      const next = dayFromCivil(nextYear, nextMonth, monthEnd ? last : Math.min(anchor, last))
      return origin + (next - day) * SECONDS_PER_DAY
    }
    case 'week':
      return origin + 7 * by * SECONDS_PER_DAY
    case 'day':
      return origin + by * SECONDS_PER_DAY
    case 'businessDay':
      return origin + (dayFromBusinessDay(businessDayNumber(day) + by) - day) * SECONDS_PER_DAY
    case 'hour':
      return origin + by * 3600
    case 'minute':
      return origin + by * 60
    case 'second':
      return origin + by
  }
}
