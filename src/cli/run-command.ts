import { EXIT } from './exit-codes.ts'
import { exitCodeFor } from './fail-on.ts'
import { columnsOf } from './layout.ts'
import type { RunFlags } from './options.ts'
import { paintFor, toStderr, toStdout } from './output.ts'
import { type FinishedRun, runFiles } from './run-files.ts'
import type { Say } from './words.ts'

/** Files in, forecasts out: the summary is a message, `--json` makes it data. */
export async function run(files: readonly string[], flags: RunFlags, say: Say, locale: string): Promise<number> {
  return finish(await runFiles(files, flags, say, locale), flags, say, locale)
}

/** Says what came of a run; null of one that was interrupted, which has been said. */
export async function finish(finished: FinishedRun | null, flags: RunFlags, say: Say, locale: string): Promise<number> {
  if (finished === null) return EXIT.interrupted
  const { summary, seconds, runDir } = finished
  if (flags.json)
    toStdout(
      JSON.stringify({ ...summary, seconds, run_dir: runDir, files: finished.files.map((file) => file.path) }, null, 2),
    )
  else if (!flags.quiet) {
    const { summaryText } = await import('./summary-text.ts')
    toStderr(
      summaryText({ ...finished, say, locale, width: columnsOf(process.stderr), paint: paintFor(process.stderr) }),
    )
  }
  if (finished.unwritten) return EXIT.input
  return exitCodeFor(summary.by_status.failed, summary.series, flags.failOn)
}
