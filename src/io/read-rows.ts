import { problem, type Repair } from '../messages.ts'
import type { Observation } from '../series/regularize.ts'
import { NO_ROW, type ProblemList, REJECTED, REPAIRED, type RowStates } from './collector.ts'
import type { Table } from './csv.ts'
import { farDates } from './far-dates.ts'
import type { Formats } from './formats.ts'
import type { Layout } from './layout.ts'
import { isMissing, losesPrecision, numberReader } from './numbers.ts'

/** A series as it stands in the file: not yet on a grid. */
export interface RawSeries {
  readonly name: string
  readonly column: string | null
  readonly unit: string | null
  readonly observations: Observation[]
  /** Texts that stood for a missing value, by line. */
  readonly missing: Map<number, string>
  readonly repairs: Repair[]
}

/** From this share of a column on, brackets and currency signs are its format and no repair. */
const FORMAT_SHARE = 0.5
const TOTAL =
  /^(?:grand )?(?:totale?|totali|totals?|totaux|subtotale?|somma|suma|somme|sum|summe|gesamt|合计|总计|小计)\b|^(?:合计|总计|小计)/i

/** Takes every record once: into a series, or into the problems with the reason it cannot be used. */
export function readRows(
  file: string,
  table: Table,
  layout: Layout,
  formats: Formats,
  fileSeries: string,
  states: RowStates,
  problems: ProblemList,
): RawSeries[] {
  const series = new Map<string, RawSeries>()
  const { names, keys, values, header } = layout
  const readers = formats.numbers.map(numberReader)
  const cleaned = values.map(() => ({ cells: 0, repairs: [] as { series: RawSeries; repair: Repair }[] }))
  const byRow = layout.kind === 'wide-rows'
  const dates = byRow ? values.map((k) => formats.date?.read(names[k])?.date ?? null) : []
  const reject = (index: number, ...[name, params, place]: Parameters<typeof problem>): void => {
    states.set(index, REJECTED)
    problems.add(problem(name, params, { file, row: table.lines[index], ...place }))
  }
  const seriesOf = (key: string, name: string, column: string | null, unit: string | null): RawSeries => {
    let one = series.get(key)
    if (one === undefined) {
      one = { name, column, unit, observations: [], missing: new Map(), repairs: [] }
      series.set(key, one)
    }
    return one
  }
  for (let r = 0; r < table.rows.length; r++) {
    const row = table.rows[r]
    if (r <= header || row.every((cell) => cell.trim() === '')) {
      states.set(r, NO_ROW)
      continue
    }
    const total = (): string | undefined => row.find((cell) => TOTAL.test(cell.trim()))
    if (row.length < names.length || row.slice(names.length).some((cell) => cell.trim() !== '')) {
      if (total() !== undefined) reject(r, 'row_not_data', { text: total() ?? '' })
      else reject(r, 'row_columns_mismatch', { found: row.length, expected: names.length })
      continue
    }
    if (header >= 0 && names.every((name, i) => row[i] === name)) {
      reject(r, 'row_not_data', { text: names.join(' ').slice(0, 80) })
      continue
    }
    const dateCell = layout.date === null ? '' : row[layout.date]
    const date = layout.date === null ? null : (formats.date?.read(dateCell) ?? null)
    if (layout.date !== null && date === null) {
      if (total() !== undefined) reject(r, 'row_not_data', { text: total() ?? '' })
      else reject(r, 'row_date_invalid', { value: dateCell.slice(0, 80) }, { column: names[layout.date] })
      continue
    }
    const parts = keys.map((k) => row[k])
    if (parts.some((part) => part === '')) {
      if (total() !== undefined) reject(r, 'row_not_data', { text: total() ?? '' })
      else reject(r, 'row_series_missing', {}, { column: names[keys[parts.indexOf('')]] })
      continue
    }
    if (parts.some((part) => part.includes('\u0000'))) {
      reject(r, 'name_unusable', { name: parts.join('_').replaceAll('\u0000', '␀').slice(0, 80) })
      continue
    }
    const unit = layout.unit === null ? null : row[layout.unit]
    const single = values.length === 1 && !byRow
    for (let k = 0; k < values.length; k++) {
      const cell = row[values[k]]
      const column = names[values[k]]
      const blank = isMissing(cell)
      const reading = blank ? null : readers[k](cell)
      if (!blank && reading === null) {
        if (single) reject(r, 'row_value_invalid', { value: cell.slice(0, 80) }, { column })
        else {
          states.set(r, REPAIRED)
          problems.add(
            problem('row_value_invalid', { value: cell.slice(0, 80) }, { file, row: table.lines[r], column }),
          )
        }
        if (single) continue
      }
      const iso = byRow ? dates[k] : (date?.date ?? null)
      const one =
        layout.kind === 'wide-columns'
          ? seriesOf(column, column, column, null)
          : keys.length === 0
            ? seriesOf('', fileSeries, column, unit)
            : seriesOf(
                keys.length === 1 ? parts[0] : parts.join('\u0000'),
                parts.join('_'),
                byRow ? null : column,
                unit,
              )
      const line = table.lines[r]
      one.observations.push({ date: iso, value: reading?.value ?? Number.NaN, file, row: line })
      const place = { file, row: line, column, series: one.name, date: iso }
      if (reading === null) {
        if (cell !== '') one.missing.set(line, cell)
      } else {
        cleaned[k].cells++
        if (reading.cleaned)
          cleaned[k].repairs.push({
            series: one,
            repair: { ...place, kind: 'number_cleaned', before: cell, after: reading.value },
          })
        if (cell.length > 15 && losesPrecision(cell, reading.value))
          problems.add(problem('number_precision_lost', { value: cell.slice(0, 80) }, { file, row: line, column }))
      }
      if (date?.reformatted) {
        one.repairs.push({
          ...place,
          column: names[layout.date ?? 0],
          kind: 'date_reformatted',
          before: dateCell,
          after: date.date,
        })
        states.set(r, REPAIRED)
      }
    }
  }
  if (layout.date !== null) rejectFarDates(file, [...series.values()], names[layout.date], states, problems)
  for (const { cells, repairs } of cleaned)
    if (repairs.length < FORMAT_SHARE * cells || cells === 1)
      for (const { series: one, repair } of repairs) {
        one.repairs.push(repair)
        states.setLine(repair.row ?? 0, REPAIRED)
      }
  return [...series.values()]
}

/** One date of the year 9999 must not turn four years of sales into eight thousand years without any. */
function rejectFarDates(
  file: string,
  series: readonly RawSeries[],
  column: string,
  states: RowStates,
  problems: ProblemList,
): void {
  const told = new Set<number>()
  for (const one of series) {
    const far = farDates(one.observations)
    if (far.length === 0) continue
    const gone = new Set<number | null>()
    for (const { at, years } of far) {
      const { date, row } = one.observations[at]
      gone.add(row)
      if (row === null || told.has(row)) continue
      told.add(row)
      states.setLine(row, REJECTED)
      problems.add(problem('row_date_far', { value: date ?? '', years }, { file, row, column }))
    }
    withoutRows(one.observations, gone)
    withoutRows(one.repairs, gone)
  }
}

function withoutRows<T extends { readonly row: number | null }>(list: T[], gone: ReadonlySet<number | null>): void {
  const kept = list.filter(({ row }) => !gone.has(row))
  list.length = 0
  for (const one of kept) list.push(one)
}
