import { crc32 } from 'node:zlib'
import type { KeptAnswer } from '../batch/checkpoint.ts'

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

/** Bytes that an answer takes, sealed. */
export const sealedLength = ({ body }: KeptAnswer): number => BODY_AT + body.length

/** What a row has besides its answers: a checksum of all of them, so that they need not be checked one by one. */
export const ROW_SUM = 4

/** Seals answers one after the other into one row. */
export function seal(answers: readonly KeptAnswer[]): Buffer {
  const length = answers.reduce((sum, answer) => sum + sealedLength(answer), 0)
  const bytes = Buffer.allocUnsafe(length + ROW_SUM)
  let from = 0
  for (const answer of answers) {
    const { key, body } = answer
    const sealed = bytes.subarray(from, from + sealedLength(answer))
    sealed.set(MARK)
    sealed.write(key, KEY_AT, 'latin1')
    sealed.writeUInt32LE(body.length, LENGTH_AT)
    sealed.set(body, BODY_AT)
    sealed.writeUInt32LE(sumOf(sealed, body.length), SUM_AT)
    from += sealed.length
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(0, length)), length)
  return bytes
}

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
