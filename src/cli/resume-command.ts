import { resolve } from 'node:path'
import type { Manners, RunFlags } from './options.ts'
import { finish } from './run-command.ts'
import { runFiles } from './run-files.ts'
import { readRequest } from './run-request.ts'
import type { Say } from './words.ts'

/**
 * Takes a run up again: what is missing is computed, and what options given now (`changed`) or changed files have changed.
 * `retry`: also what failed or was cut short.
 */
export async function resume(
  folder: string,
  changed: Partial<RunFlags>,
  manners: Manners,
  retry: boolean,
  say: Say,
  locale: string,
): Promise<number> {
  const runDir = resolve(folder)
  const request = readRequest(runDir, say)
  // paths in the request, and in the files written, are as they were typed there
  process.chdir(request.folder)
  const { json, quiet, input, failOn } = manners
  const flags: RunFlags = { ...request.flags, ...changed, json, quiet, input, failOn, runDir }
  return finish(await runFiles(request.files, flags, say, locale, { request, retry, folder }), flags, say, locale)
}
