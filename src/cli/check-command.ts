import { findPattern } from '../automl/pattern.ts'
import { prepare } from '../automl/prepare.ts'
import type { PortfolioItem } from '../io/portfolio.ts'
import { checkReport } from './check-report.ts'
import { checkText } from './check-text.ts'
import { report as reportError } from './errors.ts'
import { EXIT } from './exit-codes.ts'
import { columnsOf } from './layout.ts'
import type { ReadFlags } from './options.ts'
import { paintFor, toStdout } from './output.ts'
import { insistOnUsable, readInput } from './read-input.ts'
import type { Say } from './words.ts'

/** As a forecast would find it; null for a series without a value. */
function patternOf(item: PortfolioItem): string | null {
  if (item.values.every(Number.isNaN)) return null
  const { fitted } = prepare(item)
  return findPattern(fitted.values, fitted.seasonLength).pattern
}

/** How the files are understood, with everything that is wrong or was mended; forecasts nothing. */
export async function check(files: readonly string[], flags: ReadFlags, say: Say, locale: string): Promise<number> {
  const portfolio = await readInput(files, flags, say)
  const report = checkReport(portfolio, patternOf)
  if (flags.json) toStdout(JSON.stringify(report, null, 2))
  else
    toStdout(
      checkText(report, files, { say, locale, width: columnsOf(process.stdout), paint: paintFor(process.stdout) }),
    )
  try {
    insistOnUsable(portfolio, flags)
  } catch (error) {
    return flags.json ? EXIT.input : reportError(error, say, locale)
  }
  return EXIT.done
}
