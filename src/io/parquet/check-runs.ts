import { snappyUncompress } from 'hyparquet'
import { readVarInt } from 'hyparquet/src/thrift.js'
import { COMPRESSORS } from './compressors.ts'

/** What the header of a data page says, in either version of the format. */
export interface DataPage {
  readonly version: 1 | 2
  readonly values: number
  readonly encoding: number
  readonly compressed: boolean
  readonly inflated: number
  /** Bytes of levels before the values: version 2 only. */
  readonly levels: number
}

const PLAIN = 0
const PLAIN_DICTIONARY = 2
const RLE = 3
const DELTA_BINARY = 5
const DELTA_LENGTH = 6
const RLE_DICTIONARY = 8
const STREAM_SPLIT = 9
/** Values of a block and blocks in one, as writers make them: 128 and 4. */
const DELTA_BLOCK = 1 << 20
const DELTA_BLOCKS = 1024

/**
 * True where the runs of a data page give no more values than the page has: a run of two billion in five bytes is a bomb.
 * `optional`: definition levels stand before the values.
 */
export function runsFit(bytes: Uint8Array, page: DataPage, codec: string, optional: boolean): boolean {
  const { version, values, encoding, levels, inflated } = page
  if (![PLAIN, PLAIN_DICTIONARY, RLE, DELTA_BINARY, DELTA_LENGTH, RLE_DICTIONARY, STREAM_SPLIT].includes(encoding))
    return false
  if (version === 2) {
    if (levels < 0 || levels > bytes.length || levels > inflated) return false
    if (optional && levels > 0 && !fit(bytes, 0, levels, 1, values)) return false
  }
  const packed = version === 2 ? bytes.subarray(levels) : bytes
  const body = page.compressed ? inflate(packed, inflated - (version === 2 ? levels : 0), codec) : packed
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  let at = 0
  if (version === 1 && optional) {
    const length = view.getUint32(0, true)
    if (length + 4 > body.length || !fit(body, 4, 4 + length, 1, values)) return false
    at = 4 + length
  }
  if (encoding === DELTA_BINARY || encoding === DELTA_LENGTH) {
    const reader = { view, offset: at }
    const block = readVarInt(reader)
    const blocks = readVarInt(reader)
    return block > 0 && block <= DELTA_BLOCK && blocks > 0 && blocks <= DELTA_BLOCKS
  }
  if (encoding === RLE) return body.length - at < 4 || fit(body, at + 4, body.length, 1, values)
  if (encoding !== PLAIN_DICTIONARY && encoding !== RLE_DICTIONARY) return true
  const width = body[at] ?? 0
  return width <= 32 && (width === 0 || fit(body, at + 1, body.length, width, values))
}

function fit(bytes: Uint8Array, from: number, to: number, width: number, most: number): boolean {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: from }
  let seen = 0
  while (seen < most && reader.offset < to) {
    const header = readVarInt(reader)
    const packed = (header & 1) === 1
    const count = packed ? (header >>> 1) * 8 : header >>> 1
    // packed runs come in eights: the last may go beyond the end
    if (count > most - seen + (packed ? 7 : 0)) return false
    reader.offset += packed ? (count / 8) * width : Math.ceil(width / 8)
    seen += count
  }
  return true
}

function inflate(bytes: Uint8Array, size: number, codec: string): Uint8Array {
  if (codec === 'UNCOMPRESSED' || size === 0) return bytes
  const known = (COMPRESSORS as Readonly<Record<string, (input: Uint8Array, size: number) => Uint8Array>>)[codec]
  if (known !== undefined) return known(bytes, size)
  const page = new Uint8Array(size)
  snappyUncompress(bytes, page)
  return page
}
