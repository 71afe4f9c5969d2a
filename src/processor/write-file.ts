import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { removeStale, temporaryOf } from './stale-files.ts'

const BLOCK = 1 << 20

/** Writes beside the target and renames at the end: a reader sees the old file or the whole new one, never half. */
export async function writeFile(path: string, pieces: Iterable<string> | AsyncIterable<Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await removeStale(path)
  const temporary = temporaryOf(path)
  const file = await open(temporary, 'wx')
  try {
    try {
      if (Symbol.asyncIterator in pieces) for await (const piece of pieces) await file.writeFile(piece)
      else await writeText(file, pieces)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } finally {
    await rm(temporary, { force: true })
  }
}

async function writeText(file: FileHandle, pieces: Iterable<string>): Promise<void> {
  let block = ''
  for (const piece of pieces) {
    block += piece
    if (block.length < BLOCK) continue
    await file.writeFile(block)
    block = ''
  }
  await file.writeFile(block)
}
