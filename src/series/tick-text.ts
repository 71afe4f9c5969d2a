import { civilFromDay, SECONDS_PER_DAY } from './civil-day.ts'

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')

/** The ISO text of a tick (seconds since 1970): a date, or a date-time to the minute or second. */
export function tickText(tick: number, precision: 'date' | 'minute' | 'second'): string {
  const dayNumber = Math.floor(tick / SECONDS_PER_DAY)
  const { year, month, day } = civilFromDay(dayNumber)
  const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`
  if (precision === 'date') return date
  const second = tick - dayNumber * SECONDS_PER_DAY
  const time = `${pad(Math.floor(second / 3600))}:${pad(Math.floor(second / 60) % 60)}`
  return precision === 'minute' ? `${date}T${time}` : `${date}T${time}:${pad(second % 60)}`
}

/** The shortest ISO text of a tick: without its time at midnight, without its seconds on the minute. */
export const isoOf = (tick: number): string =>
  tickText(tick, tick % SECONDS_PER_DAY === 0 ? 'date' : tick % 60 === 0 ? 'minute' : 'second')
