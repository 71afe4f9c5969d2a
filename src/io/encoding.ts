import { isUtf8 } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import { analyse } from 'chardet'
import { type LocatedProblem, problem } from '../messages.ts'
import { fileType, looksBinary } from './magic.ts'
import { MEGABYTE, type ReadOptions } from './read-options.ts'
import { firstInvalid, mostlyUtf8 } from './utf8-damage.ts'

/** Text of a file as UTF-8 bytes without its mark, and how it was written. */
export interface Decoded {
  readonly text: Buffer
  readonly encoding: string
  /** UTF-8 with a few bytes that are none: where the first stands. Those letters are replaced by U+FFFD. */
  readonly damage: LocatedProblem | null
}

type Result = { readonly decoded: Decoded } | { readonly problem: LocatedProblem }

/** A gzip member that grows more than this, beyond the floor, is a bomb. */
const RATIO_LIMIT = 100
const RATIO_FLOOR = 10 * MEGABYTE
const SAMPLE = 65_536

/**
 * Bytes to UTF-8: gzip is opened (size and ratio capped), then the mark (BOM) decides, then strict UTF-8, then UTF-16
 * by its zeros, then chardet's reading of 64 KiB around the first byte that is not ASCII.
 * Problems: `file_type_mismatch`, `file_too_large`, `file_unreadable`, `file_empty`, `encoding_invalid`.
 */
export function decode(file: string, bytes: Uint8Array, options: ReadOptions): Result {
  const limit = (options.maxFileMb ?? 100) * MEGABYTE
  const fail = (...args: Parameters<typeof problem>): Result => ({ problem: problem(args[0], args[1], { file }) })
  const tooLarge = (size: number): Result =>
    fail('file_too_large', { file, megabytes: Math.ceil(size / MEGABYTE), limit: limit / MEGABYTE })
  if (bytes.length > limit) return tooLarge(bytes.length)
  let raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (fileType(raw) === 'gzip') {
    const most = Math.min(limit, Math.max(RATIO_FLOOR, RATIO_LIMIT * raw.length))
    try {
      raw = gunzipSync(raw, { maxOutputLength: most })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      return code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(most + 1) : fail('file_unreadable', { file, cause: 'cut_off' })
    }
  }
  if (raw.length === 0) return fail('file_empty', { file })
  const found = startsWithMark(raw) ? null : fileType(raw)
  if (found !== null) return fail('file_type_mismatch', { file, found })
  const damaged = options.encoding === undefined && mostlyUtf8(raw)
  const encoding = options.encoding ?? (damaged ? 'utf-8' : detect(raw))
  const decoded = damaged ? Buffer.from(new TextDecoder().decode(raw)) : toUtf8(raw, encoding)
  const invalid = (): LocatedProblem => {
    const byte = firstInvalid(raw)
    return problem('encoding_invalid', { encoding, byte }, { file, row: lineOf(raw, byte) })
  }
  if (decoded === null) return { problem: invalid() }
  const text = withoutPadding(decoded)
  if (text.length === 0 && decoded.length > 0) return fail('file_type_mismatch', { file, found: 'binary' })
  if (looksBinary(text)) return fail('file_type_mismatch', { file, found: 'binary' })
  return { decoded: { text, encoding, damage: damaged ? invalid() : null } }
}

function lineOf(raw: Buffer, byte: number): number {
  let line = 1
  for (let at = 0; at < byte; at++) if (raw[at] === 10 || (raw[at] === 13 && raw[at + 1] !== 10)) line++
  return line
}

/** Without the zeros that a crash or a fixed block size leaves at the end, and the end mark (0x1A) of old systems. */
function withoutPadding(text: Buffer): Buffer {
  let end = text.length
  while (end > 0 && (text[end - 1] === 0 || text[end - 1] === 0x1a)) end--
  return text.subarray(0, end)
}

const startsWithMark = (raw: Buffer): boolean =>
  raw[0] === 0xef || (raw[0] === 0xff && raw[1] === 0xfe) || (raw[0] === 0xfe && raw[1] === 0xff)

function detect(raw: Buffer): string {
  const head = raw.subarray(0, 4).toString('hex')
  if (head === 'fffe0000') return 'utf-32le'
  if (head === '0000feff') return 'utf-32be'
  if (head.startsWith('fffe')) return 'utf-16le'
  if (head.startsWith('feff')) return 'utf-16be'
  const zeros = [0, 0]
  const looked = Math.min(raw.length, 4096)
  for (let i = 0; i < looked; i++) if (raw[i] === 0) zeros[i % 2]++
  if (zeros[1] > looked / 5 && zeros[0] < looked / 50) return 'utf-16le'
  if (zeros[0] > looked / 5 && zeros[1] < looked / 50) return 'utf-16be'
  return isUtf8(raw) ? 'utf-8' : byStatistics(raw)
}

function byStatistics(raw: Buffer): string {
  const first = raw.findIndex((byte) => byte > 127)
  const from = Math.max(0, first - SAMPLE / 2)
  const matches = analyse(raw.subarray(from, from + SAMPLE))
  const best = matches.find(({ name }) => !/^(ASCII|UTF-8|UTF-16|UTF-32)/i.test(name) && known(name))
  if (best === undefined) return 'windows-1252'
  // the Latin family differs in a few letters only: Western where it is about as likely
  const western = matches.find(({ name }) => name === 'ISO-8859-1' || name === 'windows-1252')
  if (/^(ISO-8859|windows-125)/.test(best.name) && western !== undefined && western.confidence >= best.confidence - 10)
    return 'windows-1252'
  return best.name.toLowerCase()
}

function known(label: string): boolean {
  try {
    return new TextDecoder(label) !== null
  } catch {
    return false // a name TextDecoder does not know is no candidate
  }
}

/** Null where the bytes are not text of that encoding, or it is unknown. */
function toUtf8(raw: Buffer, encoding: string): Buffer | null {
  const name = encoding.toLowerCase()
  if (name.startsWith('utf-32')) return fromUtf32(raw, name === 'utf-32le')
  if (name === 'utf-8' || name === 'utf8') {
    if (!isUtf8(raw)) return null
    return raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? raw.subarray(3) : raw
  }
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(raw))
  } catch {
    return null // reported by the caller as encoding_invalid
  }
}

function fromUtf32(raw: Buffer, little: boolean): Buffer | null {
  const parts: string[] = []
  for (let i = 4; i + 4 <= raw.length; i += 4) {
    const point = little ? raw.readUInt32LE(i) : raw.readUInt32BE(i)
    if (point > 0x10ffff) return null
    parts.push(String.fromCodePoint(point))
  }
  return Buffer.from(parts.join(''))
}
