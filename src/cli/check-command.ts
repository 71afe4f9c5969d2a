import type { Portfolio } from '../io/portfolio.ts'
import { type LocatedProblem, Problem } from '../messages.ts'
import { checkReport } from '../processor/check-report.ts'
import { checkText } from './check-text.ts'
import { report as reportError } from './errors.ts'
import { EXIT } from './exit-codes.ts'
import { columnsOf } from './layout.ts'
import type { ReadFlags } from './options.ts'
import { paintFor, toStdout } from './output.ts'
import { shown } from './paths.ts'
import { insistOnUsable, readInput } from './read-input.ts'
import type { Say } from './words.ts'

/** How the files are understood, with everything that is wrong or was mended; forecasts nothing. */
export async function check(files: readonly string[], flags: ReadFlags, say: Say, locale: string): Promise<number> {
  const { portfolio } = await readInput(files, flags, say)
  const report = checkReport(portfolio, shown)
  const refused = refusal(portfolio, flags)
  if (flags.json) toStdout(JSON.stringify(report, null, 2))
  else {
    const page = { say, locale, width: columnsOf(process.stdout), paint: paintFor(process.stdout) }
    toStdout(checkText(report, refused === null ? files : null, page))
    // the page has listed all; what ends the check is said once more, alone
    if (refused !== null) reportError(new Problem(refused), say, locale)
  }
  return refused === null ? EXIT.done : EXIT.input
}

/** Why the files cannot be used as they are; null where they can. */
function refusal(portfolio: Portfolio, flags: ReadFlags): LocatedProblem | null {
  try {
    insistOnUsable(portfolio, flags)
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.all[0] ?? null
  }
}
