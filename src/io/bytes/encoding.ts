import { type Code, code, type LocatedProblem, Problem, problem } from '../../messages.ts'
import type { ByteSource } from './source.ts'
import type { Survey } from './survey.ts'
import { mostlyUtf8 } from './utf8-damage.ts'

/** How the text of a file is written, and what says so. */
export interface Encoding {
  readonly name: string
  readonly evidence: Code
  /** Bytes of the mark (BOM) at the beginning. */
  readonly mark: number
  /** UTF-8 with a few bytes that are none: where the first stands. Those letters are replaced by U+FFFD. */
  readonly damage: LocatedProblem | null
}

/**
 * The mark (BOM) decides, then strict UTF-8, then UTF-16 by its zeros, then chardet's reading of 64 KiB around the first
 * byte that is not ASCII. Throws `encoding_invalid` where an encoding was asked for that the bytes are not.
 */
export async function findEncoding(file: string, survey: Survey, asked: string | undefined): Promise<Encoding> {
  const { head, letters, invalid, hasZeros, firstInvalid } = survey
  const marked = markOf(head)
  const broken = (name: string): LocatedProblem => {
    const { byte, line } = firstInvalid ?? { byte: 0, line: 1 }
    return problem('encoding_invalid', { encoding: name, byte }, { file, row: line })
  }
  if (asked !== undefined) {
    const name = canonical(asked)
    if (name === null || (name === 'utf-8' && invalid > 0)) throw new Problem(broken(asked))
    return {
      name,
      evidence: code('evidence_asked', { value: asked }),
      mark: marked?.name === name ? marked.bytes : 0,
      damage: null,
    }
  }
  if (marked !== null && (marked.name !== 'utf-8' || invalid === 0))
    return {
      name: marked.name,
      evidence: code('evidence_encoding_mark', { encoding: marked.name }),
      mark: marked.bytes,
      damage: null,
    }
  if (mostlyUtf8(letters, invalid, hasZeros))
    return {
      name: 'utf-8',
      evidence: code('evidence_encoding_damaged', { letters, invalid }),
      mark: marked?.bytes ?? 0,
      damage: broken('utf-8'),
    }
  const wide = byZeros(head)
  if (wide !== null)
    return { name: wide, evidence: code('evidence_encoding_zeros', { encoding: wide }), mark: 0, damage: null }
  if (invalid === 0)
    return {
      name: 'utf-8',
      evidence: letters === 0 ? code('evidence_encoding_ascii') : code('evidence_encoding_utf8', { letters }),
      mark: 0,
      damage: null,
    }
  const { name, share } = await byStatistics(survey.sample)
  return {
    name,
    evidence: code('evidence_encoding_statistics', { encoding: name, percent: share }),
    mark: 0,
    damage: null,
  }
}

function markOf(head: Buffer): { name: string; bytes: number } | null {
  const hex = head.subarray(0, 4).toString('hex')
  if (hex === 'fffe0000') return { name: 'utf-32le', bytes: 4 }
  if (hex === '0000feff') return { name: 'utf-32be', bytes: 4 }
  if (hex.startsWith('efbbbf')) return { name: 'utf-8', bytes: 3 }
  if (hex.startsWith('fffe')) return { name: 'utf-16le', bytes: 2 }
  if (hex.startsWith('feff')) return { name: 'utf-16be', bytes: 2 }
  return null
}

function byZeros(head: Buffer): string | null {
  const looked = Math.min(head.length, 4096)
  const zeros = [0, 0, 0, 0]
  for (let i = 0; i < looked; i++) if (head[i] === 0) zeros[i % 4]!++
  const often = (count: number): boolean => count > looked / 5 - 1
  // three zeros of four: UTF-32 without a mark
  if (zeros[1]! + zeros[2]! + zeros[3]! > (0.7 * looked * 3) / 4 && zeros[0]! < looked / 50) return 'utf-32le'
  if (zeros[0]! + zeros[1]! + zeros[2]! > (0.7 * looked * 3) / 4 && zeros[3]! < looked / 50) return 'utf-32be'
  const even = zeros[0]! + zeros[2]!
  const odd = zeros[1]! + zeros[3]!
  if (often(odd) && odd > 0 && even < looked / 50) return 'utf-16le'
  if (often(even) && even > 0 && odd < looked / 50) return 'utf-16be'
  return null
}

/** Letters that are none, or half-width ones (what Chinese looks like as Japanese), beyond which a reading is wrong. */
const MOST_ODD = 0.2

function isPlausible(name: string, sample: Buffer): boolean {
  if (canonical(name) === null) return false
  const text = new TextDecoder(name).decode(sample)
  const letters = text.match(/[^\p{ASCII}]/gu)?.length ?? 0
  const odd = text.match(/[\ufffd\uff61-\uff9f]/g)?.length ?? 0
  return odd <= MOST_ODD * letters
}

async function byStatistics(sample: Buffer): Promise<{ name: string; share: number }> {
  // most files are UTF-8
  const { analyse } = await import('chardet')
  const matches = analyse(sample)
  const best = matches.find(({ name }) => !/^(ASCII|UTF-8|UTF-16|UTF-32)/i.test(name) && isPlausible(name, sample))
  if (best === undefined) return { name: 'windows-1252', share: 0 }
  // the Latin family differs in a few letters only: Western where it is about as likely
  const western = matches.find(({ name }) => name === 'ISO-8859-1' || name === 'windows-1252')
  if (/^(ISO-8859|windows-125)/.test(best.name) && western !== undefined && western.confidence >= best.confidence - 10)
    return { name: 'windows-1252', share: western.confidence }
  return { name: best.name.toLowerCase(), share: best.confidence }
}

/** The name as `TextDecoder` writes it; null for one it does not know. */
function canonical(label: string): string | null {
  const plain = label.toLowerCase()
  if (/^utf-?32(le|be)?$/.test(plain)) return plain.endsWith('be') ? 'utf-32be' : 'utf-32le'
  try {
    return new TextDecoder(label).encoding
  } catch {
    return null // told by the caller
  }
}

/**
 * The text as UTF-8 without its mark, and without the zeros and end marks (0x1A) that old systems, a crash or a fixed
 * block size leave at the end. Throws `encoding_invalid` where the bytes are no text of the encoding.
 */
export const decoded = (file: string, source: ByteSource, encoding: Encoding): ByteSource => ({
  size: source.size,
  open: () =>
    withoutPadding(
      encoding.name === 'utf-8' && encoding.damage === null
        ? skipped(source, encoding.mark)
        : transcoded(file, source, encoding),
    ),
})

async function* skipped(source: ByteSource, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const chunk of source.open()) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}

async function* transcoded(file: string, source: ByteSource, { name, mark, damage }: Encoding): AsyncGenerator<Buffer> {
  const decode = name.startsWith('utf-32') ? utf32(name === 'utf-32le') : textDecoder(name, damage === null)
  let byte = 0
  try {
    for await (const chunk of skipped(source, mark)) {
      yield Buffer.from(decode(chunk, true))
      byte += chunk.length
    }
    yield Buffer.from(decode(Buffer.alloc(0), false))
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    throw new Problem(problem('encoding_invalid', { encoding: name, byte }, { file }), undefined, error)
  }
}

function textDecoder(name: string, fatal: boolean): (chunk: Buffer, more: boolean) => string {
  const decoder = new TextDecoder(name, { fatal, ignoreBOM: true })
  return (chunk, more) => decoder.decode(chunk, { stream: more })
}

/** Throws RangeError for a number that is no letter, and for bytes that end within one. */
function utf32(little: boolean): (chunk: Buffer, more: boolean) => string {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk, more) => {
    const bytes = Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % 4)
    rest = bytes.subarray(whole)
    if (!more && rest.length > 0) throw new RangeError('utf-32')
    const parts: string[] = []
    for (let i = 0; i < whole; i += 4)
      parts.push(String.fromCodePoint(little ? bytes.readUInt32LE(i) : bytes.readUInt32BE(i)))
    return parts.join('')
  }
}

/** Zeros and 0x1A are held back until a letter follows them. */
async function* withoutPadding(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  for await (const chunk of chunks) {
    let end = chunk.length
    while (end > 0 && (chunk[end - 1] === 0 || chunk[end - 1] === 0x1a)) end--
    if (end > 0) {
      yield* held
      held = []
      yield chunk.subarray(0, end)
    }
    if (end < chunk.length) held.push(chunk.subarray(end))
  }
}
