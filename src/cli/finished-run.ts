import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from './errors.ts'
import type { Entry } from './explain-text.ts'
import { fromCaller, shown } from './paths.ts'
import type { Say } from './words.ts'

/** The folder of a finished run, in full. Throws a `UsageError` where one of its files is missing. */
export function finishedFolder(given: string, say: Say, files: readonly string[]): string {
  const folder = fromCaller(given)
  if (!files.every((file) => existsSync(join(folder, file))))
    throw new UsageError(say('usage.run_dir_empty', { folder: shown(folder) }))
  return folder
}

/** The series of a finished run by name, as `forecasts.json` has them. Throws a `UsageError` where there is none. */
export function readEntries(runDir: string, say: Say): Map<string, Entry> {
  const file = join(finishedFolder(runDir, say, ['forecasts.json']), 'forecasts.json')
  return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Entry>))
}

/** What `run.json` says of the whole run, as far as it is read here. */
export interface Report {
  readonly engine: { readonly version: string }
  readonly config: Readonly<Record<string, { readonly value: unknown }>>
  readonly inputs: readonly { readonly sha256: string }[]
}

export const readReport = (runDir: string): Report =>
  JSON.parse(readFileSync(join(fromCaller(runDir), 'run.json'), 'utf8')) as Report
