import type { LocatedProblem } from '../messages.ts'

/**
 * One record of a table, whatever the file's format: cell i lies in `bytes` (UTF-8) from `starts[i]` to `ends[i]`.
 * The same object is used for every record: it holds during the call that hands it over.
 */
export class RecordView {
  bytes: Buffer = Buffer.alloc(0)
  starts = new Int32Array(64)
  ends = new Int32Array(64)
  /** 1 where a cell holds doubled quotation marks that stand for one. */
  doubled = new Uint8Array(64)
  /** Numbers that the format keeps as numbers; NaN for cells of text. Null where all cells are text. */
  typed: Float64Array | null = null
  quote = 34
  count = 0
  /** Line or row the record begins on, from 1. */
  line = 0

  push(start: number, end: number, doubled: 0 | 1): void {
    const at = this.count++
    if (at === this.starts.length) this.#grow()
    this.starts[at] = start
    this.ends[at] = end
    this.doubled[at] = doubled
  }

  /** Bytes of all cells. */
  get size(): number {
    let size = 0
    for (let i = 0; i < this.count; i++) size += this.ends[i]! - this.starts[i]!
    return size
  }

  text(i: number): string {
    const text = this.bytes.toString('utf8', this.starts[i], this.ends[i])
    if (this.doubled[i] === 0) return text
    const quote = String.fromCharCode(this.quote)
    return text.replaceAll(quote + quote, quote)
  }

  /** Texts of all cells; those of more than `most` bytes as their beginning with a mark that tells them apart. */
  cells(most = Number.POSITIVE_INFINITY): string[] {
    const cells = new Array<string>(this.count)
    for (let i = 0; i < this.count; i++)
      cells[i] = this.ends[i]! - this.starts[i]! <= most ? this.text(i) : this.#abridged(i, most)
    return cells
  }

  #abridged(i: number, most: number): string {
    const start = this.starts[i]!
    let mark = 0
    for (let at = start + most; at < this.ends[i]!; at++) mark = (Math.imul(mark, 31) + this.bytes[at]!) | 0
    return `${this.bytes.toString('utf8', start, start + most)}…${mark}`
  }

  isBlank(i: number): boolean {
    for (let at = this.starts[i]!; at < this.ends[i]!; at++) {
      const byte = this.bytes[at]!
      // spaces beyond ASCII are told by their text
      if (byte > 127) return this.text(i).trim() === ''
      if (byte !== 32 && (byte < 9 || byte > 13)) return false
    }
    return true
  }

  /** True from cell `from` on. */
  allBlank(from = 0): boolean {
    for (let i = from; i < this.count; i++) if (!this.isBlank(i)) return false
    return true
  }

  #grow(): void {
    const room = 2 * this.starts.length
    const wider = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const copy = new Int32Array(room)
      copy.set(old)
      return copy
    }
    this.starts = wider(this.starts)
    this.ends = wider(this.ends)
    const doubled = new Uint8Array(room)
    doubled.set(this.doubled)
    this.doubled = doubled
  }
}

/** Takes a record; `false` ends the reading. */
export type OnRecord = (record: RecordView) => boolean | undefined

/** A table that can be read from the beginning as often as needed. */
export interface RecordSource {
  /** Every record in order, blank ones left out. What cannot be read as a record goes to `unreadable`. */
  readonly scan: (on: OnRecord, unreadable: Unreadable) => Promise<void>
}

/** Lines that are no record, with the reason once; null for more of the same. */
export type Unreadable = (problem: LocatedProblem | null, lines: number) => void
