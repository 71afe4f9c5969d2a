import type { SeriesResult } from '../batch/run-result.ts'
import type { Locale } from '../i18n/render.ts'
import { bandAt, levelName } from './bands.ts'
import { guardedCell, numberCell, textCell } from './csv-cell.ts'
import { forecastOf } from './forecast-of.ts'
import { modelLabel } from './model-label.ts'
import { finalMean } from './overrides/override.ts'

export type CsvProfile = 'dated' | 'excel' | 'legacy-v1'

export interface CsvOptions {
  readonly profile: CsvProfile
  /** Band levels of the columns, 0 to 1; default: those of the first result. */
  readonly levels?: readonly number[]
  /** For `excel`, any BCP 47 tag: whose decimal sign, and so which delimiter (`;` beside a decimal comma). [en] */
  readonly fileLocale?: Locale
}

/** In place of the model's name where a person set the value. */
const OVERRIDE = 'Override'
const DEFAULT_LEVELS = [0.8, 0.95]

/** How cells become a file. */
interface Dialect {
  readonly mark: string
  readonly delimiter: string
  readonly end: string
  readonly number: typeof numberCell
}

const PLAIN: Dialect = { mark: '', delimiter: ',', end: '\n', number: numberCell }

/** Spreadsheets split at `;` where the decimal sign is a comma, and read UTF-8 by its mark alone. */
function excelDialect(locale: Locale): Dialect {
  const comma = new Intl.NumberFormat(locale).format(0.5).includes(',')
  return {
    mark: '\ufeff',
    delimiter: comma ? ';' : ',',
    end: '\r\n',
    number: (value) => (comma ? numberCell(value).replace('.', ',') : numberCell(value)),
  }
}

/**
 * The forecasts as CSV (RFC 4180, UTF-8 without mark, LF), one chunk a series after the header.
 *
 * `dated`: `series_name,date,period,forecast,lower_80,upper_80,lower_95,upper_95,model,confidence,pattern,status,unit`;
 * period from 1, date empty without dates, numbers shortest round-trip. A series without a forecast is one row with its
 * status and empty numbers; a value set by a person has `Override` as its model. People open this file in spreadsheets: names and units that look like a formula get a `'`
 * in front (reliability H037, `guardedCell` says how to take it off again); numbers are never touched.
 *
 * `excel` is the same for a spreadsheet that is opened by a double click: with a mark (BOM), CR LF, and the decimal sign
 * and delimiter of `fileLocale`.
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
  const dialect = options.profile === 'excel' ? excelDialect(options.fileLocale ?? 'en') : PLAIN
  let levels = options.levels ?? null
  let begun = false
  for (const result of results) {
    levels ??= result.levels
    if (!begun) yield header(levels, dialect)
    begun = true
    yield datedRows(result, levels, dialect)
  }
  if (!begun) yield header(levels ?? DEFAULT_LEVELS, dialect)
}

function header(levels: readonly number[], { mark, delimiter, end }: Dialect): string {
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
  return mark + names.join(delimiter) + end
}

function datedRows(result: SeriesResult, levels: readonly number[], dialect: Dialect): string {
  const { delimiter: d, end, number } = dialect
  const name = guardedCell(result.name, d)
  const unit = guardedCell(result.unit ?? '', d)
  const outcome = forecastOf(result)
  if (outcome === null) {
    const empty = d.repeat(3 + 2 * levels.length)
    return `${name}${d}${empty}${d}${d}${result.outcome?.pattern ?? ''}${d}${result.status}${d}${unit}${end}`
  }
  const { forecast } = outcome
  const final = finalMean(result)!
  const overridden = new Set(result.overrides?.map(({ period }) => period - 1))
  const bands = levels.map((level) => bandAt(forecast, level))
  const model = textCell(modelLabel(outcome.used), d)
  const tail = [number(outcome.confidenceScore), outcome.pattern, result.status, unit].join(d)
  let rows = ''
  for (let step = 0; step < forecast.mean.length; step++) {
    rows += `${name}${d}${result.dates[step] ?? ''}${d}${step + 1}${d}${number(final[step])}`
    for (const band of bands) rows += `${d}${number(band?.lower[step])}${d}${number(band?.upper[step])}`
    // a person's value is not published under the name of a model
    rows += `${d}${overridden.has(step) ? OVERRIDE : model}${d}${tail}${end}`
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
