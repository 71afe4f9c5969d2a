import { renameSync, statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { FileSync, syncFolderOf } from './file-sync.ts'

/**
 * A database with a write-ahead log that SQLite itself never synchronises (`openSqlite`): a commit returns when the system
 * has it, and no thread waits for the disk. Safe in this order alone: the log is on disk before it is brought into the
 * file, the file before the log is emptied, and the empty log before the next commit.
 */
export class Durable {
  readonly database: DatabaseSync
  readonly #logPath: string
  readonly #log: FileSync
  readonly #file: FileSync
  /** Before the first of its answers counts, the file itself and its name are there. */
  #made: Promise<unknown> | null = null
  #synced: Promise<void> | null = null
  /** The file did not get to the disk: only the log has what was brought in. */
  #needsLog = false

  constructor(database: DatabaseSync, path: string) {
    this.database = database
    this.#logPath = `${path}-wal`
    this.#log = new FileSync(this.#logPath)
    this.#file = new FileSync(path)
  }

  /** To be called after each commit: fulfilled when it is on disk. */
  synced(): Promise<void> {
    this.#synced = this.#sync()
    return this.#synced
  }

  async #sync(): Promise<void> {
    // one after the other: few files may be open
    this.#made ??= syncFolderOf(this.#logPath).then(() => this.#file.synced())
    await Promise.all([this.#made, this.#log.synced()])
  }

  /** What is in the log, or was before it was brought in. */
  get logBytes(): number {
    return statSync(this.#logPath, { throwIfNoEntry: false })?.size ?? 0
  }

  /** Nothing may be committed until it has ended, and never where it fails. */
  async bringIn(): Promise<void> {
    await this.#copyLog()
    if (!this.database.isOpen) return
    this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    await this.#log.synced()
  }

  /** As one file, unless the disk fails: then the log stays, and whoever opens it next reads both. */
  async close(): Promise<void> {
    const isCopied =
      !this.#needsLog &&
      (this.logBytes === 0 ||
        (await this.#copyLog().then(
          () => true,
          () => false,
        )))
    await this.#log.close()
    // what is not brought in yet SQLite brings in itself, as safely; what is, it takes for safe and forgets the log
    if (!isCopied) this.database.exec('PRAGMA synchronous = FULL')
    const aside = `${this.#logPath}-kept`
    if (this.#needsLog) renameSync(this.#logPath, aside)
    this.database.close()
    if (this.#needsLog) renameSync(aside, this.#logPath)
    await this.#file.close()
  }

  /** Of one that is damaged. */
  abandon(): void {
    this.database.close()
    void this.#log.close()
    void this.#file.close()
  }

  async #copyLog(): Promise<void> {
    // a log that was found may be in the system's memory alone
    await (this.#synced ?? this.synced())
    // found to be damaged meanwhile
    if (!this.database.isOpen) return
    this.database.exec('PRAGMA wal_checkpoint(PASSIVE)')
    this.#needsLog = true
    await this.#file.synced()
    this.#needsLog = false
  }
}
