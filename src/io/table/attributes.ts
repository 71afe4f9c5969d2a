import { Interner } from '../interner.ts'
import type { RecordView } from '../record.ts'
import type { Attribute } from './extras.ts'

/** The last text that each attribute column holds for each series: a price list's newest price. */
export class AttributeCells {
  readonly columns: readonly Attribute[]
  readonly #texts: readonly Interner[]
  /** Of attribute a, series s: the number of its text, -1 for none yet. */
  readonly #last: Int32Array[]

  constructor(columns: readonly Attribute[]) {
    this.columns = columns
    this.#texts = columns.map(() => new Interner())
    this.#last = columns.map(() => new Int32Array(64).fill(-1))
  }

  take(record: RecordView, series: number): void {
    for (let a = 0; a < this.columns.length; a++) {
      const i = this.columns[a]!.index
      const start = record.starts[i]!
      const end = record.ends[i]!
      if (start === end) continue
      if (series >= this.#last[a]!.length) {
        const wider = new Int32Array(2 * series).fill(-1)
        wider.set(this.#last[a]!)
        this.#last[a] = wider
      }
      this.#last[a]![series] = this.#texts[a]!.idOfShared(record.bytes, start, end)
    }
  }

  /** Null where no row of the series has one. */
  textOf(attribute: number, series: number): string | null {
    const id = this.#last[attribute]![series] ?? -1
    return id < 0 ? null : this.#texts[attribute]!.text(id)
  }
}
