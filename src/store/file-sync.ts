import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Brings what was written to a file to the disk, without a thread that waits for it. One synchronisation at a time: whoever
 * asks while one is under way shares the next, for his bytes may have come too late for the first. After one that failed
 * every further one fails: the system may take for written what it has lost.
 */
export class FileSync {
  readonly #path: string
  #handle: FileHandle | null = null
  #running: Promise<void> | null = null
  #next: Promise<void> | null = null
  #fault: { readonly error: unknown } | null = null

  /** A file that is there when it is first asked for. */
  constructor(path: string) {
    this.#path = path
  }

  /** Fulfilled when all that was written before the call is on disk. */
  synced(): Promise<void> {
    if (this.#running === null) return this.#begin()
    this.#next ??= this.#running.then(
      () => this.#begin(),
      () => this.#begin(),
    )
    return this.#next
  }

  /**
   * Waits for what is under way. To be called after SQLite has closed a file that it locks: to close any handle of it gives
   * up the locks of the whole process.
   */
  async close(): Promise<void> {
    while (this.#running !== null) await this.#running.catch(() => {})
    await this.#handle?.close()
    this.#handle = null
  }

  #begin(): Promise<void> {
    this.#next = null
    this.#running = this.#sync().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #sync(): Promise<void> {
    if (this.#fault !== null) throw this.#fault.error
    try {
      // Windows synchronises only what may be written
      this.#handle ??= await open(this.#path, 'r+')
      await this.#handle.datasync()
    } catch (error) {
      this.#fault = { error }
      throw error
    }
  }
}

/** Brings the names of the files of a folder to the disk; Windows does so by itself. */
export async function syncFolderOf(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(dirname(path), 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
