import type { SeriesResult } from '../../batch/run-result.ts'
import { type LocatedProblem, problem } from '../../messages.ts'
import { forecastOf } from '../forecast-of.ts'
import { weekdayOf } from './date-text.ts'
import type { ErpProfile } from './profile.ts'
import type { ErpRow, ErpSettings } from './rows.ts'

/** The first day of the weeks: as set, else as the mapping has it; undefined where any day will do. */
function weekStartOf(
  profile: ErpProfile,
  settings: ErpSettings,
  tell: (one: LocatedProblem) => void,
): number | undefined {
  const set = settings.week_start ?? profile.settings?.week_start?.default
  if (set === undefined) return profile.week_start
  if (/^[1-7]$/.test(set)) return Number(set)
  tell(problem('config_invalid', { field: '--set week_start', value: set, expected: '1 – 7' }))
  return undefined
}

/** What a spreadsheet or a macro would take for a formula: a file for machines refuses it rather than change it. */
const FORMULA = /^[\0\t\r\n=+@＝＋－＠]|^-(?![\d.,]+$)/

/** Problems of one kind and column that are listed; further ones are counted in the last. */
const SHOWN = 20

/** What would keep the target from taking the rows as they are meant; errors forbid the file. */
export function validateRows(
  rows: readonly ErpRow[],
  results: readonly SeriesResult[],
  profile: ErpProfile,
  settings: ErpSettings,
): LocatedProblem[] {
  const found: LocatedProblem[] = []
  const counts = new Map<string, number>()
  const tell = (one: LocatedProblem): void => {
    const kind = `${one.code} ${one.column ?? ''}`
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    if (count <= SHOWN) found.push(one)
  }
  for (const [name, { default: fallback }] of Object.entries(profile.settings ?? {}))
    if ((settings[name] ?? fallback) === undefined)
      tell(problem('erp_setting_missing', { name, profile: profile.name }))
  if (profile.adds_up) tell(problem('erp_adds_up', { profile: profile.name }))
  const written = new Set(rows.map(({ series }) => series))
  for (const result of results)
    if (!written.has(result.name))
      tell(
        problem(
          'erp_series_left_out',
          { status: forecastOf(result) === null ? result.status : 'undated' },
          { series: result.name },
        ),
      )
  const weekStart = weekStartOf(profile, settings, tell)
  const keys = new Map<string, string>()
  const empty = new Map<string, number>()
  let series = ''
  for (const row of rows) {
    // names and settings are the same in all rows of a series
    if (row.series !== series) {
      tellTexts(row, profile, tell)
      for (const column of emptyOf(row, profile, settings)) empty.set(column, (empty.get(column) ?? 0) + 1)
    }
    series = row.series
    const before = keys.get(row.key)
    if (before !== undefined) tell(problem('erp_duplicate', { date: row.date, other: before }, { series: row.series }))
    else keys.set(row.key, row.series)
    if (row.quantity < 0 && profile.quantity.negative === 'refuse')
      tell(problem('erp_negative', { value: row.quantity, date: row.date }, { series: row.series }))
    if (row.unit === 'week' && weekStart !== undefined && weekdayOf(row.date) !== weekStart)
      tell(problem('erp_date_off', { date: row.date, expected: `weekday_${weekStart}` }, { series: row.series }))
    if (row.unit === 'month' && profile.month_start && row.date.slice(8, 10) !== '01')
      tell(problem('erp_date_off', { date: row.date, expected: 'YYYY-MM-01' }, { series: row.series }))
  }
  for (const [column, count] of empty) tell(problem('erp_value_missing', { column, count }, { column }))
  const limit = profile.limits?.rows
  if (limit !== undefined && rows.length > limit) tell(problem('erp_too_many_rows', { rows: rows.length, limit }))
  for (const [kind, count] of counts)
    if (count > SHOWN) {
      const last = found.findLast((one) => `${one.code} ${one.column ?? ''}` === kind)!
      found.push({ ...problem('problems_not_listed', { listed: SHOWN, total: count }), severity: last.severity })
    }
  return found
}

function tellTexts({ cells, series }: ErpRow, { columns }: ErpProfile, tell: (one: LocatedProblem) => void): void {
  for (const [i, { name, max_length: limit, from }] of columns.entries()) {
    const text = cells[i]!
    const place = { series, column: name }
    if (from === 'quantity') continue
    if (limit !== undefined && [...text].length > limit)
      tell(problem('erp_value_too_long', { column: name, value: text.slice(0, 80), limit }, place))
    if (FORMULA.test(text)) tell(problem('erp_text_unsafe', { column: name, value: text.slice(0, 80) }, place))
  }
}

/** Columns that must not be empty and are; those of a setting that is missing altogether have been told. */
function emptyOf({ cells }: ErpRow, { columns, settings: declared = {} }: ErpProfile, settings: ErpSettings): string[] {
  return columns.flatMap(({ name, required, from, setting }, i) => {
    const untold = setting === undefined || (settings[setting] ?? declared[setting]?.default) !== undefined
    return cells[i] === '' && untold && (required || from === 'unit') ? [name] : []
  })
}
