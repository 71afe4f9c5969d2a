import { Temporal } from 'temporal-polyfill'
import { businessDayNumber, dayFromBusinessDay, SECONDS_PER_DAY } from './civil-day.ts'

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
  const origin = parse(calendar.start)
  return origin === null ? null : dateAt(calendar, origin, index)
}

/** Dates of the `horizon` periods that follow `observations` periods. */
export function forecastDates(calendar: Calendar, observations: number, horizon: number): (string | null)[] {
  const origin = parse(calendar.start)
  return Array.from({ length: horizon }, (_, step) =>
    origin === null ? null : dateAt(calendar, origin, observations + step),
  )
}

function parse(start: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(start)
  } catch {
    return null
  }
}

function dateAt(calendar: Calendar, origin: Temporal.PlainDateTime, index: number): string | null {
  const moved = move(calendar, origin, index)
  if (moved === null || moved.year < 0 || moved.year > 9999) return null
  if (!isSubDaily(calendar.frequency) && calendar.start.length <= 10) return moved.toPlainDate().toString()
  const seconds = calendar.start.length > 16 || calendar.frequency.unit === 'second'
  return moved.toString({ smallestUnit: seconds ? 'second' : 'minute' })
}

function move({ frequency, monthEnd }: Calendar, origin: Temporal.PlainDateTime, index: number) {
  const by = frequency.step * index
  // beyond the reach of Temporal, and of four-digit years for every unit but the second
  if (!Number.isInteger(by) || Math.abs(by) > 1e12) return null
  try {
    switch (frequency.unit) {
      case 'year':
      case 'month': {
        const moved = origin.add(frequency.unit === 'year' ? { years: by } : { months: by })
        return monthEnd ? moved.with({ day: moved.daysInMonth }) : moved
      }
      case 'week':
        return origin.add({ days: 7 * by })
      case 'day':
        return origin.add({ days: by })
      case 'businessDay': {
        const day = epochDay(origin)
        return origin.add({ days: dayFromBusinessDay(businessDayNumber(day) + by) - day })
      }
      case 'hour':
        return origin.add({ hours: by })
      case 'minute':
        return origin.add({ minutes: by })
      case 'second':
        return origin.add({ seconds: by })
    }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const epochDay = (date: Temporal.PlainDateTime): number =>
  Math.floor(date.toZonedDateTime('UTC').epochMilliseconds / (SECONDS_PER_DAY * 1000))
