import type { Frequency } from './calendar.ts'
import {
  businessDayNumber,
  civilFromDay,
  dayFromBusinessDay,
  dayFromCivil,
  daysInMonth,
  SECONDS_PER_DAY,
  weekday,
} from './civil-day.ts'

/**
 * Where the periods of a frequency lie: numbers periods by whole-number arithmetic, so that a date finds its period
 * without walking there. Ticks are seconds since 1970-01-01T00:00 (`civil-day.ts`).
 */
export interface Grid {
  readonly frequency: Frequency
  readonly monthEnd: boolean
  /** Months: month of the cycle (0 to step - 1). Others: the tick, day or second, modulo the step. */
  readonly phase: number
  /** Day of the month of month, quarter and year periods; clipped in shorter months. */
  readonly day: number
  /** Time of day that every date carries, where the step is a day or more. */
  readonly secondOfDay: number
}

const SECONDS: Partial<Record<Frequency['unit'], number>> = { hour: 3600, minute: 60, second: 1 }

/** Months in one step, 0 for units that are not made of months. */
export const monthsOf = ({ unit, step }: Frequency): number =>
  unit === 'year' ? 12 * step : unit === 'month' ? step : 0

/** Seconds in one step of a sub-daily frequency, otherwise 0. */
const secondsOf = ({ unit, step }: Frequency): number => (SECONDS[unit] ?? 0) * step

const daysOf = ({ unit, step }: Frequency): number => (unit === 'week' ? 7 * step : step)

/** Modulo that is never negative. */
const mod = (a: number, b: number): number => a - Math.floor(a / b) * b

/** The grid most of the dates lie on. Ties go to the smaller phase or day. */
export function fitGrid(ticks: ArrayLike<number>, frequency: Frequency): Grid {
  const seconds = secondsOf(frequency)
  if (seconds > 0) {
    const phase = mode(ticks.length, (i) => mod(ticks[i], seconds))
    return { frequency, monthEnd: false, phase, day: 1, secondOfDay: 0 }
  }
  const secondOfDay = commonSecondOfDay(ticks)
  const dayAt = (i: number): number => Math.floor(ticks[i] / SECONDS_PER_DAY)
  const months = monthsOf(frequency)
  if (months === 0) {
    const days = daysOf(frequency)
    const phase = frequency.unit === 'businessDay' || days === 1 ? 0 : mode(ticks.length, (i) => mod(dayAt(i), days))
    return { frequency, monthEnd: false, phase, day: 1, secondOfDay }
  }
  let ends = 0
  const count = ticks.length
  const month = new Int32Array(count)
  const day = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const date = civilFromDay(dayAt(i))
    month[i] = date.year * 12 + date.month - 1
    day[i] = date.day
    if (date.day === daysInMonth(date.year, date.month)) ends++
  }
  // the 30th is a month end in four months of twelve, the 31st in all it exists in: most must be
  const monthEnd = 2 * ends > count
  const phase = months === 1 ? 0 : mode(count, (i) => mod(month[i]!, months))
  return { frequency, monthEnd, phase, day: monthEnd ? 31 : mode(count, (i) => day[i]!), secondOfDay }
}

/** The time of day all dates share; 0 where they differ. */
function commonSecondOfDay(ticks: ArrayLike<number>): number {
  if (ticks.length === 0) return 0
  const first = mod(ticks[0], SECONDS_PER_DAY)
  for (let i = 1; i < ticks.length; i++) if (mod(ticks[i], SECONDS_PER_DAY) !== first) return 0
  return first
}

function mode(count: number, key: (i: number) => number): number {
  const counts = new Map<number, number>()
  for (let i = 0; i < count; i++) counts.set(key(i), (counts.get(key(i)) ?? 0) + 1)
  let best = 0
  let most = 0
  for (const [value, times] of counts)
    if (times > most || (times === most && value < best)) {
      best = value
      most = times
    }
  return best
}

/**
 * Number of the period a tick belongs to. Off the grid: a month belongs to itself; a quarter or year to the one that
 * contains it (the one ending there where periods are named by their end); weeks, days and times to the nearest period,
 * a weekend to its Friday.
 */
export function periodNumber(grid: Grid, tick: number): number {
  const { frequency, phase } = grid
  const seconds = secondsOf(frequency)
  if (seconds > 0) return Math.round((tick - phase) / seconds)
  const day = Math.floor(tick / SECONDS_PER_DAY)
  const months = monthsOf(frequency)
  if (months > 0) {
    const { year, month } = civilFromDay(day)
    const since = (year * 12 + month - 1 - phase) / months
    return grid.monthEnd ? Math.ceil(since) : Math.floor(since)
  }
  if (frequency.unit === 'businessDay') return Math.floor(businessDayNumber(day) / frequency.step)
  return Math.round((day - phase) / daysOf(frequency))
}

/** The tick that names period `number`. */
export function periodTick(grid: Grid, number: number): number {
  const { frequency, phase } = grid
  const seconds = secondsOf(frequency)
  if (seconds > 0) return number * seconds + phase
  return periodDay(grid, number) * SECONDS_PER_DAY + grid.secondOfDay
}

function periodDay({ frequency, monthEnd, phase, day }: Grid, number: number): number {
  const months = monthsOf(frequency)
  if (months > 0) {
    const index = number * months + phase
    const year = Math.floor(index / 12)
    const month = index - year * 12 + 1
    const last = daysInMonth(year, month)
    return dayFromCivil(year, month, monthEnd ? last : Math.min(day, last))
  }
  if (frequency.unit === 'businessDay') return dayFromBusinessDay(number * frequency.step)
  return number * daysOf(frequency) + phase
}

/** Grid for totals of finer data: months and years from their first day, weeks from Monday, days and hours from 0. */
export function plainGrid(frequency: Frequency): Grid {
  const phase = frequency.unit === 'week' ? mod(-3, 7 * frequency.step) : 0
  return { frequency, monthEnd: false, phase, day: 1, secondOfDay: 0 }
}

/** Number of the period that contains a tick, for totals of finer data: the last one that has begun. */
export function containingPeriod(grid: Grid, tick: number): number {
  const seconds = secondsOf(grid.frequency)
  if (seconds > 0) return Math.floor((tick - grid.phase) / seconds)
  const { unit } = grid.frequency
  if (unit === 'week' || unit === 'day')
    return Math.floor((Math.floor(tick / SECONDS_PER_DAY) - grid.phase) / daysOf(grid.frequency))
  return periodNumber(grid, tick)
}

/** True on Saturdays and Sundays. */
export const isWeekend = (tick: number): boolean => weekday(Math.floor(tick / SECONDS_PER_DAY)) > 4
