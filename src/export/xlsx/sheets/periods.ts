import type { Outcome, PublishedForecast } from '../../../automl/outcome.ts'
import type { SeriesResult } from '../../../batch/run-result.ts'
import { type Band, bandAt } from '../../bands.ts'
import { forecastOf } from '../../forecast-of.ts'
import { decimalsFor, type Words } from '../../report/report.ts'
import type { CellValue } from '../cell.ts'
import type { Style } from '../styles.ts'
import type { ColumnOf } from '../table-sheet.ts'

/** One period forecast; `step` from 0. */
export interface Period {
  readonly result: SeriesResult
  readonly outcome: Outcome & { readonly forecast: PublishedForecast }
  readonly bands: readonly (Band | null)[]
  readonly style: Style
  readonly step: number
}

/** Numbers of a series with the digits that people can use of it. */
export const styleOf = ({ history, outcome }: SeriesResult): Style =>
  `number${decimalsFor([...history.subarray(-36), ...(outcome?.forecast?.mean ?? [])])}`

/** All periods forecast, series by series. */
export function* periodsOf(results: readonly SeriesResult[]): Generator<Period> {
  for (const result of results) {
    const outcome = forecastOf(result)
    if (outcome === null) continue
    const bands = result.levels.map((level) => bandAt(outcome.forecast, level))
    const style = styleOf(result)
    for (let step = 0; step < outcome.forecast.mean.length; step++) yield { result, outcome, bands, style, step }
  }
}

export const countPeriods = (results: readonly SeriesResult[]): number =>
  results.reduce((sum, result) => sum + (forecastOf(result)?.forecast.mean.length ?? 0), 0)

/** The date of a period, or its number where the series has no dates. */
const dateCell = ({ result, step }: Pick<Period, 'result' | 'step'>): CellValue => {
  const date = result.dates[step] ?? null
  return date === null ? null : { date }
}

/** The same period a season before; null without a season or so much history. */
export function seasonBefore({ result: { history, seasonLength }, step }: Period): number | null {
  if (seasonLength <= 1) return null
  const value = history[history.length + step - seasonLength * (Math.floor(step / seasonLength) + 1)]
  return value === undefined || Number.isNaN(value) ? null : value
}

/** The first columns of such sheets: series, date, period, forecast. */
export const periodColumns = (say: Words): ColumnOf<Period>[] => [
  { title: say('column.series'), width: 28, style: 'text', value: ({ result }) => result.name },
  { title: say('column.date'), width: 12, style: 'date', value: dateCell },
  { title: say('column.period'), width: 8, style: 'number0', value: ({ step }) => step + 1 },
  {
    title: say('column.forecast'),
    width: 12,
    style: ({ style }) => style,
    value: ({ outcome, step }) => outcome.forecast.mean[step]!,
  },
]

/** What sheets with a row for each period have alike. */
export const rowPerPeriod = (results: readonly SeriesResult[], say: Words) => ({
  rows: () => periodsOf(results),
  count: countPeriods(results),
  none: say('none.forecasts'),
  frozenColumns: 2,
})
