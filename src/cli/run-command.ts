import { exitCodeFor } from './fail-on.ts'
import { columnsOf } from './layout.ts'
import type { RunFlags } from './options.ts'
import { paintFor, toStderr, toStdout } from './output.ts'
import { runFiles } from './run-files.ts'
import { summaryText } from './summary-text.ts'
import type { Say } from './words.ts'

/** Files in, forecasts out: the summary is a message, `--json` makes it data. */
export async function run(files: readonly string[], flags: RunFlags, say: Say, locale: string): Promise<number> {
  const finished = await runFiles(files, flags, say, locale)
  const { summary, seconds, runDir } = finished
  if (flags.json)
    toStdout(
      JSON.stringify({ ...summary, seconds, run_dir: runDir, files: finished.files.map((file) => file.path) }, null, 2),
    )
  else if (!flags.quiet)
    toStderr(
      summaryText({ ...finished, say, locale, width: columnsOf(process.stderr), paint: paintFor(process.stderr) }),
    )
  return exitCodeFor(summary.by_status.failed, summary.series, flags.failOn)
}
