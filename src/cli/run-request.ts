import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFile } from '../processor/write-file.ts'
import { UsageError } from './errors.ts'
import type { Manners, RunFlags } from './options.ts'
import { shown } from './paths.ts'
import type { Say } from './words.ts'

/** What was asked for, so that a run can be taken up again by its folder alone; `request.json`. */
export interface RunRequest {
  /** The folder in which it was asked; the files are as they were typed there. */
  readonly folder: string
  readonly files: readonly string[]
  readonly flags: OfTheRun
  /** Language of the texts in the files written. */
  readonly locale: string
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[]
}

type OfTheRun = Omit<RunFlags, keyof Manners | 'runDir' | 'forceNew'>

/** The flags without what belongs to one call. */
export function ofTheRun(flags: RunFlags): OfTheRun {
  const { json, quiet, input, failOn, runDir, forceNew, ...rest } = flags
  return rest
}

const NAME = 'request.json'
const VERSION = 1

/** Whether a folder holds a run, finished or not. */
export const holdsRun = (runDir: string): boolean =>
  existsSync(join(runDir, NAME)) || existsSync(join(runDir, 'run.json'))

export const writeRequest = (runDir: string, request: RunRequest): Promise<void> =>
  writeFile(join(runDir, NAME), [JSON.stringify({ schema_version: VERSION, ...request }, null, 2), '\n'])

/** Throws a `UsageError` where the folder holds no run that this version could take up. */
export function readRequest(runDir: string, say: Say): RunRequest {
  const file = join(runDir, NAME)
  if (!existsSync(file)) throw new UsageError(say('usage.run_dir_no_run', { folder: shown(runDir) }))
  try {
    const { schema_version: version, ...request } = JSON.parse(readFileSync(file, 'utf8')) as RunRequest & {
      readonly schema_version: number
    }
    if (version === VERSION && existsSync(request.folder)) return request
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new UsageError(say('usage.request_unusable', { file: shown(file) }))
}
