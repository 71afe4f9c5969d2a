import { growingIntegers } from '../growing.ts'
import { Interner } from '../interner.ts'
import type { RecordView } from '../record.ts'

/** Answers of `seriesOf` that are no series. */
export const NO_NAME = -1
export const NUL_IN_NAME = -2

/** Tells series apart by the bytes of their key columns. Names are the texts, joined by `_`; keys that join to one text stay two. */
export class SeriesRegister {
  readonly #keys: readonly number[]
  readonly #only: string
  readonly #known = new Interner()
  readonly #answers = growingIntegers()
  #scratch: Buffer = Buffer.alloc(256)
  readonly names: string[] = []
  /** The key cells of each series. */
  readonly parts: (readonly string[])[] = []

  /** Without key columns all rows are one series, named `only`. */
  constructor(keys: readonly number[], only: string) {
    this.#keys = keys
    this.#only = only
  }

  seriesOf(record: RecordView): number {
    if (this.#keys.length === 0) {
      if (this.names.length === 0) this.names.push(this.#only)
      return 0
    }
    const before = this.#known.size
    const [key] = this.#keys
    const one = this.#keys.length === 1 && record.doubled[key!] === 0
    const id = one
      ? this.#known.idOfShared(record.bytes, record.starts[key!]!, record.ends[key!]!)
      : this.#known.idOf(this.#scratch, 0, this.#join(record))
    if (id === before) this.#answers.push(this.#answer(record))
    return this.#answers.at(id)
  }

  #answer(record: RecordView): number {
    const parts = this.#keys.map((k) => record.text(k))
    if (parts.some((part) => part === '')) return NO_NAME
    if (parts.some((part) => part.includes('\u0000'))) return NUL_IN_NAME
    this.parts.push(parts)
    return this.names.push(parts.join('_')) - 1
  }

  /** Key cells with a NUL between them. */
  #join(record: RecordView): number {
    let used = 0
    for (const k of this.#keys) {
      const start = record.starts[k]!
      const length = record.ends[k]! - start
      if (used + length + 1 > this.#scratch.length) {
        const wider = Buffer.alloc(2 * (used + length + 1))
        this.#scratch.copy(wider, 0, 0, used)
        this.#scratch = wider
      }
      record.bytes.copy(this.#scratch, used, start, start + length)
      used += length
      this.#scratch[used++] = 0
    }
    return used
  }
}
