import { civilFromDay, daysInMonth } from '../../series/civil-day.ts'
import { monthOf } from './month-names.ts'

export type DateOrder = 'ymd' | 'dmy' | 'mdy'

/** A date as it is written: three numbers whose order may be open, or a date that can be read in one way only. */
export interface WrittenDate {
  /** How it is written (`n/n/yyyy`, `yyyy-n-n`, `yyyy-Qn`, ...): what a column has in common. */
  readonly style: string
  /** The numbers as they stand; the order says which is the year, month and day. */
  readonly parts: readonly [number, number, number]
  /** Fixed where the text leaves no choice. */
  readonly order: DateOrder | null
  /** `THH:MM` or `THH:MM:SS`; empty for a date without a time, and for midnight. */
  readonly time: string
}

const DATE = /^(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})\.?(?:(?:[T ]|, )(.+))?$/
const TIME =
  /^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)? ?([ap]\.?m\.?)?(?: ?(?:Z|UTC|[+-]\d{2}:?(?:\d{2})?))?$/i
const NAMED =
  /^(?:[\p{L}]+,? )?(\d{1,2})(?:st|nd|rd|th|er|º|°)?[-/. ]{1,2}(?:de )?(\p{L}{3,10})\.?[-/. ,]{1,2}(?:de )?(\d{4}|\d{2})$/u
const NAME_FIRST = /^(\p{L}{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/u
const NAMED_MONTH = /^(\p{L}{3,10})\.?[-/. ]{0,2}(\d{4}|\d{2})$/u
const MONTH_NAMED = /^(\d{4})[-/. ](\p{L}{3,10})\.?$/u

/** Reads the shape of a date; null where the text has none. Whole numbers are read by `serialDate` instead. */
export function readDate(raw: string): WrittenDate | null {
  const text = raw.trim()
  if (text.length < 4 || text.length > 40) return null
  return numbers(text) ?? periods(text) ?? named(text)
}

const fixed = (style: string, year: number, month: number, day: number): WrittenDate => ({
  style,
  parts: [year, month, day],
  order: 'ymd',
  time: '',
})

function numbers(text: string): WrittenDate | null {
  if (/^\d{8}$/.test(text)) {
    const year = Number(text.slice(0, 4))
    if (year < 1800 || year > 2200) return null
    return fixed('yyyymmdd', year, Number(text.slice(4, 6)), Number(text.slice(6)))
  }
  const match = DATE.exec(text)
  if (match === null) return null
  const [, a, sign, b, c, rest] = match
  const time = rest === undefined ? '' : readTime(rest)
  if (time === null) return null
  const parts: [number, number, number] = [Number(a), Number(b), Number(c)]
  const clock = rest === undefined ? '' : ' time'
  if (a.length === 4 && c.length <= 2) return { style: `yyyy${sign}n${sign}n${clock}`, parts, order: 'ymd', time }
  if (a.length > 2 || c.length === 3 || c.length === 1) return null
  return { style: `n${sign}n${sign}${c.length === 4 ? 'yyyy' : 'yy'}${clock}`, parts, order: null, time }
}

/** Null for no time; the offset of a time zone is dropped, the civil time stays. */
function readTime(text: string): string | null {
  const match = TIME.exec(text)
  if (match === null) return null
  let hour = Number(match[1])
  const minute = Number(match[2])
  const second = Number(match[3] ?? 0)
  const half = match[4]?.[0].toLowerCase()
  if (half !== undefined) hour = (hour % 12) + (half === 'p' ? 12 : 0)
  if (hour > 23 || minute > 59 || second > 59) return null
  if (hour + minute + second === 0) return ''
  return `T${two(hour)}:${two(minute)}${second === 0 ? '' : `:${two(second)}`}`
}

/** Year and part of it as they are written: which group is the year, which the part, and of what unit. */
const PERIODS: readonly (readonly [
  shape: RegExp,
  style: string,
  unit: 'month' | 'quarter' | 'week',
  year: number,
  part: number,
])[] = [
  [/^(\d{4})[-/. ](\d{1,2})$/, 'yyyy-n', 'month', 1, 2],
  [/^(\d{1,2})[-/. ](\d{4})$/, 'n/yyyy', 'month', 2, 1],
  [/^((?:19|20|21)\d{2})(0[1-9]|1[0-2])$/, 'yyyymm', 'month', 1, 2],
  [/^(\d{4})[-/. ]?M(\d{1,2})$/i, 'yyyy-Mn', 'month', 1, 2],
  [/^M(\d{1,2})[-/. ](\d{4})$/i, 'Mn-yyyy', 'month', 2, 1],
  [/^(\d{4})[-/. ]?[QT]([1-4])$/i, 'yyyy-Qn', 'quarter', 1, 2],
  [/^[QT]([1-4])[-/. ']{0,2}(\d{4}|\d{2})$/i, 'Qn-yyyy', 'quarter', 2, 1],
  [/^([1-4])[QT][-/. ']{0,2}(\d{4}|\d{2})$/i, 'nQ-yyyy', 'quarter', 2, 1],
  [/^trim(?:estre)?\.? ?([1-4])[-/. ]{1,2}(\d{4})$/i, 'trim n yyyy', 'quarter', 2, 1],
  [/^([1-4])[°º.]? ?trim(?:estre)?\.?[-/. ]{1,2}(\d{4})$/i, 'n trim yyyy', 'quarter', 2, 1],
  [/^(?:W|wk|week|KW|sett|settimana|sem|semana|semaine|S)\.? ?(\d{1,2})[-/. ]{1,2}(\d{4})$/i, 'Wn-yyyy', 'week', 2, 1],
]

function periods(text: string): WrittenDate | null {
  for (const [shape, style, unit, yearAt, partAt] of PERIODS) {
    const match = shape.exec(text)
    if (match === null) continue
    const year = fullYear(Number(match[yearAt]), match[yearAt]!.length === 2)
    const part = Number(match[partAt])
    if (unit === 'week') return isoWeek(year, part, 1, style)
    return fixed(style, year, unit === 'quarter' ? part * 3 - 2 : part, 1)
  }
  let match = /^(\d{4})-?W(\d{1,2})(?:-?([1-7]))?$/i.exec(text)
  if (match !== null) return isoWeek(Number(match[1]), Number(match[2]), Number(match[3] ?? 1), 'yyyy-Wn')
  match = /^(\d{4})年(\d{1,2})月(?:(\d{1,2})日?)?$/.exec(text)
  if (match !== null) return fixed('年月日', Number(match[1]), Number(match[2]), Number(match[3] ?? 1))
  return null
}

/** Week 1 holds 4 January (ISO 8601); a week 53 that the year does not have is no date. */
function isoWeek(year: number, week: number, weekday: number, style: string): WrittenDate | null {
  const fourth = Date.UTC(year, 0, 4) / 86_400_000
  const monday = fourth - ((((fourth + 3) % 7) + 7) % 7) + (week - 1) * 7
  if (week < 1 || week > 53 || civilFromDay(monday + 3).year !== year) return null
  const date = civilFromDay(monday + weekday - 1)
  return fixed(style, date.year, date.month, date.day)
}

function named(text: string): WrittenDate | null {
  let match = NAMED.exec(text)
  if (match !== null) return withName('n name yyyy', match[3], match[2], Number(match[1]))
  match = NAME_FIRST.exec(text)
  if (match !== null) return withName('name n yyyy', match[3], match[1], Number(match[2]))
  match = NAMED_MONTH.exec(text)
  if (match !== null) return withName('name yyyy', match[2], match[1], 1)
  match = MONTH_NAMED.exec(text)
  if (match !== null) return withName('yyyy name', match[1], match[2], 1)
  return null
}

function withName(style: string, year: string, name: string, day: number): WrittenDate | null {
  const month = monthOf(name)
  return month === null ? null : fixed(style, fullYear(Number(year), year.length === 2), month, day)
}

/** Two digits: 1970 to 2069, as POSIX and SQL do. */
const fullYear = (year: number, short: boolean): number => (short ? year + (year < 70 ? 2000 : 1900) : year)

const two = (n: number): string => String(n).padStart(2, '0')

/** ISO text under an order; null where there is no such day. */
export function isoDate(date: WrittenDate, order: DateOrder): string | null {
  const [a, b, c] = date.parts
  const by = date.order ?? order
  const yearAt = by === 'ymd' ? a : c
  const year = fullYear(yearAt, yearAt < 100 && date.order === null)
  const month = by === 'mdy' ? a : b
  const day = by === 'ymd' ? c : by === 'dmy' ? a : b
  if (month < 1 || month > 12 || day < 1 || year > 9999 || day > daysInMonth(year, month)) return null
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}${date.time}`
}

/** Days from Excel's day 0 (30 December 1899, right from March 1900 on) to 1970. */
const EXCEL_EPOCH = 25_569

/**
 * Whole numbers in a column named as a date: Excel serials (1955 to 2100), Unix seconds and milliseconds, years.
 * Each needs the column's agreement: the caller asks for one kind for all cells.
 */
export function serialKind(text: string): 'excel' | 'unix-s' | 'unix-ms' | 'year' | null {
  if (/^(1[5-9]|2[01])\d\d$/.test(text)) return 'year'
  if (/^[2-7]\d{4}(?:[.,]\d+)?$/.test(text)) return 'excel'
  if (/^\d{9,10}$/.test(text)) return 'unix-s'
  if (/^\d{12,13}$/.test(text)) return 'unix-ms'
  return null
}

export function serialDate(text: string, kind: NonNullable<ReturnType<typeof serialKind>>): string | null {
  if (serialKind(text) !== kind) return null
  if (kind === 'year') return `${text}-01-01`
  const number = Number(text.replace(',', '.'))
  const seconds =
    kind === 'excel'
      ? Math.round((number - EXCEL_EPOCH) * 86_400)
      : Math.floor(kind === 'unix-s' ? number : number / 1000)
  const { year, month, day } = civilFromDay(Math.floor(seconds / 86_400))
  const of = ((seconds % 86_400) + 86_400) % 86_400
  const clock =
    of === 0
      ? ''
      : `T${two(Math.floor(of / 3600))}:${two(Math.floor(of / 60) % 60)}${of % 60 === 0 ? '' : `:${two(of % 60)}`}`
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}${clock}`
}
