import { crc32 } from 'node:zlib'
import type { KeptAnswer, SealedRow } from './checkpoint.ts'

/**
 * An answer as it lies in the file: a mark, its key, its length, a checksum over key and body, the body. It can be
 * recognised, and told from damage, wherever in the file it is.
 */
const MARK = Buffer.from('\u0000arfc-answer\u0001')
const KEY_AT = MARK.length
const KEY_BYTES = 32
const LENGTH_AT = KEY_AT + KEY_BYTES
const SUM_AT = LENGTH_AT + 4
const BODY_AT = SUM_AT + 4

/** Bytes that a body takes, sealed. */
const sealedLength = (body: number): number => BODY_AT + body

/** What a row has besides its answers: a checksum of all of them, so that they need not be checked one by one. */
const ROW_SUM = 4
/** Of the file that they lie in. */
export const PAGE_BYTES = 32_768
/** What a page holds of answers: besides them it has a few words of its own. */
const ROW_BYTES = PAGE_BYTES - 64 - ROW_SUM

/** Rows one after the other, and how many answers each of them has. */
export interface SealedRows {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly counts: readonly number[]
}

/** Seals answers into rows of a page each, so that none is cut by the border of a page. */
export function seal(answers: readonly KeptAnswer[]): SealedRows {
  const counts = countsOf(answers)
  const length = answers.reduce((sum, { body }) => sum + sealedLength(body.length), counts.length * ROW_SUM)
  // all of it is written to; its memory is its own, to be handed over
  const bytes = Buffer.allocUnsafeSlow(length)
  let next = 0
  let at = 0
  for (const count of counts) {
    const begin = at
    for (const { key, body } of answers.slice(next, next + count)) {
      bytes.set(MARK, at)
      bytes.write(key, at + KEY_AT, 'latin1')
      bytes.writeUInt32LE(body.length, at + LENGTH_AT)
      bytes.set(body, at + BODY_AT)
      bytes.writeUInt32LE(crc32(body, crc32(bytes.subarray(at + KEY_AT, at + SUM_AT))), at + SUM_AT)
      at += sealedLength(body.length)
    }
    bytes.writeUInt32LE(crc32(bytes.subarray(begin, at)), at)
    at += ROW_SUM
    next += count
  }
  return { bytes, counts }
}

function countsOf(answers: readonly KeptAnswer[]): number[] {
  const counts: number[] = []
  let room = 0
  for (const { body } of answers) {
    const length = sealedLength(body.length)
    if (length > room) {
      counts.push(0)
      room = ROW_BYTES
    }
    counts[counts.length - 1]!++
    room -= length
  }
  return counts
}

/** The rows one by one; `keys` and `lengths` of all answers in them. */
export function rowsOf(
  { bytes, counts }: SealedRows,
  keys: readonly string[],
  lengths: readonly number[],
): readonly SealedRow[] {
  let next = 0
  let at = 0
  return counts.map((count) => {
    const own = lengths.slice(next, next + count)
    const length = own.reduce((sum, body) => sum + sealedLength(body), ROW_SUM)
    const row = { bytes: bytes.subarray(at, at + length), keys: keys.slice(next, next + count), lengths: own }
    next += count
    at += length
    return row
  })
}

/** Whether it fills most of a page; those that do not are better sealed anew, several as one. */
export const isFilled = ({ bytes }: SealedRow): boolean => bytes.length > PAGE_BYTES / 2

/** Where each answer of a row is in it. */
export function offsetsIn({ lengths }: SealedRow): readonly number[] {
  let at = 0
  return lengths.map((body) => {
    const offset = at
    at += sealedLength(body)
    return offset
  })
}

/** The bodies in a row, in their order. */
export const bodiesIn = (row: SealedRow): readonly Uint8Array[] =>
  offsetsIn(row).map((offset, i) => row.bytes.subarray(offset + BODY_AT, offset + BODY_AT + row.lengths[i]!))

/** Whether a row is as it was sealed. */
export function isWhole(row: Buffer): boolean {
  const length = row.length - ROW_SUM
  return length >= BODY_AT && row.readUInt32LE(length) === crc32(row.subarray(0, length))
}

/** The body that was sealed there; null where it is not whole or belongs to another key. `whole`: the row is. */
export function unseal(key: string, row: Buffer, offset: number, whole: boolean): Uint8Array | null {
  if (!whole) {
    const answer = read(row, offset)
    return answer?.key === key ? answer.body : null
  }
  if (offset + BODY_AT > row.length || !bears(row, offset + KEY_AT, key)) return null
  // no `Buffer`, which takes longer to make
  return new Uint8Array(row.buffer, row.byteOffset + offset + BODY_AT, row.readUInt32LE(offset + LENGTH_AT))
}

/** Whether this key stands there. */
function bears(row: Buffer, from: number, key: string): boolean {
  for (let i = 0; i < KEY_BYTES; i++) if (row[from + i] !== key.charCodeAt(i)) return false
  return true
}

/** Every whole answer in these bytes, in their order. */
export function* sealedIn(bytes: Buffer): Generator<KeptAnswer> {
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) {
    const answer = read(bytes, at)
    if (answer !== null) yield answer
  }
}

function read(bytes: Buffer, at: number): KeptAnswer | null {
  if (at + BODY_AT > bytes.length || !bytes.subarray(at, at + KEY_AT).equals(MARK)) return null
  const length = bytes.readUInt32LE(at + LENGTH_AT)
  const sealed = bytes.subarray(at, at + BODY_AT + length)
  if (sealed.length < BODY_AT + length || sealed.readUInt32LE(SUM_AT) !== sumOf(sealed, length)) return null
  return { key: sealed.toString('latin1', KEY_AT, LENGTH_AT), body: sealed.subarray(BODY_AT) }
}

const sumOf = (sealed: Buffer, length: number): number =>
  crc32(sealed.subarray(BODY_AT, BODY_AT + length), crc32(sealed.subarray(KEY_AT, SUM_AT)))
