import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { FileSync } from './file-sync.ts'

const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './bring-in-thread.ts' : './bring-in-thread.js',
  import.meta.url,
)
/** Bytes after which the log is brought into the file. */
const STEP = 16_000_000

/** The write-ahead log of the server's file: what is committed comes to the disk while the server answers others. */
export class ServerLog {
  readonly #path: string
  readonly #log: FileSync
  #size = 0
  #limit = STEP
  #thread: Promise<void> | null = null

  constructor(path: string) {
    this.#path = path
    this.#log = new FileSync(`${path}-wal`)
  }

  /** To be called after a commit: fulfilled when it is on disk. */
  synced(): Promise<void> {
    const size = statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0
    // it was begun anew
    if (size < this.#size) this.#limit = STEP
    this.#size = size
    if (size >= this.#limit && this.#thread === null) this.#bringIn()
    return this.#log.synced()
  }

  /** Before the file is closed. */
  async close(): Promise<void> {
    await this.#thread
    await this.#log.close()
  }

  /** Where it fails the log is as long as before, and it is tried again. */
  #bringIn(): void {
    this.#limit = this.#size + STEP
    const thread = new Worker(threadFile, { workerData: this.#path })
    thread.on('error', () => {})
    this.#thread = new Promise<void>((resolve) => thread.once('exit', () => resolve())).then(() => {
      this.#thread = null
    })
  }
}
