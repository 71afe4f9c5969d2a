import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { type ByteSource, bufferSource, fileSource } from '../io/bytes/source.ts'

/** What was piped in, to be read as often as needed. */
export interface Stdin {
  readonly bytes: ByteSource
  readonly remove: () => void
}

/** Bytes kept in memory; more go to a file that is removed at the end. */
const KEPT = 64_000_000

export async function readStdin(): Promise<Stdin> {
  const parts: Buffer[] = []
  let size = 0
  const input = process.stdin[Symbol.asyncIterator]()
  for (let next = await input.next(); !next.done; next = await input.next()) {
    parts.push(next.value as Buffer)
    size += parts.at(-1)!.length
    if (size > KEPT) return spooled(parts, size, input)
  }
  return { bytes: bufferSource(Buffer.concat(parts)), remove: () => undefined }
}

async function spooled(parts: Buffer[], kept: number, input: AsyncIterator<Buffer>): Promise<Stdin> {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-stdin-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const path = join(folder, 'stdin')
  const out = createWriteStream(path)
  let size = kept
  for (const part of parts) out.write(part)
  for (let next = await input.next(); !next.done; next = await input.next()) {
    size += next.value.length
    if (!out.write(next.value)) await new Promise<void>((resolve) => out.once('drain', () => resolve()))
  }
  out.end()
  await finished(out)
  return { bytes: fileSource(path, size), remove }
}
