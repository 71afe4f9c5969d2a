import { type FileMetaData, parquetMetadata, parquetRead } from 'hyparquet'
import { code, Problem, problem } from '../../messages.ts'
import { type ByteSource, wholeOf } from '../bytes/source.ts'
import type { OpenedFile } from '../open-file.ts'
import { RecordStore } from '../record-store.ts'
import { checkPages } from './check-pages.ts'
import { COMPRESSORS } from './compressors.ts'

const KNOWN_CODECS = new Set(['UNCOMPRESSED', 'SNAPPY', ...Object.keys(COMPRESSORS)])

/** The flat columns of a Parquet file as a table; columns of lists and structures are left out. Throws `parquet_invalid`. */
export async function parquetTable(file: string, bytes: ByteSource): Promise<OpenedFile> {
  const whole = await wholeOf(bytes)
  const invalid = (cause: string, error?: unknown): Problem => {
    const one = problem('parquet_invalid', { file, cause }, { file })
    return new Problem(one, [one], error)
  }
  try {
    const metadata = parquetMetadata(whole)
    const columns = flatColumns(metadata)
    if (columns.length === 0) throw invalid('columns')
    for (const { columns: chunks } of metadata.row_groups)
      for (const { meta_data: chunk } of chunks)
        if (chunk !== undefined && !KNOWN_CODECS.has(chunk.codec)) throw invalid('codec')
    checkPages(whole, metadata, columns)
    const records = await recordsOf(whole, metadata, columns)
    const evidence = [code('evidence_typed', { columns: columns.length })]
    return {
      problems: [],
      tables: [{ sheet: null, encoding: 'utf-8', delimiter: null, quote: null, evidence, records }],
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    // a file that contradicts itself ends in any kind of error, also of the stack
    throw invalid('damaged', error)
  }
}

function flatColumns({ schema }: FileMetaData): string[] {
  const columns: string[] = []
  // children follow their parent: those of a structure are passed over
  let depth = 0
  for (const { name, num_children: children = 0, repetition_type: repetition } of schema.slice(1)) {
    if (depth > 0) {
      depth += children - 1
      continue
    }
    if (children > 0) depth = children
    else if (repetition !== 'REPEATED') columns.push(name)
  }
  return columns
}

async function recordsOf(whole: Buffer, metadata: FileMetaData, columns: string[]): Promise<RecordStore> {
  const store = new RecordStore()
  const from = whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length) as ArrayBuffer
  const file = { byteLength: from.byteLength, slice: (start: number, end?: number) => from.slice(start, end) }
  store.beginRecord(1)
  for (const [c, name] of columns.entries()) {
    const { start, length } = store.keep(name)
    store.addCell(c, start, length, Number.NaN)
  }
  let rowStart = 0
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows)
    await parquetRead({
      ...{
        file,
        metadata,
        columns,
        compressors: COMPRESSORS,
        rowStart,
        rowEnd: rowStart + rows,
        rowFormat: 'array' as const,
      },
      onComplete: (list) => {
        for (const [r, row] of list.entries()) addRow(store, rowStart + r + 2, row)
      },
    })
    rowStart += rows
  }
  return store
}

function addRow(store: RecordStore, line: number, row: readonly unknown[]): void {
  store.beginRecord(line)
  for (const [c, value] of row.entries()) {
    const text = textOf(value)
    if (text === '') continue
    const { start, length } = store.keep(text)
    store.addCell(c, start, length, typeof value === 'number' ? value : Number.NaN)
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? '' : value.toISOString().replace(/T00:00:00\.000Z$|\.\d{3}Z$/, '')
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}
