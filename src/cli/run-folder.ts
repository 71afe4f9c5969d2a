import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from './errors.ts'
import { fromCaller, shown } from './paths.ts'
import { holdsRun } from './run-request.ts'
import type { Say } from './words.ts'

/** Eight letters that stand for the input and the configuration of a run. */
export const runHash = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8)

/** `20260131-184502` in the caller's own time. */
function stamp(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
}

/**
 * `--run-dir`, refused where it holds a run already, or one beside it (`DIR-2`) with `--force-new`: nothing is overwritten.
 * Else a new folder `./arfc-runs/<start>-<hash>`.
 */
export function runFolder(flags: { runDir?: string; forceNew?: boolean }, hash: string, start: Date, say: Say): string {
  if (flags.runDir !== undefined) {
    const folder = fromCaller(flags.runDir)
    if (holdsRun(folder) && flags.forceNew !== true)
      throw new UsageError(say('usage.run_dir_taken', { folder: shown(folder) }))
    return free(folder, holdsRun)
  }
  return free(fromCaller(join('arfc-runs', `${stamp(start)}-${hash}`)), existsSync)
}

function free(folder: string, isTaken: (folder: string) => boolean): string {
  let name = folder
  for (let i = 2; isTaken(name); i++) name = `${folder}-${i}`
  return name
}
