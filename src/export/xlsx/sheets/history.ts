import type { SeriesResult } from '../../../batch/run-result.ts'
import { historyDates } from '../../report/history-dates.ts'
import type { ReportOf, Words } from '../../report/report.ts'
import type { SheetOf } from '../sheet.ts'
import type { Style } from '../styles.ts'
import { type ColumnOf, tableSheet } from '../table-sheet.ts'
import { styleOf } from './periods.ts'

/** Rows of history in a workbook at most, and periods of one series. */
const MOST_ROWS = 300_000
const MOST_PERIODS = 160
const LEAST_PERIODS = 12
const SEASONS = 3
const USUAL_PERIODS = 60

/** Periods of history that are shown of each series: three seasons, fewer where there are very many series. */
export function shownHistory(results: readonly SeriesResult[]): number {
  let longest = 0
  let season = 1
  for (const { history, seasonLength } of results) {
    longest = Math.max(longest, history.length)
    season = Math.max(season, seasonLength)
  }
  const wanted = Math.min(MOST_PERIODS, Math.max(USUAL_PERIODS, SEASONS * season))
  const room = Math.max(LEAST_PERIODS, Math.floor(MOST_ROWS / Math.max(1, results.length)))
  return Math.min(longest, wanted, room)
}

interface Actual {
  readonly result: SeriesResult
  readonly date: string
  readonly value: number
  readonly style: Style
}

/** The last values of every series as they were used. */
export function historySheet({ results }: ReportOf, shown: number, say: Words): SheetOf {
  const columns: ColumnOf<Actual>[] = [
    { title: say('column.series'), width: 28, style: 'text', value: ({ result }) => result.name },
    {
      title: say('column.date'),
      width: 12,
      style: 'date',
      value: ({ result, date }) => (result.calendar === null ? Number(date) : { date }),
    },
    {
      title: say('column.actual'),
      width: 14,
      style: ({ style }) => style,
      value: ({ value }) => (Number.isNaN(value) ? null : value),
    },
    { title: say('column.unit'), width: 9, style: 'word', value: ({ result }) => result.unit },
  ]
  return tableSheet({
    sheet: say('sheet.history'),
    table: 'History',
    columns,
    rows: () => actualsOf(results, shown),
    count: results.reduce((sum, { history }) => sum + Math.min(history.length, shown), 0),
    none: say('none.history'),
    frozenColumns: 2,
  })
}

function* actualsOf(results: readonly SeriesResult[], shown: number): Generator<Actual> {
  for (const result of results) {
    const count = Math.min(result.history.length, shown)
    const dates = historyDates(result, count)
    const style = styleOf(result)
    const first = result.history.length - count
    for (let i = 0; i < count; i++) yield { result, date: dates[i]!, value: result.history[first + i]!, style }
  }
}
