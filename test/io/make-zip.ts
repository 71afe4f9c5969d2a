import { crc32, deflateRawSync } from 'node:zlib'

/** One file of an archive, and what its records say of it where that is not the truth. */
export interface Packed {
  readonly name: string
  readonly data: string | Buffer
  /** Compressed bytes, where not the deflated `data`. */
  readonly raw?: Buffer
  readonly size?: number
  readonly localName?: string
  readonly localSize?: number
  readonly method?: number
  readonly flags?: number
  readonly attributes?: number
  /** Offset of another file's bytes, given in place of its own. */
  readonly at?: number
}

/** A ZIP archive, or something that looks like one. */
export function makeZip(files: readonly Packed[]): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const data = Buffer.from(file.data as string)
    const packed = file.raw ?? (file.method === 0 ? data : deflateRawSync(data))
    const name = Buffer.from(file.name)
    const localName = Buffer.from(file.localName ?? file.name)
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(20, 4)
    header.writeUInt16LE(file.flags ?? 0x800, 6)
    header.writeUInt16LE(file.method ?? 8, 8)
    header.writeUInt32LE(crc32(data), 14)
    header.writeUInt32LE(packed.length, 18)
    header.writeUInt32LE(file.localSize ?? file.size ?? data.length, 22)
    header.writeUInt16LE(localName.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(0x0314, 4)
    header.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(file.size ?? data.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(((file.attributes ?? 0) << 16) >>> 0, 38)
    entry.writeUInt32LE(file.at ?? offset, 42)
    parts.push(header, localName, packed)
    central.push(entry, name)
    offset += header.length + localName.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, directory, end])
}
