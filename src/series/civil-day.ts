/**
 * Civil dates as whole numbers: days since 1970-01-01 of the proleptic Gregorian calendar, and seconds for times.
 * A million rows are placed on a grid, and a million forecasts dated, by this arithmetic: Temporal takes fifty times as
 * long. Tests hold the two against each other.
 * Source: Howard Hinnant, "chrono-compatible low-level date algorithms" (2013), days_from_civil and civil_from_days.
 */

export const SECONDS_PER_DAY = 86_400

/** The day number of a civil date; the date must exist (`parseTick` checks). */
export function dayFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export interface Civil {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
}

export function civilFromDay(dayNumber: number): Civil {
  const z = dayNumber + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return LENGTHS[month - 1]
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

/** Monday 0 to Sunday 6. */
export const weekday = (dayNumber: number): number => (((dayNumber + 3) % 7) + 7) % 7

/** Mondays to Fridays counted without gaps; a weekend day gives the number of the Friday before it. */
export const businessDayNumber = (dayNumber: number): number =>
  Math.floor((dayNumber + 3) / 7) * 5 + Math.min(weekday(dayNumber), 4)

export function dayFromBusinessDay(number: number): number {
  const week = Math.floor(number / 5)
  return week * 7 + (number - week * 5) - 3
}

const two = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/**
 * Seconds since 1970-01-01T00:00 of `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM` or `YYYY-MM-DDTHH:MM:SS` (a blank may stand for T);
 * NaN where the text is no such date. Years 0000 to 9999.
 */
export function parseTick(text: string): number {
  const length = text.length
  if ((length !== 10 && length !== 16 && length !== 19) || text[4] !== '-' || text[7] !== '-') return Number.NaN
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return Number.NaN
  const ofDay = dayFromCivil(year, month, day) * SECONDS_PER_DAY
  if (length === 10) return ofDay
  if ((text[10] !== 'T' && text[10] !== ' ') || text[13] !== ':') return Number.NaN
  const hour = two(text, 11)
  const minute = two(text, 14)
  const second = length === 19 ? (text[16] === ':' ? two(text, 17) : Number.NaN) : 0
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN
  return ofDay + hour * 3600 + minute * 60 + second
}
