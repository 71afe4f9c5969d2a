import { compareRuns } from './compare-runs.ts'
import { compareText } from './compare-text.ts'
import { EXIT } from './exit-codes.ts'
import { readEntries, readReport } from './finished-run.ts'
import { columnsOf } from './layout.ts'
import { paintFor, toStdout } from './output.ts'
import type { Say } from './words.ts'

/** What a run says otherwise than an earlier one, and why. */
export function compare(before: string, after: string, flags: { json?: boolean }, say: Say, locale: string): number {
  const told = (runDir: string) => ({ entries: readEntries(runDir, say), report: readReport(runDir) })
  const comparison = compareRuns(told(before), told(after))
  const page = { say, locale, width: columnsOf(process.stdout), paint: paintFor(process.stdout) }
  toStdout(flags.json ? JSON.stringify(comparison, null, 2) : compareText(comparison, page))
  return EXIT.done
}
