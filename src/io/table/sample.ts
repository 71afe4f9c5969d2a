import { Interner } from '../interner.ts'
import type { RecordSource, RecordView } from '../record.ts'
import { readDate, serialKind } from './dates.ts'
import { findHeader, LOOKED_AT } from './header.ts'
import { type NumberEvidence, noEvidence, weighCell } from './number-format.ts'
import { numeric } from './numbers.ts'

/** The first records of a table as texts, with the line each begins on. */
export interface Head {
  readonly rows: string[][]
  readonly lines: number[]
}

/** What all cells of a column say of the way they are written. */
export interface ColumnEvidence {
  readonly numbers: NumberEvidence
  /** Distinct texts of a column that may hold dates, the first 100,000; null for others. */
  readonly dates: Interner | null
}

/** A table as a first reading of the whole of it shows it. */
export interface Sample {
  readonly head: Head
  /** Index of the header in `head`, -1 without one; and its line, 0 without one. */
  readonly header: number
  readonly headerLine: number
  /** Records from all parts of the table, as wide as the header, at most 2,048. */
  readonly spread: readonly string[][]
  readonly evidence: readonly ColumnEvidence[]
  /** Records below the header that are not blank, and lines that are no record. */
  readonly records: number
  readonly unreadable: number
}

const HEAD_ROWS = 20_000
const HEAD_CELLS = 400_000
const HEAD_BYTES = 8_000_000
const SPREAD_ROWS = 2048
const SPREAD_CELLS = 500_000
/** Texts beyond this are kept by their beginning, but where they may be the header. */
const LONG_CELL = 300
const MOST_DATES = 100_000

const isBlank = (row: readonly string[]): boolean => row.every((cell) => cell.trim() === '')

/** Reads the beginning, then everything once. `file_empty` is for the caller: `head.rows` is then empty. */
export async function sampleOf(source: RecordSource): Promise<Sample> {
  const head: Head = { rows: [], lines: [] }
  let cells = 0
  let bytes = 0
  await source.scan(
    (record) => {
      if (record.allBlank()) return true
      head.rows.push(record.cells(head.rows.length < LOOKED_AT ? undefined : LONG_CELL))
      head.lines.push(record.line)
      cells += record.count
      bytes += record.size
      return head.rows.length < HEAD_ROWS && cells < HEAD_CELLS && bytes < HEAD_BYTES
    },
    () => {},
  )
  const header = head.rows.length === 0 ? -1 : findHeader(head.rows)
  const headerLine = header < 0 ? 0 : head.lines[header]!
  const width = head.rows.length === 0 ? 0 : head.rows[Math.max(0, header)]!.length
  const evidence = Array.from({ length: width }, (_, i): ColumnEvidence & { typed: boolean } => {
    const texts = head.rows.slice(header + 1).map((row) => row[i] ?? '')
    const typed = texts.some(numeric)
    const dated = texts.some((text) => readDate(text) !== null || serialKind(text.trim()) !== null)
    return { numbers: noEvidence(), dates: dated ? new Interner() : null, typed }
  })
  const spread = new Spread()
  let records = 0
  let unreadable = 0
  await source.scan(
    (record) => {
      if (record.line <= headerLine || record.allBlank()) return
      records++
      if (record.count < width) return
      spread.add(record)
      for (let i = 0; i < width; i++) {
        const { typed, numbers, dates } = evidence[i]!
        if (typed) weighCell(numbers, record, i)
        if (dates !== null && dates.size < MOST_DATES)
          dates.idOfShared(record.bytes, record.starts[i]!, record.ends[i]!)
      }
    },
    (_, lines) => {
      unreadable += lines
    },
  )
  return { head: withoutBlank(head), header, headerLine, spread: spread.rows, evidence, records, unreadable }
}

const withoutBlank = (head: Head): Head => (head.rows.every(isBlank) ? { rows: [], lines: [] } : head)

/** Every 1st, then every 2nd, 4th, 8th ... record, so that all parts of a table of unknown length are seen. */
class Spread {
  rows: string[][] = []
  #step = 1
  #seen = 0

  add(record: RecordView): void {
    if (this.#seen++ % this.#step !== 0) return
    this.rows.push(record.cells(LONG_CELL))
    if (this.rows.length < SPREAD_ROWS && this.rows.length * record.count < SPREAD_CELLS) return
    this.rows = this.rows.filter((_, i) => i % 2 === 0)
    this.#step *= 2
  }
}
