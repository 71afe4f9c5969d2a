import { printProblems } from './errors.ts'
import { EXIT } from './exit-codes.ts'
import { columnsOf, wrap } from './layout.ts'
import type { ExportFlags } from './options.ts'
import { toStderr, toStdout } from './output.ts'
import { outputsOf } from './outputs.ts'
import { readRun } from './read-run.ts'
import type { Say } from './words.ts'
import { writeOutputs } from './write-outputs.ts'

/** Writes a finished run once more: in another format or language, or as another system takes it. Computes nothing. */
export async function exportRun(folder: string, flags: ExportFlags, say: Say, locale: string): Promise<number> {
  const outputs = outputsOf(flags.output, say)
  const { results, exceptions, read, engineVersion } = readRun(folder, say)
  const { files, problems, totals } = await writeOutputs(
    {
      report: { results, exceptions, locale, read, engineVersion },
      outputs,
      profile: flags.profile,
      fileLocale: flags.fileLocale ?? locale,
      settings: flags.set ?? [],
      previous: flags.previous === undefined ? null : readRun(flags.previous, say).results,
      dryRun: flags.dryRun === true,
    },
    say,
  )
  const refused = problems.some(({ severity }) => severity === 'error')
  if (flags.json) toStdout(JSON.stringify({ files, problems, totals }, null, 2))
  else if (!flags.quiet) {
    printProblems(problems, say, locale)
    const note = (text: string): void => toStderr(wrap(text, columnsOf(process.stderr)))
    for (const [file, total] of Object.entries(totals)) {
      const {
        rows,
        series,
        total_quantity: quantity,
      } = total as { rows: number; series: number; total_quantity: number }
      note(
        say(refused ? 'export.refused' : flags.dryRun ? 'export.would' : 'export.totals', {
          file,
          rows,
          series,
          quantity,
        }),
      )
    }
    for (const file of files) note(say('export.written', { file }))
  }
  return refused ? EXIT.input : EXIT.done
}
