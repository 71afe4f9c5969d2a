import type { SeriesResult } from '../batch/run-result.ts'
import { bandAt, levelName } from './bands.ts'
import { guardedCell, numberCell, textCell } from './csv-cell.ts'
import { forecastOf } from './forecast-of.ts'
import { modelLabel } from './model-label.ts'

export type CsvProfile = 'dated' | 'legacy-v1'

export interface CsvOptions {
  readonly profile: CsvProfile
  /** Band levels of the columns, 0 to 1; default: those of the first result. */
  readonly levels?: readonly number[]
}

const DEFAULT_LEVELS = [0.8, 0.95]

/**
 * The forecasts as CSV (RFC 4180, UTF-8 without mark, LF), one chunk a series after the header.
 *
 * `dated`: `series_name,date,period,forecast,lower_80,upper_80,lower_95,upper_95,model,confidence,pattern,status,unit`;
 * period from 1, date empty without dates, numbers shortest round-trip. A series without a forecast is one row with its
 * status and empty numbers. People open this file in spreadsheets: names and units that look like a formula get a `'`
 * in front (reliability H037, `guardedCell` says how to take it off again); numbers are never touched.
 *
 * `legacy-v1`, for machines: `serie_name,model_selected,confidence_score,forecast_day,forecast_value`; names are byte
 * for byte those of the input, series without a forecast are left out and listed in `run.json`.
 */
export function* forecastCsv(results: Iterable<SeriesResult>, options: CsvOptions): Generator<string> {
  if (options.profile === 'legacy-v1') {
    yield 'serie_name,model_selected,confidence_score,forecast_day,forecast_value\n'
    for (const result of results) {
      const rows = legacyRows(result)
      if (rows !== '') yield rows
    }
    return
  }
  let levels = options.levels ?? null
  let begun = false
  for (const result of results) {
    levels ??= result.levels
    if (!begun) yield header(levels)
    begun = true
    yield datedRows(result, levels)
  }
  if (!begun) yield header(levels ?? DEFAULT_LEVELS)
}

function header(levels: readonly number[]): string {
  const bands = levels.map(levelName).flatMap((level) => [`lower_${level}`, `upper_${level}`])
  const names = [
    'series_name',
    'date',
    'period',
    'forecast',
    ...bands,
    'model',
    'confidence',
    'pattern',
    'status',
    'unit',
  ]
  return `${names.join(',')}\n`
}

function datedRows(result: SeriesResult, levels: readonly number[]): string {
  const name = guardedCell(result.name)
  const unit = guardedCell(result.unit ?? '')
  const outcome = forecastOf(result)
  if (outcome === null) {
    const empty = ','.repeat(3 + 2 * levels.length)
    return `${name},${empty},,${result.outcome?.pattern ?? ''},${result.status},${unit}\n`
  }
  const { forecast } = outcome
  const bands = levels.map((level) => bandAt(forecast, level))
  const tail = [
    textCell(modelLabel(outcome.used)),
    numberCell(outcome.confidenceScore),
    outcome.pattern,
    result.status,
    unit,
  ].join(',')
  let rows = ''
  for (let step = 0; step < forecast.mean.length; step++) {
    rows += `${name},${result.dates[step] ?? ''},${step + 1},${numberCell(forecast.mean[step])}`
    for (const band of bands) rows += `,${numberCell(band?.lower[step])},${numberCell(band?.upper[step])}`
    rows += `,${tail}\n`
  }
  return rows
}

function legacyRows(result: SeriesResult): string {
  const outcome = forecastOf(result)
  if (outcome === null) return ''
  const head = `${textCell(result.name)},${textCell(modelLabel(outcome.used))},${numberCell(outcome.confidenceScore)}`
  let rows = ''
  outcome.forecast.mean.forEach((value, step) => {
    rows += `${head},${step + 1},${numberCell(value)}\n`
  })
  return rows
}
