import { growingIntegers, growingNumbers } from './growing.ts'
import { type OnRecord, type RecordSource, RecordView } from './record.ts'

/** Cells of all records together, empty ones between filled ones included. */
const CELL_LIMIT = 40_000_000

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
    for (let r = 0; r < records; r++) {
      for (const column of filled) {
        record.starts[column] = record.ends[column] = 0
        record.typed[column] = Number.NaN
      }
      if (r === 0) record.typed.fill(Number.NaN)
      filled.length = 0
      const end = r + 1 < records ? this.#firsts.at(r + 1) : this.#starts.length
      for (let at = this.#firsts.at(r); at < end; at++) {
        const column = this.#columns.at(at)
        const start = this.#starts.at(at)
        record.starts[column] = start
        record.ends[column] = start + this.#lengths.at(at)
        record.typed[column] = this.#typed.at(at)
        filled.push(column)
      }
      record.line = this.#lines.at(r)
      if (on(record) === false) return
    }
  }
}
