const BITS = 16
const CHUNK = 1 << BITS
const MASK = CHUNK - 1

type Numbers = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>

/** A column of numbers that grows without being copied. */
class Growing<T extends Numbers> {
  readonly #make: (length: number) => T
  readonly #chunks: T[] = []
  length = 0

  constructor(make: (length: number) => T) {
    this.#make = make
  }

  push(value: number): void {
    const at = this.length & MASK
    if (at === 0) this.#chunks.push(this.#make(CHUNK))
    this.#chunks[this.#chunks.length - 1]![at] = value
    this.length++
  }

  at(i: number): number {
    return this.#chunks[i >>> BITS]![i & MASK]!
  }

  /** All of it in one piece. */
  joined(): T {
    const whole = this.#make(this.length)
    for (const [c, chunk] of this.#chunks.entries()) {
      const from = c * CHUNK
      whole.set((from + CHUNK <= this.length ? chunk : chunk.subarray(0, this.length - from)) as never, from)
    }
    return whole
  }
}

export type GrowingNumbers = Growing<Float64Array<ArrayBuffer>>
export type GrowingIntegers = Growing<Int32Array<ArrayBuffer>>
export const growingNumbers = (): GrowingNumbers => new Growing((length) => new Float64Array(length))
export const growingIntegers = (): GrowingIntegers => new Growing((length) => new Int32Array(length))
