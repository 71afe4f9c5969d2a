import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { KeptAnswer } from '../batch/checkpoint.ts'
import { sealedIn } from '../batch/seal.ts'
import { sqliteCode } from './sqlite.ts'

const WINDOW = 1 << 20

/** Every whole answer that a damaged file still holds: those that SQLite gives first, they are the newest of their key. */
export function* salvage(path: string): Generator<KeptAnswer> {
  yield* bySqlite(path)
  for (const file of [`${path}-wal`, path]) if (existsSync(file)) yield* byMark(file)
}

/** Row by row: a page that cannot be read costs the rows on it. */
function* bySqlite(path: string): Generator<KeptAnswer> {
  let database: DatabaseSync | null = null
  try {
    database = new DatabaseSync(path)
    const select = database.prepare('SELECT sealed FROM answer WHERE rowid = ?')
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number }
    const { page_size: size } = database.prepare('PRAGMA page_size').get() as { page_size: number }
    // no answer is smaller than this, so there are no more rows
    const most = Math.ceil((pages * size) / 64)
    for (let row = 1, misses = 0; row <= most && misses < pages + 1000; row++) {
      const sealed = rowOf(select.get.bind(select), row)
      misses = sealed === null ? misses + 1 : 0
      if (sealed !== null) yield* sealedIn(Buffer.from(sealed))
    }
  } catch (error) {
    if (sqliteCode(error) === null) throw error
  } finally {
    database?.close()
  }
}

function rowOf(get: (row: number) => unknown, row: number): Uint8Array | null {
  try {
    return (get(row) as { sealed: Uint8Array } | undefined)?.sealed ?? null
  } catch (error) {
    if (sqliteCode(error) === null) throw error
    return null
  }
}

/** By the mark that each answer begins with, whatever became of the pages that lead to it. */
function* byMark(file: string): Generator<KeptAnswer> {
  const handle = openSync(file, 'r')
  try {
    const window = Buffer.alloc(2 * WINDOW)
    for (let at = 0; ; at += WINDOW) {
      const length = readSync(handle, window, 0, window.length, at)
      yield* sealedIn(window.subarray(0, length))
      if (length < window.length) return
    }
  } finally {
    closeSync(handle)
  }
}
