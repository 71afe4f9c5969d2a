import type { SeriesResult } from '../../../batch/run-result.ts'
import { forecastOf } from '../../forecast-of.ts'
import type { SheetOf } from '../sheet.ts'

/** Where the rows of one series stand in the sheets of history and forecasts, from 1; 0 rows where there are none. */
export interface SeriesRows {
  readonly result: SeriesResult
  readonly historyRow: number
  readonly historyCount: number
  readonly forecastRow: number
  readonly forecastCount: number
}

export function seriesRows(results: readonly SeriesResult[], shown: number): SeriesRows[] {
  let historyRow = 2
  let forecastRow = 2
  return results.map((result) => {
    const historyCount = Math.min(result.history.length, shown)
    const forecastCount = forecastOf(result)?.forecast.mean.length ?? 0
    const rows = { result, historyRow, historyCount, forecastRow, forecastCount }
    historyRow += historyCount
    forecastRow += forecastCount
    return rows
  })
}

export const INDEX_SHEET = 'index'

/** A hidden sheet by which the chart of one series finds its rows without searching. */
export const indexSheet = (rows: readonly SeriesRows[]): SheetOf => ({
  name: INDEX_SHEET,
  hidden: true,
  widths: [28, 12, 12, 12, 12],
  *rows() {
    for (const [i, each] of rows.entries())
      yield {
        row: i + 1,
        cells: [
          [each.result.name, 'text'],
          [each.historyRow, 'plain'],
          [each.historyCount, 'plain'],
          [each.forecastRow, 'plain'],
          [each.forecastCount, 'plain'],
        ],
      }
  },
})
