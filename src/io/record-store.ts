import { growingIntegers, growingNumbers } from './growing.ts'
import { type OnRecord, type RecordSource, RecordView } from './record.ts'

/** Cells of all records together, empty ones between filled ones included. */
const CELL_LIMIT = 40_000_000

/** A text that stands for the lines below it, up to `to`. */
interface Fill {
  readonly column: number
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

/**
 * Records of a format that is not read from its text (workbooks, Parquet), kept compactly in memory: each distinct text
 * once where it is shared, 16 bytes a cell.
 */
export class RecordStore implements RecordSource {
  #bytes: Buffer = Buffer.allocUnsafe(1 << 16)
  #used = 0
  readonly #starts = growingIntegers()
  readonly #lengths = growingIntegers()
  readonly #typed = growingNumbers()
  readonly #columns = growingIntegers()
  /** Of each record: its line, and its first cell. */
  readonly #lines = growingIntegers()
  readonly #firsts = growingIntegers()
  #width = 0
  readonly #fills: Fill[] = []

  /** Keeps a text; the place answers to `addCell`. */
  keep(text: string): { readonly start: number; readonly length: number } {
    const room = 3 * text.length
    if (this.#used + room > this.#bytes.length) {
      const wider = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#used + room))
      this.#bytes.copy(wider, 0, 0, this.#used)
      this.#bytes = wider
    }
    const start = this.#used
    const length = this.#bytes.write(text, start)
    this.#used += length
    return { start, length }
  }

  beginRecord(line: number): void {
    this.#lines.push(line)
    this.#firsts.push(this.#starts.length)
  }

  /** Columns from 0, in ascending order. `number` NaN for a text. False where the table has too many cells. */
  addCell(column: number, start: number, length: number, number: number): boolean {
    this.#columns.push(column)
    this.#starts.push(start)
    this.#lengths.push(length)
    this.#typed.push(number)
    if (column >= this.#width) this.#width = column + 1
    return this.#starts.length <= CELL_LIMIT
  }

  /**
   * The text of a cell stands for the lines below it too, up to `to`, where their own cells are empty. A number does not:
   * a quantity over three rows is one quantity. Fills come in any order, after all records.
   */
  fillDown(column: number, from: number, to: number): void {
    const record = this.#recordAt(from)
    if (record < 0) return
    for (let at = this.#firsts.at(record); at < this.#endOf(record); at++)
      if (this.#columns.at(at) === column && Number.isNaN(this.#typed.at(at))) {
        const start = this.#starts.at(at)
        this.#fills.push({ column, from, to, start, end: start + this.#lengths.at(at) })
      }
  }

  #recordAt(line: number): number {
    let low = 0
    let high = this.#lines.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#lines.at(middle) < line) low = middle + 1
      else high = middle
    }
    return low <= high && this.#lines.at(low) === line ? low : -1
  }

  #endOf(record: number): number {
    return record + 1 < this.#lines.length ? this.#firsts.at(record + 1) : this.#starts.length
  }

  get records(): number {
    return this.#lines.length
  }

  async scan(on: OnRecord): Promise<void> {
    const record = new RecordView()
    record.bytes = this.#bytes
    const width = this.#width
    record.typed = new Float64Array(width)
    for (let i = 0; i < width; i++) record.push(0, 0, 0)
    const filled: number[] = []
    const records = this.#lines.length
    const fills = this.#fills.toSorted((a, b) => a.from - b.from)
    let next = 0
    /** One a column, as areas do not overlap: a file that says otherwise costs no more. */
    const open = new Map<number, Fill>()
    for (let r = 0; r < records; r++) {
      for (const column of filled) {
        record.starts[column] = record.ends[column] = 0
        record.typed[column] = Number.NaN
      }
      if (r === 0) record.typed.fill(Number.NaN)
      filled.length = 0
      const end = this.#endOf(r)
      for (let at = this.#firsts.at(r); at < end; at++) {
        const column = this.#columns.at(at)
        const start = this.#starts.at(at)
        record.starts[column] = start
        record.ends[column] = start + this.#lengths.at(at)
        record.typed[column] = this.#typed.at(at)
        filled.push(column)
      }
      const line = this.#lines.at(r)
      for (; next < fills.length && fills[next]!.from < line; next++) open.set(fills[next]!.column, fills[next]!)
      for (const { column, to, start, end } of open.values())
        if (to < line) open.delete(column)
        else if (record.starts[column] === record.ends[column]) {
          record.starts[column] = start
          record.ends[column] = end
          filled.push(column)
        }
      record.line = line
      if (on(record) === false) return
    }
  }
}
