import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CheckpointStore, KeptAnswer } from '../batch/checkpoint.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import { salvage } from './salvage.ts'
import { seal, unseal } from './seal.ts'
import { DamagedError, isDamage, openSqlite, sqliteCode } from './sqlite.ts'

/** Raised when the table changes; a file of another version is refused, never guessed at. */
const VERSION = 1
/** Written beside the version, plus the version: one of the two alone is damage. */
const APPLICATION = 0x61_72_66_00
const TABLE = 'CREATE TABLE answer (key TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT'
const SELECT = 'SELECT sealed FROM answer WHERE key = ?'
const INSERT = 'INSERT OR REPLACE INTO answer (key, sealed) VALUES (?, ?)'

/**
 * The checkpoint as one SQLite file; it, and its folder, are made where they are not there. Every row has a checksum. A
 * file that is damaged is laid aside; what is whole in it is taken over, and `onDamage` is told what was lost. Throws a
 * `Problem`: `checkpoint_version`, or `checkpoint_failed` (disk full, no permission, in use).
 */
export class CheckpointFile implements CheckpointStore {
  readonly #path: string
  readonly #onDamage: (problem: LocatedProblem) => void
  #database: DatabaseSync
  #select: StatementSync
  #insert: StatementSync

  constructor(path: string, onDamage: (problem: LocatedProblem) => void) {
    this.#path = path
    this.#onDamage = onDamage
    this.#database = this.#opened()
    this.#select = this.#database.prepare(SELECT)
    this.#insert = this.#database.prepare(INSERT)
  }

  find(keys: readonly string[]): Map<string, Uint8Array> {
    return this.#mended(() => {
      const found = new Map<string, Uint8Array>()
      let lost = 0
      for (const key of keys) {
        const row = this.#select.get(key) as { readonly sealed: Uint8Array } | undefined
        if (row === undefined) continue
        const body = unseal(key, row.sealed)
        if (body === null) lost++
        else found.set(key, body)
      }
      if (lost > 0) this.#report(found.size, 'none')
      return found
    })
  }

  keep(answers: readonly KeptAnswer[]): void {
    this.#mended(() => {
      this.#database.exec('BEGIN IMMEDIATE')
      try {
        for (const answer of answers) this.#insert.run(answer.key, seal(answer))
        this.#database.exec('COMMIT')
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
        throw error
      }
    })
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  #opened(): DatabaseSync {
    mkdirSync(dirname(this.#path), { recursive: true })
    return this.#guarded(() => {
      try {
        return this.#prepared(openSqlite(this.#path, true))
      } catch (error) {
        if (!isDamage(error)) throw error
        return this.#replaced()
      }
    })
  }

  /** Makes the table in a new file; refuses the file of another version. */
  #prepared(database: DatabaseSync): DatabaseSync {
    try {
      const { user_version: found } = database.prepare('PRAGMA user_version').get() as { user_version: number }
      const { application_id: application } = database.prepare('PRAGMA application_id').get() as {
        application_id: number
      }
      if (found === 0 && application === 0) {
        const numbers = `PRAGMA user_version = ${VERSION}; PRAGMA application_id = ${APPLICATION + VERSION}`
        database.exec(`BEGIN; ${TABLE}; ${numbers}; COMMIT`)
      } else if (application !== APPLICATION + found) throw new DamagedError()
      else if (found !== VERSION)
        throw new Problem(problem('checkpoint_version', { file: this.#path, found, supported: VERSION }))
      return database
    } catch (error) {
      database.close()
      throw error
    }
  }

  /** Does it again on a mended file where this one proves damaged. */
  #mended<T>(work: () => T): T {
    return this.#guarded(() => {
      try {
        return work()
      } catch (error) {
        if (!isDamage(error)) throw error
        this.close()
        this.#database = this.#replaced()
        this.#select = this.#database.prepare(SELECT)
        this.#insert = this.#database.prepare(INSERT)
        return work()
      }
    })
  }

  /** Lays the damaged file aside and takes over what is whole in it. */
  #replaced(): DatabaseSync {
    const aside = asideOf(this.#path)
    for (const ending of ['', '-wal', '-journal'])
      if (existsSync(this.#path + ending)) renameSync(this.#path + ending, aside + ending)
    rmSync(`${this.#path}-shm`, { force: true })
    const database = this.#prepared(openSqlite(this.#path, true))
    const insert = database.prepare('INSERT OR IGNORE INTO answer (key, sealed) VALUES (?, ?)')
    let kept = 0
    database.exec('BEGIN IMMEDIATE')
    for (const answer of salvage(aside)) kept += Number(insert.run(answer.key, seal(answer)).changes)
    database.exec('COMMIT')
    this.#report(kept, basename(aside))
    return database
  }

  #report(kept: number, aside: string): void {
    this.#onDamage(problem('checkpoint_damaged', { file: basename(this.#path), kept, aside }))
  }

  #guarded<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (sqliteCode(error) === null || !(error instanceof Error)) throw error
      throw new Problem(problem('checkpoint_failed', { file: this.#path, cause: error.message }), undefined, error)
    }
  }
}

/** A name beside it that is free. */
function asideOf(path: string): string {
  for (let i = 1; ; i++) {
    const name = join(dirname(path), `${basename(path, '.sqlite')}.damaged-${i}.sqlite`)
    if (!existsSync(name)) return name
  }
}
