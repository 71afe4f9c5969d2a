import { statSync } from 'node:fs'
import { join } from 'node:path'
import { overrideSheetNames, readOverrides } from '../export/overrides/read-overrides.ts'
import { fileSource } from '../io/bytes/source.ts'
import { sheetRows } from '../io/xlsx/sheet-rows.ts'
import { Problem, problem } from '../messages.ts'
import { writeFile } from '../processor/write-file.ts'
import { printProblems } from './errors.ts'
import { EXIT } from './exit-codes.ts'
import { columnsOf, wrap } from './layout.ts'
import type { Manners } from './options.ts'
import { toStderr, toStdout } from './output.ts'
import { shown } from './paths.ts'
import { OVERRIDES, readRun } from './read-run.ts'
import type { Say } from './words.ts'

/**
 * Takes the values that people put into the workbook of a run. The workbook is the whole truth: what it no longer holds is
 * taken back. Refused cells are listed, the others are kept in the run folder, and the next export uses them.
 */
export async function importOverrides(
  folder: string,
  workbook: string,
  flags: Pick<Manners, 'json' | 'quiet'>,
  say: Say,
  locale: string,
): Promise<number> {
  const run = readRun(folder, say)
  const size = statSync(workbook, { throwIfNoEntry: false })?.size
  if (size === undefined) throw new Problem(problem('file_not_found', { file: workbook }, { file: workbook }))
  const rows = await sheetRows(workbook, fileSource(workbook, size), overrideSheetNames())
  const { overrides, problems, accepted, refused } = readOverrides(rows, run.results, workbook)
  const unreadable = problems.some(({ code }) => code === 'column_missing')
  if (!unreadable) {
    const list = [...overrides].flatMap(([series, own]) => own.map((override) => ({ series, ...override })))
    await writeFile(join(run.folder, OVERRIDES), [
      `${JSON.stringify({ schema_version: 1, overrides: list }, null, 2)}\n`,
    ])
  }
  if (flags.json) toStdout(JSON.stringify({ accepted, refused, problems }, null, 2))
  else if (!flags.quiet) {
    printProblems(problems, say, locale)
    if (!unreadable)
      toStderr(wrap(say('overrides.done', { accepted, refused, folder: shown(run.folder) }), columnsOf(process.stderr)))
  }
  return refused > 0 || unreadable ? EXIT.input : EXIT.done
}
