/** Where an answer lies: the row of the table, and where in it. */
export interface Place {
  readonly row: number
  readonly offset: number
}

/** Row and offset in one number, which grows as they lie in the file: no offset is so large. */
const OFFSETS = 2 ** 20

export const rowOf = (position: number): number => Math.floor(position / OFFSETS)
export const offsetOf = (position: number): number => position - rowOf(position) * OFFSETS

/** First part of a key, second part, row, offset. */
const WORDS = 4
const FULLEST = 0.6

/**
 * Keys of answers to their places, in 16 bytes a slot: a million answers take as many megabytes as they would take
 * gigabytes of objects. It knows half of each key; the answer itself bears the whole. Rows count from 1.
 */
export class KeyIndex {
  #slots = new Uint32Array(1024 * WORDS)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** The newest place of a key. */
  set(key: string, { row, offset }: Place): void {
    this.setWords(first(key), second(key), row, offset)
  }

  /** The same, by the first two 32-bit words of the key. */
  setWords(first: number, second: number, row: number, offset: number): void {
    if (this.#size >= (this.#slots.length / WORDS) * FULLEST) this.#grow()
    this.#put(first, second, row, offset)
  }

  /** Position of a key (`rowOf`, `offsetOf`); 0 for none. A number, for whoever takes up a run asks for every key. */
  get(key: string): number {
    const at = this.#find(first(key), second(key))
    return this.#slots[at + 2]! * OFFSETS + this.#slots[at + 3]!
  }

  #put(a: number, b: number, row: number, offset: number): void {
    const at = this.#find(a, b)
    if (this.#slots[at + 2] === 0) this.#size++
    this.#slots[at] = a
    this.#slots[at + 1] = b
    this.#slots[at + 2] = row
    this.#slots[at + 3] = offset
  }

  /** The slot of a key, or the empty one where it belongs. Keys are hashes, so they spread by themselves. */
  #find(a: number, b: number): number {
    const slots = this.#slots
    const mask = slots.length / WORDS - 1
    for (let slot = (a ^ b) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * WORDS
      if (slots[at + 2] === 0 || (slots[at] === a && slots[at + 1] === b)) return at
    }
  }

  #grow(): void {
    const before = this.#slots
    this.#slots = new Uint32Array(before.length * 2)
    this.#size = 0
    for (let at = 0; at < before.length; at += WORDS)
      if (before[at + 2] !== 0) this.#put(before[at]!, before[at + 1]!, before[at + 2]!, before[at + 3]!)
  }
}

const first = (key: string): number => word(key, 0)
const second = (key: string): number => word(key, 8)

/** Eight hexadecimal digits as a number: `parseInt` takes ten times as long. */
function word(key: string, from: number): number {
  let value = 0
  for (let at = from; at < from + 8; at++) {
    const digit = key.charCodeAt(at)
    value = (value << 4) | ((digit & 15) + 9 * (digit >> 6))
  }
  return value >>> 0
}
