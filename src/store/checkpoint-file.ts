import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CheckpointStore, KeptAnswer, SealedRow } from '../batch/checkpoint.ts'
import { bodiesIn, isWhole, offsetsIn, rowsOf, seal, unseal } from '../batch/seal.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import { directoryOf, readDirectory } from './directory.ts'
import { Durable } from './durable.ts'
import { KeyIndex, offsetOf, type Place, rowOf } from './key-index.ts'
import { salvage } from './salvage.ts'
import { DamagedError, isDamage, isFull, isOfDisk, openSqlite } from './sqlite.ts'

/** Raised when the table changes; a file of another version is refused, never guessed at. */
const VERSION = 2
/** Written beside the version, plus the version: one of the two alone is damage. */
const APPLICATION = 0x61_72_66_00
/**
 * Only ever appended to. A row has answers as `seal` puts them together, a page of them at most; the directory says, for all that was written together, which key is where. An index of SQLite's own would write a page anew
 * for each key, for keys are random.
 */
const TABLES = `
  CREATE TABLE answer (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
  CREATE TABLE directory (id INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT`
const NOTHING = Buffer.alloc(0)
const MOST_LOG = 64_000_000
/** What is sorted at once: with the number of a row, of 32 bits, the place among them is one whole number. */
const MOST_SORTED = 2 ** 21
const LAST_ROW = 2 ** 32 - 1

/**
 * The checkpoint as one SQLite file; it, and its folder, are made where they are not there. Every row has a checksum. A
 * file that is damaged is laid aside; what is whole in it is taken over, and `onDamage` is told what was lost. Throws a
 * `Problem`: `checkpoint_version`, or `checkpoint_failed` (disk full, no permission, in use).
 */
export class CheckpointFile implements CheckpointStore {
  readonly #path: string
  readonly #onDamage: (problem: LocatedProblem) => void
  readonly #mostLog: number
  #opened: Opened
  /** While the log is brought into the file; rejected for good where that failed. */
  #moving: Promise<void> | null = null
  /** What came meanwhile, and when it is kept. */
  #held: SealedRow[] = []
  #heldKept: Promise<void> | null = null

  /** `mostLog`: bytes of the write-ahead log, beyond which they are brought into the file. [64 MB] */
  constructor(path: string, onDamage: (problem: LocatedProblem) => void, mostLog = MOST_LOG) {
    this.#mostLog = mostLog
    this.#path = path
    this.#onDamage = onDamage
    mkdirSync(dirname(path), { recursive: true })
    this.#opened = this.#guarded(() => {
      try {
        return this.#prepared(openSqlite(path, true))
      } catch (error) {
        if (!isDamage(error)) throw error
        return this.#replaced()
      }
    })
  }

  find(keys: readonly string[]): readonly (Uint8Array | null)[] {
    return this.#mended(() => {
      const { index, row } = this.#opened
      const positions = keys.map((key) => index.get(key))
      const found = new Array<Uint8Array | null>(keys.length).fill(null)
      let lost = 0
      let sealed = NOTHING
      let whole = false
      let read = 0
      // row by row, as they lie on the disk
      for (const i of ascending(positions)) {
        const position = positions[i]!
        if (position === 0) continue
        if (rowOf(position) !== read) {
          read = rowOf(position)
          const [there] = (row.get(read) as unknown as [Uint8Array<ArrayBuffer>] | undefined) ?? []
          sealed = there === undefined ? NOTHING : Buffer.from(there.buffer, there.byteOffset, there.length)
          whole = isWhole(sealed)
        }
        const body = unseal(keys[i]!, sealed, offsetOf(position), whole)
        if (body === null) lost++
        else found[i] = body
      }
      if (lost > 0) this.#report(found.filter((body) => body !== null).length, 'none')
      if (this.#held.length === 0) return found
      const held = new Map<string, Uint8Array>()
      for (const row of this.#held) bodiesIn(row).forEach((body, i) => void held.set(row.keys[i]!, body))
      return found.map((body, i) => held.get(keys[i]!) ?? body)
    })
  }

  inOrder<T extends { readonly key: string }>(all: readonly T[]): readonly T[] {
    const { index } = this.#opened
    if (index.size === 0) return all
    const sorted: T[] = []
    for (let from = 0; from < all.length; from += MOST_SORTED) {
      const piece = from === 0 && all.length <= MOST_SORTED ? all : all.slice(from, from + MOST_SORTED)
      // row and place in one number: numbers alone are sorted ten times as fast
      const ranks = new Float64Array(piece.length)
      for (let i = 0; i < piece.length; i++) {
        const position = index.get(piece[i]!.key)
        ranks[i] = (position === 0 ? LAST_ROW : rowOf(position)) * MOST_SORTED + i
      }
      for (const rank of ranks.sort()) sorted.push(piece[rank - Math.floor(rank / MOST_SORTED) * MOST_SORTED]!)
    }
    return sorted
  }

  async keep(answers: readonly KeptAnswer[], rows: readonly SealedRow[] = []): Promise<void> {
    const all = answers.length === 0 ? rows : [...rows, ...sealedRows(answers)]
    if (all.length === 0) return
    if (this.#moving === null && this.#held.length === 0) return this.#write(all)
    this.#held.push(...all)
    this.#heldKept ??= this.#moving!.then(() => {
      this.#heldKept = null
      return this.#write(this.#held.splice(0))
    })
    return this.#heldKept
  }

  async close(): Promise<void> {
    // whoever kept something has been told how it went
    await Promise.allSettled([this.#heldKept])
    await Promise.allSettled([this.#moving])
    const { durable } = this.#opened
    if (durable.database.isOpen) await durable.close()
  }

  /** Gives them to the system; they are kept when they are on disk. */
  async #write(rows: readonly SealedRow[]): Promise<void> {
    const bytes = rows.reduce((sum, row) => sum + row.bytes.length, 0)
    this.#mended(() => {
      const { database } = this.#opened.durable
      database.exec('BEGIN IMMEDIATE')
      try {
        const entries = append(this.#opened, rows)
        database.exec('COMMIT')
        for (const { key, ...place } of entries) this.#opened.index.set(key, place)
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    }, bytes)
    const { durable } = this.#opened
    const kept = durable.synced()
    if (durable.logBytes >= this.#mostLog) this.#move(durable)
    await kept.catch((error) => this.#tell(error, bytes))
  }

  #move(durable: Durable): void {
    this.#moving = durable.bringIn().then(
      () => {
        this.#moving = null
      },
      (error) => this.#tell(error, 0),
    )
    // told to whoever keeps something after it
    this.#moving.catch(() => {})
  }

  /** Makes the tables in a new file, reads the directory of an old one; refuses the file of another version. */
  #prepared(database: DatabaseSync): Opened {
    try {
      const { user_version: found } = database.prepare('PRAGMA user_version').get() as { user_version: number }
      const { application_id: application } = database.prepare('PRAGMA application_id').get() as {
        application_id: number
      }
      if (found === 0 && application === 0) {
        const numbers = `PRAGMA user_version = ${VERSION}; PRAGMA application_id = ${APPLICATION + VERSION}`
        database.exec(`BEGIN; ${TABLES}; ${numbers}; COMMIT`)
      } else if (application !== APPLICATION + found) throw new DamagedError()
      else if (found !== VERSION)
        throw new Problem(problem('checkpoint_version', { file: this.#path, found, supported: VERSION }))
      return opened(database, new Durable(database, this.#path))
    } catch (error) {
      database.close()
      throw error
    }
  }

  /** Does it again on a mended file where this one proves damaged. */
  #mended<T>(work: () => T, bytes = 0): T {
    return this.#guarded(() => {
      try {
        return work()
      } catch (error) {
        if (!isDamage(error)) throw error
        this.#opened.durable.abandon()
        this.#opened = this.#replaced()
        return work()
      }
    }, bytes)
  }

  /** Lays the damaged file aside and takes over what is whole in it. */
  #replaced(): Opened {
    const aside = asideOf(this.#path)
    for (const ending of ['', '-wal', '-journal'])
      if (existsSync(this.#path + ending)) renameSync(this.#path + ending, aside + ending)
    rmSync(`${this.#path}-shm`, { force: true })
    const fresh = this.#prepared(openSqlite(this.#path, true))
    const { durable, index } = fresh
    const { database } = durable
    // they were on disk before, and are when this returns
    database.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE')
    for (const answer of salvage(aside)) {
      // those that come first are the newest of their key
      if (index.get(answer.key) !== 0) continue
      for (const { key, ...place } of append(fresh, sealedRows([answer]))) index.set(key, place)
    }
    database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = OFF')
    this.#report(index.size, basename(aside))
    return fresh
  }

  #report(kept: number, aside: string): void {
    this.#onDamage(problem('checkpoint_damaged', { file: basename(this.#path), kept, aside }))
  }

  #guarded<T>(work: () => T, bytes = 0): T {
    try {
      return work()
    } catch (error) {
      return this.#tell(error, bytes)
    }
  }

  /** Throws it as a problem where it is the disk's. `bytes`: what was to be written. */
  #tell(error: unknown, bytes: number): never {
    if (!isOfDisk(error)) throw error
    if (isFull(error)) throw new Problem(problem('disk_full', { file: this.#path, bytes }), undefined, error)
    throw new Problem(problem('checkpoint_failed', { file: this.#path, cause: error.message }), undefined, error)
  }
}

/** An open file: what is in it, and how it is read and appended to. */
interface Opened {
  readonly durable: Durable
  readonly index: KeyIndex
  readonly row: StatementSync
  readonly insertRow: StatementSync
  readonly insertEntries: StatementSync
}

function opened(database: DatabaseSync, durable: Durable): Opened {
  const index = new KeyIndex()
  for (const { entries } of database.prepare('SELECT entries FROM directory ORDER BY id').iterate())
    readDirectory(entries as Uint8Array, index)
  const row = database.prepare('SELECT sealed FROM answer WHERE id = ?')
  row.setReturnArrays(true)
  return {
    durable,
    index,
    row,
    insertRow: database.prepare('INSERT INTO answer (sealed) VALUES (?)'),
    insertEntries: database.prepare('INSERT INTO directory (entries) VALUES (?)'),
  }
}

function sealedRows(answers: readonly KeptAnswer[]): readonly SealedRow[] {
  const keys = answers.map(({ key }) => key)
  const lengths = answers.map(({ body }) => body.length)
  return rowsOf(seal(answers), keys, lengths)
}

/** Writes rows, and where the answers in them are. */
function append({ insertRow, insertEntries }: Opened, rows: readonly SealedRow[]): (Place & { key: string })[] {
  const entries: (Place & { key: string })[] = []
  for (const sealed of rows) {
    const row = Number(insertRow.run(sealed.bytes).lastInsertRowid)
    offsetsIn(sealed).forEach((offset, i) => void entries.push({ key: sealed.keys[i]!, row, offset }))
  }
  insertEntries.run(directoryOf(entries))
  return entries
}

/** Indexes in the order of these numbers: mostly as they are. */
function ascending(numbers: readonly number[]): Iterable<number> {
  const inOrder = numbers.keys()
  return numbers.every((each, i) => i === 0 || numbers[i - 1]! <= each)
    ? inOrder
    : [...inOrder].sort((a, b) => numbers[a]! - numbers[b]!)
}

/** A name beside it that is free. */
function asideOf(path: string): string {
  for (let i = 1; ; i++) {
    const name = join(dirname(path), `${basename(path, '.sqlite')}.damaged-${i}.sqlite`)
    if (!existsSync(name)) return name
  }
}
