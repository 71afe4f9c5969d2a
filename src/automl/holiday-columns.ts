import { type Calendar, isSubDaily, periodDate } from '../series/calendar.ts'
import type { Regressors } from '../series/regressors.ts'
import type { Holiday } from './outcome.ts'

/**
 * One column a holiday: how many of its days each of `count` periods holds. A period longer than a day begins with its
 * date, or ends with it where months are named by their last day; one of at most a day carries its date. Holidays that
 * no period holds are left out.
 */
export function holidayColumns(holidays: readonly Holiday[], calendar: Calendar, count: number): Regressors {
  const dates = Array.from({ length: count + 1 }, (_, i) => periodDate(calendar, i)?.slice(0, 10) ?? '9999-12-31')
  const found = holidays.map(({ name, dates: days }) => {
    const column = new Float64Array(count)
    for (const day of days) for (const period of periodsOf(day, dates, calendar)) if (period < count) column[period]!++
    return { name, column }
  })
  const held = found.filter(({ column }) => column.some((days) => days > 0))
  return { names: held.map(({ name }) => name), columns: held.map(({ column }) => column) }
}

function periodsOf(day: string, dates: readonly string[], { frequency, monthEnd }: Calendar): number[] {
  const from = firstAt(dates, day)
  const single = frequency.step === 1 && (frequency.unit === 'day' || frequency.unit === 'businessDay')
  if (single || isSubDaily(frequency)) {
    const periods: number[] = []
    for (let i = from; dates[i] === day; i++) periods.push(i)
    return periods
  }
  const period = monthEnd || dates[from] === day ? from : from - 1
  // the day before the first period, or after the last date known
  return period < 0 || (monthEnd && from === 0 && dates[0] !== day) || from === dates.length ? [] : [period]
}

/** Position of the first date that is not before `day`. */
function firstAt(dates: readonly string[], day: string): number {
  let low = 0
  let high = dates.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (dates[middle]! < day) low = middle + 1
    else high = middle
  }
  return low
}
