import type { SeriesResult } from '../../batch/run-result.ts'
import { decimalsFor, numbersOf } from '../report/report.ts'

/** Numbers and dates as the reader of the page writes them. */
export interface Writer {
  readonly number: (value: number, like?: SeriesResult) => string
  readonly count: (value: number) => string
  readonly compact: (value: number) => string
  readonly percent: (share: number) => string
  readonly change: (share: number) => string
  readonly date: (date: string | null, step: number, of: SeriesResult) => string
}

type Unit = NonNullable<SeriesResult['calendar']>['frequency']['unit']
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
const CLOCK: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }
const FORMATS: Readonly<Record<Unit, Intl.DateTimeFormatOptions>> = {
  year: { year: 'numeric' },
  month: { month: 'short', year: 'numeric' },
  week: DAY,
  day: DAY,
  businessDay: DAY,
  hour: CLOCK,
  minute: CLOCK,
  second: CLOCK,
}

export function writerFor(locale: string): Writer {
  const tag = numbersOf(locale)
  const decimals = [0, 1, 2].map(
    (digits) => new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  )
  const compact = new Intl.NumberFormat(tag, { notation: 'compact', maximumSignificantDigits: 3 })
  const percent = new Intl.NumberFormat(tag, { style: 'percent' })
  const change = new Intl.NumberFormat(tag, { style: 'percent', signDisplay: 'exceptZero' })
  const dates = new Map<Unit, Intl.DateTimeFormat>()
  const dateFormat = (unit: Unit): Intl.DateTimeFormat => {
    const before = dates.get(unit)
    const format = before ?? new Intl.DateTimeFormat(tag, { ...FORMATS[unit], timeZone: 'UTC' })
    dates.set(unit, format)
    return format
  }
  return {
    number: (value, like) => decimals[decimalsFor(like === undefined ? [value] : sizeOf(like))]!.format(value),
    count: (value) => decimals[0]!.format(value),
    compact: (value) => compact.format(value),
    percent: (share) => percent.format(share),
    change: (share) => change.format(share),
    date(date, step, { calendar }) {
      const time = date === null || calendar === null ? Number.NaN : Date.parse(date.length > 10 ? `${date}Z` : date)
      return Number.isNaN(time) ? (date ?? String(step + 1)) : dateFormat(calendar!.frequency.unit).format(time)
    },
  }
}

const sizeOf = ({ history, outcome }: SeriesResult): number[] => [
  ...history.subarray(-36),
  ...(outcome?.forecast?.mean ?? []),
]
