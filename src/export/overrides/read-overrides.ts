import type { Override, SeriesResult } from '../../batch/run-result.ts'
import { LANGUAGES } from '../../i18n/catalogue.ts'
import { text } from '../../i18n/render.ts'
import { type LocatedProblem, type MessageCode, type Params, problem } from '../../messages.ts'
import { bandAt } from '../bands.ts'
import { forecastOf } from '../forecast-of.ts'
import { REASONS } from './reasons.ts'

/** A row of the sheet as a reader of workbooks gives it. */
interface Row {
  readonly row: number
  readonly cells: readonly string[]
  readonly numbers: readonly number[]
}

const COLUMNS = ['series', 'period', 'forecast', 'override', 'reason', 'note', 'author'] as const
type Column = (typeof COLUMNS)[number]

/** The words of a key in all languages: a workbook is read back whatever language it was written in. */
const inAllLanguages = (key: string): string[] => LANGUAGES.map((language) => text(`ui.report.${key}`, {}, language))

/** Names that the sheet of overrides may have. */
export const overrideSheetNames = (): string[] => [...new Set(inAllLanguages('sheet.overrides'))]

/** A forecast of the sheet and of the run are the same up to what a spreadsheet keeps of a number. */
const SAME = 1e-6
/** A change below this share of the half width of the range changes no decision. */
const NOISE = 0.1

export interface ReadOverrides {
  readonly overrides: ReadonlyMap<string, readonly Override[]>
  /** Each is about one cell; errors are of overrides that were refused. */
  readonly problems: readonly LocatedProblem[]
  readonly accepted: number
  readonly refused: number
}

/**
 * The overrides of a workbook, each checked against the run it was made from: a value without a reason, for a series or
 * period that is not there, beside a forecast that is another run's, is refused with its cell. Others are taken.
 */
export function readOverrides(rows: readonly Row[], results: readonly SeriesResult[], file: string): ReadOverrides {
  const problems: LocatedProblem[] = []
  const overrides = new Map<string, Override[]>()
  const head = rows[0]?.cells ?? []
  const places = Object.fromEntries(COLUMNS.map((key) => [key, placeOf(head, key)])) as Record<Column, number>
  const missing = COLUMNS.filter((key) => places[key] < 0)
  if (missing.length > 0) {
    const columns = head.join(', ')
    for (const role of missing)
      problems.push(problem('column_missing', { role, columns }, { file, row: rows[0]?.row ?? 1 }))
    return { overrides, problems, accepted: 0, refused: 0 }
  }
  const byName = new Map(results.map((result) => [result.name, result]))
  const reasons = new Map(
    REASONS.flatMap((reason) => inAllLanguages(`reason.${reason}`).map((word) => [fold(word), reason])),
  )
  let accepted = 0
  let refused = 0
  for (const { row, cells, numbers } of rows.slice(1)) {
    const cell = (key: Column): string => (cells[places[key]] ?? '').trim()
    const number = (key: Column): number => numbers[places[key]] ?? Number.NaN
    if (cell('override') === '') continue
    const series = cell('series')
    const faults: LocatedProblem[] = []
    const tell = (code: MessageCode, params: Params, key: Column): void =>
      void faults.push(problem(code, params, { file, row, column: head[places[key]]!, series }))
    const result = byName.get(cells[places.series] ?? '')
    const forecast = result === undefined ? null : forecastOf(result)
    const period = number('period')
    const value = number('override')
    const reason = reasons.get(fold(cell('reason')))
    if (result === undefined || forecast === null) tell('override_series_unknown', { name: series }, 'series')
    else if (!(Number.isInteger(period) && period >= 1 && period <= forecast.forecast.mean.length))
      tell('override_period_unknown', { period: cell('period'), horizon: forecast.forecast.mean.length }, 'period')
    else {
      const mean = forecast.forecast.mean[period - 1]!
      if (Math.abs(number('forecast') - mean) > SAME * Math.max(1, Math.abs(mean)))
        tell('override_of_another_run', { found: cell('forecast'), forecast: mean }, 'forecast')
      if (overrides.get(result.name)?.some((other) => other.period === period))
        tell('override_twice', { period }, 'override')
    }
    if (Number.isNaN(value)) tell('override_not_number', { value: cell('override').slice(0, 80) }, 'override')
    if (cell('reason') === '') tell('override_reason_missing', {}, 'reason')
    else if (reason === undefined) tell('override_reason_unknown', { reason: cell('reason').slice(0, 80) }, 'reason')
    else if (reason === 'other' && cell('note') === '') tell('override_note_missing', {}, 'note')
    problems.push(...faults)
    if (faults.length > 0) {
      refused++
      continue
    }
    accepted++
    const own = overrides.get(result!.name) ?? []
    own.push({ period, value, reason: reason!, note: cell('note'), author: cell('author') })
    overrides.set(result!.name, own)
    const warning = doubtful(result!, period, value)
    if (warning !== null)
      problems.push(problem(warning.code, warning.params, { file, row, column: head[places.override]!, series }))
  }
  return { overrides, problems, accepted, refused }
}

const fold = (word: string): string => word.normalize('NFC').trim().toLowerCase()

function placeOf(head: readonly string[], key: Column): number {
  const names = inAllLanguages(`column.${key}`).map(fold)
  return head.findIndex((title) => names.includes(fold(title)))
}

/** What a planner would want to be told of a value that is taken all the same. */
function doubtful(result: SeriesResult, period: number, value: number): { code: MessageCode; params: Params } | null {
  const { forecast } = forecastOf(result)!
  const [inner, outer] = [result.levels[0], result.levels.at(-1)]
  if (inner === undefined || outer === undefined) return null
  const [narrow, wide] = [bandAt(forecast, inner), bandAt(forecast, outer)]
  if (narrow === null || wide === null) return null
  const step = period - 1
  const mean = forecast.mean[step]!
  if (value < wide.lower[step]! || value > wide.upper[step]!)
    return { code: 'override_far', params: { value, lower: wide.lower[step]!, upper: wide.upper[step]! } }
  const half = (narrow.upper[step]! - narrow.lower[step]!) / 2
  return Math.abs(value - mean) < NOISE * half ? { code: 'override_small', params: { value, forecast: mean } } : null
}
