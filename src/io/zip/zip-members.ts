import type { Readable } from 'node:stream'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { Problem, problem } from '../../messages.ts'
import { counted, mostInflated, tooLarge } from '../bytes/inflate.ts'
import { type ByteSource, wholeOf } from '../bytes/source.ts'
import { MEGABYTE } from '../read-options.ts'

/** One file in an archive; nothing is ever written under its name. */
export interface ZipMember {
  readonly name: string
  readonly open: ByteSource['open']
  readonly size: number
}

const MOST_MEMBERS = 1000
const LOCAL_HEADER = 30
const STORED = 0
const DEFLATED = 8
const SYMLINK = 0xa000
const DATA_DESCRIPTOR = 8

/**
 * What a ZIP archive holds. Counts, sizes and ratios are checked before anything is inflated, and counted again while it
 * is. Throws `archive_too_large`, `archive_invalid` (cut off, encrypted, links, names twice, parts that overlap or
 * contradict the directory).
 */
export async function zipMembers(file: string, bytes: ByteSource, limit: number): Promise<ZipMember[]> {
  const whole = await wholeOf(bytes)
  const invalid = (cause: string, error?: unknown): Problem => {
    const one = problem('archive_invalid', { file, cause }, { file })
    return new Problem(one, [one], error)
  }
  let zip: ZipFile
  const entries: Entry[] = []
  try {
    // names are only shown: those that would lead elsewhere are no reason to refuse the rest
    zip = await opened(whole)
    if (zip.entryCount > MOST_MEMBERS)
      throw new Problem(problem('archive_too_large', { file, cause: 'members', limit: MOST_MEMBERS }, { file }))
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw invalid('damaged', error)
  }
  const most = mostInflated(whole.length, limit)
  let declared = 0
  for (const entry of entries) {
    declared += entry.uncompressedSize
    if (entry.isEncrypted()) throw invalid('encrypted')
    if (((entry.externalFileAttributes >>> 16) & 0xf000) === SYMLINK) throw invalid('link')
    if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) throw invalid('method')
  }
  if (declared > most)
    throw new Problem(
      problem('archive_too_large', { file, cause: 'size', limit: Math.round(most / MEGABYTE) }, { file }),
    )
  const names = entries.map(nameOf)
  if (new Set(names).size !== names.length) throw invalid('names')
  if (overlap(entries)) throw invalid('overlap')
  for (const entry of entries) await compareHeaders(zip, entry, invalid)
  return entries.map((entry, i) => ({
    name: names[i]!,
    size: entry.uncompressedSize,
    open: () => inflated(file, zip, entry, Math.min(most, entry.uncompressedSize), invalid),
  }))
}

const opened = (whole: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) =>
    fromBuffer(
      whole,
      { lazyEntries: true, decodeStrings: false, validateEntrySizes: true, autoClose: false },
      (error, zip) => (error ? reject(error) : resolve(zip)),
    ),
  )

/** UTF-8 where the archive says so, else the letters of one byte each. */
const nameOf = (entry: Entry): string =>
  Buffer.from(entry.fileName as string | Buffer as Buffer).toString(
    (entry.generalPurposeBitFlag & 0x800) !== 0 ? 'utf8' : 'latin1',
  )

/** True where two members share bytes: few bytes then stand for many. */
function overlap(entries: readonly Entry[]): boolean {
  const sorted = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  return sorted.some((entry, i) => {
    const next = sorted[i + 1]
    const end = entry.relativeOffsetOfLocalHeader + LOCAL_HEADER + entry.fileNameLength + entry.compressedSize
    return next !== undefined && end > next.relativeOffsetOfLocalHeader
  })
}

/** What stands before the bytes of a member must say what the directory says. */
async function compareHeaders(
  zip: ZipFile,
  entry: Entry,
  invalid: (cause: string, error?: unknown) => Problem,
): Promise<void> {
  try {
    const local = await zip.readLocalFileHeaderPromise(entry)
    const late = (local.generalPurposeBitFlag & DATA_DESCRIPTOR) !== 0
    const sized = late || local.uncompressedSize === 0xffffffff || local.uncompressedSize === entry.uncompressedSize
    const named = local.fileName.equals(Buffer.from(entry.fileName as string | Buffer as Buffer))
    if (named && sized && local.compressionMethod === entry.compressionMethod) return
  } catch (error) {
    throw invalid('damaged', error)
  }
  throw invalid('headers')
}

async function* inflated(
  file: string,
  zip: ZipFile,
  entry: Entry,
  most: number,
  invalid: (cause: string, error?: unknown) => Problem,
): AsyncGenerator<Buffer> {
  let stream: Readable | null = null
  try {
    stream = await zip.openReadStreamPromise(entry)
    yield* counted(file, stream, most)
  } catch (error) {
    throw error instanceof Problem ? new Problem(tooLarge(file, most, most)) : invalid('damaged', error)
  } finally {
    stream?.destroy()
  }
}
