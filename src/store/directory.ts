import { crc32 } from 'node:zlib'
import type { KeyIndex, Place } from './key-index.ts'
import { DamagedError } from './sqlite.ts'

/** Key, row, offset. */
const ENTRY = 16 + 4 + 4
const SUM = 4

/** What was written together, as one blob: a checksum, then an entry for each answer. */
export function directoryOf(entries: readonly (Place & { readonly key: string })[]): Uint8Array {
  const bytes = Buffer.alloc(SUM + entries.length * ENTRY)
  entries.forEach(({ key, row, offset }, i) => {
    const at = SUM + i * ENTRY
    bytes.write(key, at, 'hex')
    bytes.writeUInt32LE(row, at + 16)
    bytes.writeUInt32LE(offset, at + 20)
  })
  bytes.writeUInt32LE(crc32(bytes.subarray(SUM)), 0)
  return bytes
}

/** Puts every entry of such a blob into an index. Throws `DamagedError` where it is not as it was written. */
export function readDirectory(blob: Uint8Array, index: KeyIndex): void {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.length)
  if (bytes.length < SUM || bytes.readUInt32LE(0) !== crc32(bytes.subarray(SUM))) throw new DamagedError()
  for (let at = SUM; at < bytes.length; at += ENTRY)
    index.setWords(
      bytes.readUInt32BE(at),
      bytes.readUInt32BE(at + 4),
      bytes.readUInt32LE(at + 16),
      bytes.readUInt32LE(at + 20),
    )
}
