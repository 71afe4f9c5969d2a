/**
 * Numbers the distinct byte strings it meets from 0 on, in the order of their first appearance. A cell is told from
 * those before it without becoming a text: the columns that name things repeat from row to row.
 */
export class Interner {
  #slots = new Int32Array(1024).fill(-1)
  #hashes = new Int32Array(512)
  #ends = new Float64Array(512)
  #arena: Buffer = Buffer.allocUnsafe(4096)
  #used = 0
  #last = -1
  /** What followed each text when it was last met: files repeat the same dates from series to series. */
  #after = new Int32Array(512).fill(-1)
  /** Where the last text stood, while its bytes do not change. */
  #place: Buffer | null = null
  #start = 0
  #end = 0
  size = 0

  /** As `idOf`, for bytes that stay as they are: a text that many cells share is looked at once. */
  idOfShared(bytes: Buffer, start: number, end: number): number {
    if (this.#place === bytes && this.#start === start && this.#end === end) return this.#last
    const id = this.idOf(bytes, start, end)
    this.#place = bytes
    this.#start = start
    this.#end = end
    return id
  }

  /** The number of `bytes` from `start` to `end`; a new one equals the `size` before the call. */
  idOf(bytes: Buffer, start: number, end: number): number {
    this.#place = null
    const last = this.#last
    if (last >= 0) {
      if (this.#equals(last, bytes, start, end)) return last
      const expected = this.#after[last]!
      if (expected >= 0 && this.#equals(expected, bytes, start, end)) {
        this.#last = expected
        return expected
      }
    }
    let hash = 0x811c9dc5
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
    hash ^= hash >>> 15
    const slots = this.#slots
    const hashes = this.#hashes
    const mask = slots.length - 1
    let slot = hash & mask
    for (let id = slots[slot]!; id >= 0; id = slots[slot]!) {
      if (hashes[id] === hash && this.#equals(id, bytes, start, end)) {
        if (last >= 0) this.#after[last] = id
        this.#last = id
        return id
      }
      slot = (slot + 1) & mask
    }
    const id = this.size++
    slots[slot] = id
    this.#keep(id, hash, bytes, start, end)
    if (last >= 0) this.#after[last] = id
    this.#last = id
    return id
  }

  text(id: number): string {
    return this.#arena.toString('utf8', id === 0 ? 0 : this.#ends[id - 1], this.#ends[id])
  }

  #equals(id: number, bytes: Buffer, start: number, end: number): boolean {
    const from = id === 0 ? 0 : this.#ends[id - 1]!
    if (this.#ends[id]! - from !== end - start) return false
    const arena = this.#arena
    for (let a = from, b = start; b < end; a++, b++) if (arena[a] !== bytes[b]) return false
    return true
  }

  #keep(id: number, hash: number, bytes: Buffer, start: number, end: number): void {
    if (id === this.#hashes.length) {
      const hashes = new Int32Array(2 * id)
      hashes.set(this.#hashes)
      this.#hashes = hashes
      const ends = new Float64Array(2 * id)
      ends.set(this.#ends)
      this.#ends = ends
      const after = new Int32Array(2 * id).fill(-1)
      after.set(this.#after)
      this.#after = after
    }
    const length = end - start
    if (this.#used + length > this.#arena.length) {
      const arena = Buffer.allocUnsafe(2 * (this.#used + length))
      this.#arena.copy(arena, 0, 0, this.#used)
      this.#arena = arena
    }
    bytes.copy(this.#arena, this.#used, start, end)
    this.#used += length
    this.#hashes[id] = hash
    this.#ends[id] = this.#used
    if (2 * this.size > this.#slots.length) this.#rehash()
  }

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length).fill(-1)
    const mask = slots.length - 1
    for (let id = 0; id < this.size; id++) {
      let slot = this.#hashes[id]! & mask
      while (slots[slot]! >= 0) slot = (slot + 1) & mask
      slots[slot] = id
    }
    this.#slots = slots
  }
}
