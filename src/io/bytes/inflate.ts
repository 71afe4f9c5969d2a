import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type LocatedProblem, Problem, problem } from '../../messages.ts'
import { MEGABYTE } from '../read-options.ts'
import type { ByteSource } from './source.ts'

/** What is compressed and grows more than this, beyond the floor, is a bomb. */
const RATIO_LIMIT = 100
const RATIO_FLOOR = 10 * MEGABYTE

export const tooLarge = (file: string, size: number, limit: number): LocatedProblem =>
  problem('file_too_large', { file, megabytes: Math.ceil(size / MEGABYTE), limit: limit / MEGABYTE }, { file })

/** The most that may come out of `compressed` bytes: the limit for a file, and a hundred times what went in. */
export const mostInflated = (compressed: number, limit: number): number =>
  Math.min(limit, Math.max(RATIO_FLOOR, RATIO_LIMIT * compressed))

/** The chunks, counted: throws `file_too_large` when more come than may. */
export async function* counted(file: string, chunks: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > most) throw new Problem(tooLarge(file, size, most))
    yield chunk
  }
}

/** What a gzip file holds, all its members one after the other; counted while it is inflated. */
export const gunzipped = (file: string, source: ByteSource, limit: number): ByteSource => ({
  size: null,
  open: () => inflate(file, source, mostInflated(source.size ?? limit, limit)),
})

async function* inflate(file: string, source: ByteSource, most: number): AsyncGenerator<Buffer> {
  const input = Readable.from(source.open(), { objectMode: false })
  const output = createGunzip({ chunkSize: 1 << 18 })
  input.on('error', (error) => output.destroy(error))
  try {
    yield* counted(file, input.pipe(output), most)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(problem('file_unreadable', { file, cause: 'cut_off' }, { file }), undefined, error)
  } finally {
    output.destroy()
    input.destroy()
  }
}
