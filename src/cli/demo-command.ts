import { join } from 'node:path'
import { EXIT } from './exit-codes.ts'
import { exitCodeFor } from './fail-on.ts'
import { columnsOf, wrap } from './layout.ts'
import type { RunFlags } from './options.ts'
import { paintFor, toStderr, toStdout } from './output.ts'
import { shown } from './paths.ts'
import { runFiles } from './run-files.ts'
import { summaryText } from './summary-text.ts'
import type { Say } from './words.ts'

const SAMPLE = join(import.meta.dirname, '../../samples/portfolio.csv')
const HORIZON = 12

/** The sample portfolio, as a person would run it; here the summary is the data and goes to standard output. */
export async function demo(
  flags: Pick<RunFlags, 'quiet' | 'runDir' | 'workers'>,
  say: Say,
  locale: string,
): Promise<number> {
  if (!flags.quiet) toStderr(wrap(say('demo.intro', { file: shown(SAMPLE) }), columnsOf(process.stderr)))
  const finished = await runFiles(
    [shown(SAMPLE)],
    { ...flags, horizon: HORIZON, profile: 'dated', failOn: 'any', input: false },
    say,
    locale,
  )
  if (finished === null) return EXIT.interrupted
  const width = columnsOf(process.stdout)
  toStdout(summaryText({ ...finished, say, locale, width, paint: paintFor(process.stdout) }))
  return exitCodeFor(finished.summary.by_status.failed, finished.summary.series, 'any')
}
