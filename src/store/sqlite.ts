import { DatabaseSync } from 'node:sqlite'
import { PAGE_BYTES } from '../batch/seal.ts'

/** What SQLite throws: `errcode` is its extended result code. */
interface SqliteError extends Error {
  readonly errcode: number
}

const BUSY = 5
const IO = 10
const CORRUPT = 11
const FULL = 13
const NOT_A_DATABASE = 26
const SHORT_READ = IO | (2 << 8)

/** The primary result code of an error that SQLite threw; null for any other error. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  return (error as SqliteError).errcode & 0xff
}

export const isFull = (error: unknown): boolean =>
  sqliteCode(error) === FULL || (isOfDisk(error) && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))

/** Thrown by SQLite, or by the system for one of its files. */
export const isOfDisk = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && (sqliteCode(error) !== null || 'syscall' in error)

export const isBusy = (error: unknown): boolean => sqliteCode(error) === BUSY

/** What SQLite does not notice: a file that is not as we left it. */
export class DamagedError extends Error {}

/** The file is not as SQLite left it. A short read of a page is an input error to SQLite, and damage to us. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedError) return true
  const code = sqliteCode(error)
  return code === CORRUPT || code === NOT_A_DATABASE || (code === IO && (error as SqliteError).errcode === SHORT_READ)
}

/**
 * Opens a file for one writer. `durable`: a write-ahead log that is neither synchronised nor brought into the file but as
 * `Durable` does both; nobody else may read or write meanwhile, so that no third file of shared memory is needed.
 */
export function openSqlite(path: string, durable: boolean): DatabaseSync {
  const database = new DatabaseSync(path)
  try {
    database.exec('PRAGMA synchronous = OFF')
    if (durable)
      database.exec(
        `PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0`,
      )
    else database.exec('PRAGMA journal_mode = MEMORY')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
