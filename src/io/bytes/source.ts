import { createReadStream } from 'node:fs'

/** Bytes that can be read from the beginning as often as needed, a chunk at a time. */
export interface ByteSource {
  readonly open: () => AsyncIterable<Buffer> | Iterable<Buffer>
  /** Bytes, where they are known without reading. */
  readonly size: number | null
}

const CHUNK = 1 << 20

export const fileSource = (path: string, size: number): ByteSource => ({
  open: () => createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>,
  size,
})

export const bufferSource = (bytes: Uint8Array): ByteSource => ({
  *open() {
    for (let at = 0; at < bytes.length; at += CHUNK)
      yield Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(CHUNK, bytes.length - at))
  },
  size: bytes.length,
})

/** The first `most` bytes. */
export async function headOf(source: ByteSource, most: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const chunk of source.open()) {
    parts.push(chunk.subarray(0, most - length))
    length += parts.at(-1)!.length
    if (length >= most) break
  }
  return Buffer.concat(parts)
}

/** All bytes, for formats that are read from their end. */
export async function wholeOf(source: ByteSource): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of source.open()) parts.push(chunk)
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}
