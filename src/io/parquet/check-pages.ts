import type { FileMetaData } from 'hyparquet'
import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js'
import { type DataPage, runsFit } from './check-runs.ts'

/** All pages together may hold so many values, and inflate to so many bytes and times their size. */
const MOST_VALUES = 40_000_000
const MOST_BYTES = 400_000_000
const RATIO = 1000

interface PageHeader {
  readonly field_2?: number
  readonly field_3?: number
  readonly field_5?: { readonly field_1?: number; readonly field_2?: number }
  readonly field_7?: { readonly field_1?: number }
  readonly field_8?: {
    readonly field_1?: number
    readonly field_4?: number
    readonly field_5?: number
    readonly field_6?: number
    readonly field_7?: boolean
  }
}

/**
 * Walks the headers of all pages before one is decoded: what a page says it holds must fit what its chunk says, its bytes
 * must lie in the file, nothing may inflate beyond bounds, and runs may give no more values than there are. Throws RangeError where it does not.
 * Fields as in parquet-format's `PageHeader`: 2 uncompressed size, 3 compressed size, 5 data page, 7 dictionary, 8 data page 2.
 */
export function checkPages(
  whole: Buffer,
  { row_groups: groups, num_rows: rows, schema }: FileMetaData,
  columns: readonly string[],
): void {
  const optional = new Set(
    schema.filter(({ repetition_type: repetition }) => repetition === 'OPTIONAL').map(({ name }) => name),
  )
  const view = new DataView(whole.buffer, whole.byteOffset, whole.length)
  let values = 0
  let bytes = 0
  const fail = (what: string): never => {
    throw new RangeError(what)
  }
  if (groups.reduce((sum, group) => sum + Number(group.num_rows), 0) !== Number(rows)) fail('rows')
  for (const group of groups)
    for (const { meta_data: chunk } of group.columns) {
      if (chunk === undefined) fail('chunk')
      const { codec, path_in_schema: path } = chunk!
      const flat = path.length === 1 && columns.includes(path[0]!)
      const {
        dictionary_page_offset: dictionary,
        data_page_offset: data,
        total_compressed_size: size,
        num_values: held,
      } = chunk!
      const start = Number(dictionary !== undefined && dictionary > 0n ? dictionary : data)
      const end = start + Number(size)
      if (!(start >= 0 && end >= start && end <= whole.length)) fail('offset')
      const reader = { view, offset: start }
      let seen = 0
      while (reader.offset < end - 1 && seen < Number(held)) {
        const header = deserializeTCompactProtocol(reader) as PageHeader
        const { field_2: inflated = -1, field_3: compressed = -1 } = header
        if (
          compressed < 0 ||
          inflated < 0 ||
          reader.offset + compressed > end ||
          inflated > RATIO * (compressed + 1024)
        )
          fail('page')
        const own = header.field_5?.field_1 ?? header.field_8?.field_1 ?? 0
        const entries = header.field_7?.field_1 ?? 0
        if (own < 0 || entries < 0 || entries > inflated) fail('values')
        seen += own
        values += own + entries
        bytes += inflated
        if (seen > Number(held) || values > MOST_VALUES || bytes > MOST_BYTES) fail('values')
        const page = dataPage(header, inflated)
        if (flat && page !== null) {
          const bytes = whole.subarray(reader.offset, reader.offset + compressed)
          if (!runsFit(bytes, page, codec, optional.has(path[0]!))) fail('runs')
        }
        reader.offset += compressed
      }
    }
}

function dataPage({ field_5: first, field_8: second }: PageHeader, inflated: number): DataPage | null {
  if (first !== undefined)
    return {
      version: 1,
      values: first.field_1 ?? 0,
      encoding: first.field_2 ?? 0,
      compressed: true,
      inflated,
      levels: 0,
    }
  if (second === undefined) return null
  const {
    field_1: values = 0,
    field_4: encoding = 0,
    field_5: definitions = 0,
    field_6: repetitions = 0,
    field_7: compressed = true,
  } = second
  return { version: 2, values, encoding, compressed, inflated, levels: definitions + repetitions }
}
