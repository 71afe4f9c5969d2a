import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Where a file is written before it takes its name: beside it, told apart by process and moment. */
export const temporaryOf = (path: string): string =>
  `${path}.${process.pid}.${performance.now().toString(36).replace('.', '')}.tmp`

/** Removes what processes left behind that were killed while they wrote this file. */
export async function removeStale(path: string): Promise<void> {
  const prefix = `${basename(path)}.`
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(prefix) ? /^(\d+)\.[0-9a-z]+\.tmp$/.exec(name.slice(prefix.length))?.[1] : undefined
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(dirname(path), name), { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // somebody else's process is alive too
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
