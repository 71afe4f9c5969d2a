import { readdirSync, readFileSync } from 'node:fs'

/** Files that a worker holds open, and those that come and go beside it: sources that are loaded, what is written. */
const WORKER_FILES = 5
const PASSING_FILES = 9

/**
 * Whether another worker leaves the process files to open: where it took the last ones, nothing more could be loaded or
 * written. True where the system does not tell (other than Linux).
 */
export function hasFilesForWorker(): boolean {
  try {
    const most = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1]
    return most === undefined || Number(most) - readdirSync('/proc/self/fd').length >= WORKER_FILES + PASSING_FILES
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EMFILE'
  }
}
