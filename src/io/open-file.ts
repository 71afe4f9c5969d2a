import { type Code, type LocatedProblem, Problem, problem } from '../messages.ts'
import { gunzipped, tooLarge } from './bytes/inflate.ts'
import { fileType } from './bytes/magic.ts'
import { type ByteSource, headOf } from './bytes/source.ts'
import { sha256, survey } from './bytes/survey.ts'
import { MEGABYTE, type ReadOptions } from './read-options.ts'
import type { RecordSource } from './record.ts'
import { textTable } from './text-table.ts'
import type { ZipMember } from './zip/zip-members.ts'

/** A table that a file holds, in whatever format. */
export interface OpenedTable {
  readonly sheet: string | null
  readonly encoding: string
  readonly delimiter: string | null
  readonly quote: string | null
  readonly evidence: readonly Code[]
  readonly records: RecordSource
}

export interface OpenedFile {
  readonly tables: readonly OpenedTable[]
  readonly problems: readonly LocatedProblem[]
}

/** One file of those that a path names: itself, or a member of an archive. */
export interface FoundFile {
  readonly file: string
  readonly bytes: ByteSource
  /** The bytes as they were given, where these are what is packed in them: their hash is the file's. */
  readonly packed?: ByteSource
}

const DEEPEST = 1

/**
 * The files in a file: itself, or what a ZIP archive holds (of an archive in it once more, no deeper). gzip is opened.
 * Throws `archive_too_large`, `archive_invalid`, `file_too_large`, `file_unreadable`.
 */
export async function filesIn(file: string, bytes: ByteSource, options: ReadOptions, depth = 0): Promise<FoundFile[]> {
  const limit = (options.maxFileMb ?? 100) * MEGABYTE
  if (bytes.size !== null && bytes.size > limit) throw new Problem(tooLarge(file, bytes.size, limit))
  const head = await headOf(bytes, 4096)
  const type = fileType(head)
  if (type === 'gzip') {
    const inner = gunzipped(file, bytes, limit)
    const found = fileType(await headOf(inner, 4096))
    // an archive in a gzip is opened as one; a gzip in a gzip is not
    if (found === 'zip') return filesIn(file, inner, options, depth)
    return [{ file, bytes: inner, packed: bytes }]
  }
  if (type !== 'zip') return [{ file, bytes }]
  const { zipMembers } = await import('./zip/zip-members.ts')
  const members = await zipMembers(file, bytes, limit)
  if (isWorkbook(members)) return [{ file, bytes }]
  if (depth > DEEPEST)
    throw new Problem(problem('archive_too_large', { file, cause: 'depth', limit: DEEPEST }, { file }))
  const inner: FoundFile[] = []
  for (const { name, open, size } of members) {
    const member = { file: `${file}/${name}`, bytes: { open, size } }
    if (!isHidden(name)) inner.push(...(await filesIn(member.file, member.bytes, options, depth + 1)))
  }
  return inner
}

/** Folders' own entries, and what macOS adds. */
const isHidden = (name: string): boolean => name.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\.(?!\.?\/))/.test(name)

const isWorkbook = (members: readonly ZipMember[]): boolean =>
  members.some(({ name }) => name === '[Content_Types].xml' || name === 'mimetype')

/** The tables of one file that is no archive, and its hash. Throws a `Problem` where it holds none. */
export async function openFile(
  { file, bytes, packed }: FoundFile,
  options: ReadOptions,
  onHash: (hex: string) => void,
): Promise<OpenedFile> {
  const hash = sha256()
  if (packed !== undefined) for await (const chunk of packed.open()) hash.update(chunk)
  const seen = await survey(bytes, packed === undefined ? hash : null)
  onHash(hash.digest('hex'))
  if (seen.size === 0) throw new Problem(problem('file_empty', { file }, { file }))
  const limit = (options.maxFileMb ?? 100) * MEGABYTE
  // what opens a format is loaded where a file has it
  switch (fileType(seen.head)) {
    case 'zip': {
      const { workbookTable } = await import('./xlsx/workbook-table.ts')
      return workbookTable(file, bytes, limit, options)
    }
    case 'parquet': {
      const { parquetTable } = await import('./parquet/parquet-table.ts')
      return parquetTable(file, bytes)
    }
    default:
      return textTable(file, bytes, seen, options)
  }
}
