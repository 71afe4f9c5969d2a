import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Problem, problem } from '../messages.ts'
import { isBusy, openSqlite, sqliteCode } from './sqlite.ts'

const LOCK = '.lock'
const HOLDER = '.holder.json'

/** A folder that is held by this process until `release`, or until the process ends in whatever way. */
export interface RunLock {
  release(): void
}

/**
 * Takes a folder for this process; it is made where it is not there. The lock is the operating system's, held through
 * SQLite: it is gone with its process, so nothing is left to clean up. Throws `run_folder_held`, which names the holder,
 * or `checkpoint_failed`.
 */
export function lockFolder(folder: string): RunLock {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, LOCK)
  try {
    const database = openSqlite(file, false)
    try {
      database.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      database.close()
      throw error
    }
    writeFileSync(join(folder, HOLDER), JSON.stringify(thisProcess()))
    return { release: () => database.close() }
  } catch (error) {
    if (isBusy(error)) throw new Problem(problem('run_folder_held', { folder, ...holderOf(folder) }))
    if (sqliteCode(error) === null || !(error instanceof Error)) throw error
    throw new Problem(problem('checkpoint_failed', { file, cause: error.message }), undefined, error)
  }
}

interface Holder {
  readonly pid: number
  readonly host: string
  readonly since: string
}

const thisProcess = (): Holder => ({ pid: process.pid, host: hostname(), since: new Date().toISOString() })

/** As the holder wrote it; it may be about to. */
function holderOf(folder: string): { pid: number | string; host: string; since: string } {
  try {
    return JSON.parse(readFileSync(join(folder, HOLDER), 'utf8')) as Holder
  } catch (error) {
    if (!(error instanceof SyntaxError) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { pid: '?', host: '?', since: '?' }
  }
}
