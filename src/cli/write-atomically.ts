import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes beside the target and renames at the end: a reader sees the old file or the whole new one, never half. */
export function writeAtomically(path: string, chunks: Iterable<string>): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.tmp`
  const file = openSync(temporary, 'w')
  let renamed = false
  try {
    try {
      for (const chunk of chunks) {
        const bytes = Buffer.from(chunk)
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
      }
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
    renamed = true
  } finally {
    if (!renamed) rmSync(temporary, { force: true })
  }
}
