/** Numbers of a pool: what is kept of one small array holds no more than these. */
const POOL = 2048
/** Larger ones have memory of their own. */
const SMALL = POOL / 4

let pool = new Float64Array(POOL)
let bytes = new Uint8Array(pool.buffer)
let used = 0

/**
 * An array of zeros. Small ones share their `buffer` with others, as those of Node's `Buffer` do: to ask for memory for each
 * one, and to give it back, takes longer than to fill it.
 */
export function smallArray(length: number): Float64Array<ArrayBuffer> {
  if (length > SMALL) return new Float64Array(length)
  // before it is read which pool it is
  const at = taken(length)
  return pool.subarray(at, used)
}

/** The numbers that lie there in some bytes, at any place, as such an array. */
export function smallArrayFrom(source: Uint8Array, from: number, to: number): Float64Array<ArrayBuffer> {
  const length = (to - from) / Float64Array.BYTES_PER_ELEMENT
  const part = source.subarray(from, to)
  if (length > SMALL) return new Float64Array(new Uint8Array(part).buffer)
  const at = taken(length)
  bytes.set(part, at * Float64Array.BYTES_PER_ELEMENT)
  return pool.subarray(at, used)
}

/** Where so many unused numbers of the pool begin; they end at `used`. */
function taken(length: number): number {
  if (used + length > POOL) {
    pool = new Float64Array(POOL)
    bytes = new Uint8Array(pool.buffer)
    used = 0
  }
  used += length
  return used - length
}
