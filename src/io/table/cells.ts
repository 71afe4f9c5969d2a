import { parseTick } from '../../series/civil-day.ts'
import { growingNumbers } from '../growing.ts'
import { Interner } from '../interner.ts'
import type { RecordView } from '../record.ts'
import type { DateFormat } from './date-column.ts'
import type { ColumnFormat } from './formats.ts'
import { isMissing, losesPrecision, numberReader } from './numbers.ts'
import { plainNumber } from './plain-number.ts'
import { truthOf } from './truth.ts'

/** What a cell of numbers held, beside its value. */
export const PLAIN = 0
export const CLEANED = 1
export const MISSING = 2
export const INVALID = 3

/** Reads the numbers of one column. `state` and `imprecise` tell of the last cell read. */
export class NumberCells {
  readonly #decimal: number
  readonly #thousands: number
  readonly #reader: ReturnType<typeof numberReader>
  /** True where decoration is the column's format, and no repair. */
  readonly decorated: boolean
  state = PLAIN
  imprecise = false

  constructor(format: ColumnFormat) {
    this.#decimal = format.decimal.charCodeAt(0)
    this.#thousands = format.thousands === '' ? 0 : format.thousands.charCodeAt(0)
    this.#reader = numberReader(format)
    this.decorated = format.decorated
  }

  /** NaN for what is missing or no number. */
  read(record: RecordView, i: number): number {
    this.imprecise = false
    this.state = PLAIN
    const typed = record.typed === null ? Number.NaN : record.typed[i]!
    if (!Number.isNaN(typed)) return typed
    const start = record.starts[i]!
    const end = record.ends[i]!
    if (start < end) {
      const plain = plainNumber(record.bytes, start, end, this.#decimal, this.#thousands)
      if (!Number.isNaN(plain)) return plain
    }
    return this.#readText(start === end ? '' : record.text(i))
  }

  #readText(text: string): number {
    if (isMissing(text)) {
      this.state = MISSING
      return Number.NaN
    }
    const reading = this.#reader(text)
    if (reading === null) {
      this.state = INVALID
      return Number.NaN
    }
    if (reading.cleaned && !this.decorated) this.state = CLEANED
    this.imprecise = text.length > 15 && losesPrecision(text, reading.value)
    return reading.value
  }

  /** The same, and 1 or 0 for yes and no: promotions and holidays are often words. */
  readState(record: RecordView, i: number): number {
    const value = this.read(record, i)
    return this.state === INVALID ? truthOf(record.text(i)) : value
  }
}

const REMEMBERED = 200_000

/** Reads the dates of one column; they repeat from series to series, so each text is read once. */
export class DateCells {
  readonly #format: DateFormat
  readonly #texts = new Interner()
  readonly #ticks = growingNumbers()
  readonly #reformatted = new Set<number>()
  /** True where the last cell was written unlike the column. */
  reformatted = false

  constructor(format: DateFormat) {
    this.#format = format
  }

  /** Seconds since 1970; NaN where the cell is no date. */
  read(record: RecordView, i: number): number {
    if (this.#texts.size >= REMEMBERED || record.doubled[i] === 1) return this.readText(record.text(i))
    const before = this.#texts.size
    const id = this.#texts.idOfShared(record.bytes, record.starts[i]!, record.ends[i]!)
    if (id === before) {
      this.#ticks.push(this.readText(record.text(i)))
      if (this.reformatted) this.#reformatted.add(id)
    }
    this.reformatted = this.#reformatted.size > 0 && this.#reformatted.has(id)
    return this.#ticks.at(id)
  }

  readText(text: string): number {
    const found = this.#format.read(text)
    this.reformatted = found?.reformatted ?? false
    return found === null ? Number.NaN : parseTick(found.date)
  }
}
