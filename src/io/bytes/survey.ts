import { isAscii, isUtf8 } from 'node:buffer'
import { createHash, type Hash } from 'node:crypto'
import type { ByteSource } from './source.ts'
import { letterAt } from './utf8-damage.ts'

/** What a first reading of all bytes tells. */
export interface Survey {
  readonly size: number
  /** The first bytes, enough for a signature. */
  readonly head: Buffer
  /** Bytes around the first that is not ASCII. */
  readonly sample: Buffer
  readonly hasZeros: boolean
  /** Letters of several bytes that are UTF-8, and bytes that are none. */
  readonly letters: number
  readonly invalid: number
  /** Where the first byte stands that is no UTF-8; null where there is none. */
  readonly firstInvalid: { readonly byte: number; readonly line: number } | null
}

const HEAD = 65_536
const SAMPLE = 65_536

/** Reads all bytes once: size, signature, whether they are UTF-8 and where not. `hash` sees them all. */
export async function survey(source: ByteSource, hash: Hash | null): Promise<Survey> {
  const head: Buffer[] = []
  let sample: Buffer | null = null
  let size = 0
  let letters = 0
  let invalid = 0
  let hasZeros = false
  let firstInvalid: Survey['firstInvalid'] = null
  let line = 1
  let rest = Buffer.alloc(0)
  const take = (bytes: Buffer, last: boolean): Buffer => {
    // a letter may be cut by the end of a chunk
    let cut = bytes.length
    if (!last)
      for (let back = 1; back <= 3 && back <= bytes.length; back++)
        if (bytes[bytes.length - back]! >= 0xc0) cut = bytes.length - back
    const whole = bytes.subarray(0, cut)
    const start = size - bytes.length
    if (isAscii(whole)) return bytes.subarray(cut)
    sample ??= sampleOf(whole)
    if (isUtf8(whole)) {
      if (letters <= 2 * invalid + SAMPLE) for (const byte of whole) if (byte >= 0xc0) letters++
      return bytes.subarray(cut)
    }
    for (let at = 0; at < whole.length; ) {
      const length = letterAt(whole, at)
      if (length === 0) {
        if (invalid++ === 0) firstInvalid = { byte: start + at, line: line + newlines(whole.subarray(0, at)) }
      } else if (length > 1) letters++
      at += length || 1
    }
    return bytes.subarray(cut)
  }
  for await (const chunk of source.open()) {
    hash?.update(chunk)
    if (size < HEAD) head.push(chunk.subarray(0, HEAD - size))
    if (!hasZeros && chunk.includes(0)) hasZeros = true
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    size += chunk.length
    rest = Buffer.from(take(bytes, false))
    // lines are counted only up to the first fault
    if (firstInvalid === null) line += newlines(chunk)
  }
  take(rest, true)
  return {
    size,
    head: Buffer.concat(head),
    sample: sample ?? Buffer.alloc(0),
    hasZeros,
    letters,
    invalid,
    firstInvalid,
  }
}

export const sha256 = (): Hash => createHash('sha256')

function sampleOf(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte > 127)
  const from = Math.max(0, first - SAMPLE / 2)
  return Buffer.from(bytes.subarray(from, from + SAMPLE))
}

/** Lines end in LF, or in CR where a file has no other. */
const newlines = (bytes: Buffer): number => countOf(bytes, 10) || countOf(bytes, 13)

function countOf(bytes: Buffer, byte: number): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++
  return count
}
