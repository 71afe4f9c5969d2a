import { join } from 'node:path'
import { CHECKPOINT } from '../store/open-checkpoint.ts'
import { EXIT } from './exit-codes.ts'
import { exitCodeFor } from './fail-on.ts'
import { columnsOf, wrap } from './layout.ts'
import { paintFor, toStderr, toStdout } from './output.ts'
import { fromCaller, shown } from './paths.ts'
import { runFiles } from './run-files.ts'
import type { DemoFlags } from './serve-options.ts'
import { summaryText } from './summary-text.ts'
import type { Say } from './words.ts'

const SAMPLE = join(import.meta.dirname, '../../samples/portfolio.csv')
const HORIZON = 12

/** The sample portfolio, as a person would run it; here the summary is the data and goes to standard output. */
export async function demo(flags: DemoFlags, say: Say, locale: string): Promise<number> {
  const { quiet, runDir } = flags
  if (!quiet) toStderr(wrap(say('demo.intro', { file: shown(SAMPLE) }), columnsOf(process.stderr)))
  const finished = await runFiles(
    [shown(SAMPLE)],
    { quiet, runDir, horizon: HORIZON, profile: 'dated', failOn: 'any', input: false },
    say,
    locale,
  )
  if (finished === null) return EXIT.interrupted
  const width = columnsOf(process.stdout)
  toStdout(summaryText({ ...finished, say, locale, width, paint: paintFor(process.stdout) }))
  const code = exitCodeFor(finished.summary.by_status.failed, finished.summary.series, 'any')
  if (flags.once === true || process.stdout.isTTY !== true) return code
  const { serve } = await import('./serve-command.ts')
  const run = {
    ...{ file: SAMPLE, name: say('demo.name'), steps: HORIZON },
    checkpoint: join(fromCaller(finished.runDir), CHECKPOINT),
  }
  return serve({ ...flags, host: '127.0.0.1', allowedHost: [], allowWebhook: [] }, say, run)
}
