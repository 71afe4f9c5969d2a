import { version } from '../batch/version.ts'
import { isTotal } from '../export/is-total.ts'
import type { ReportOf } from '../export/report/report.ts'
import type { Locale } from '../i18n/render.ts'
import { exceptionsOf } from '../portfolio/exceptions.ts'
import { BatchResult } from './batch-result.ts'

/** What workbook and page are made of, from results that a program holds; no file was read for them. */
export function reportFrom(results: ReadonlyMap<string, BatchResult>, locale: Locale): ReportOf {
  const items = [...results.values()].filter(({ plain }) => !isTotal(plain))
  // of a result made by hand nothing is known beside it
  const watched = items.map((result) => ({ supply: {}, ...BatchResult.memberOf(result), result: result.plain }))
  return {
    results: items.map(({ plain }) => plain),
    exceptions: exceptionsOf(watched),
    locale,
    read: null,
    engineVersion: version(),
  }
}
