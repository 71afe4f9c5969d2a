import { Problem, problem } from '../../messages.ts'
import { type ReportOf, wordsIn } from '../report/report.ts'
import { workbookBytes } from './package.ts'
import { confidenceSheet } from './sheets/confidence.ts'
import { dataQualitySheet } from './sheets/data-quality.ts'
import { exceptionsSheet } from './sheets/exceptions.ts'
import { forecastsSheet } from './sheets/forecasts.ts'
import { historySheet, shownHistory } from './sheets/history.ts'
import { modelsSheet } from './sheets/models.ts'
import { overridesSheet } from './sheets/overrides.ts'
import { countPeriods } from './sheets/periods.ts'
import { readMeSheet } from './sheets/read-me.ts'
import { seriesSheet } from './sheets/series.ts'
import { indexSheet, seriesRows } from './sheets/series-index.ts'
import { summarySheet } from './sheets/summary.ts'

/** Rows of a sheet below its header. */
const MOST_ROWS = 1_048_575

/**
 * The forecasts as a workbook (.xlsx), a stream of bytes that is the same for the same results: a summary with the chart
 * of the portfolio, forecasts, models, confidence, data quality, exceptions, overrides to be filled in
 * (`import-overrides` reads them back), how to read it; and a sheet on which any series is chosen and drawn, with the
 * history it is drawn from. Dates and numbers are real, tables have names (`Forecasts`, `Models`, ...) in every language;
 * a text is never a formula. Throws `workbook_too_large`.
 */
export function forecastXlsx(report: ReportOf): AsyncGenerator<Uint8Array> {
  const say = wordsIn(report.locale)
  const { results, exceptions } = report
  const periods = countPeriods(results)
  if (periods > MOST_ROWS) throw new Problem(problem('workbook_too_large', { rows: periods, limit: MOST_ROWS }))
  const shown = shownHistory(results)
  const rows = seriesRows(results, shown)
  // what needs a person most is what the chart opens with
  const first = exceptions.find(({ position }) => results[position]!.outcome?.forecast != null)?.position ?? 0
  const sheets = [
    summarySheet(report, say),
    forecastsSheet(report, say),
    modelsSheet(report, say),
    confidenceSheet(report, say),
    dataQualitySheet(report, say),
    exceptionsSheet(report, say),
    overridesSheet(report, say),
    readMeSheet(report, say),
    seriesSheet(report, rows, first, shown, say),
    historySheet(report, shown, say),
    indexSheet(rows),
  ]
  return workbookBytes(sheets, say('title'))
}
