import { type LocatedProblem, problem, type Repair } from '../../messages.ts'
import { parseTick } from '../../series/civil-day.ts'
import { isoOf } from '../../series/tick-text.ts'
import type { ReadExample } from '../portfolio.ts'
import type { ProblemList } from '../problem-list.ts'
import type { RecordSource, RecordView } from '../record.ts'
import { REJECTED, REPAIRED, type RowStates, USED } from '../row-states.ts'
import { AttributeCells } from './attributes.ts'
import { CLEANED, DateCells, INVALID, MISSING, NumberCells, PLAIN } from './cells.ts'
import { joinedDate } from './date-parts.ts'
import type { Formats } from './formats.ts'
import { type Gathered, LongRows, WideRows } from './gathered.ts'
import type { Layout } from './layout.ts'
import { NO_NAME, NUL_IN_NAME, SeriesRegister } from './series-register.ts'

/** A repair made while cells were read: of the series of that number. */
export interface CellRepair {
  readonly series: number
  readonly repair: Repair
}

/** The rows of a table, by series. */
export interface TableRows {
  readonly names: readonly string[]
  /** Key cells of each series, where several columns are keys. */
  readonly keys: readonly (readonly string[])[]
  readonly rows: Gathered
  readonly attributes: AttributeCells
  readonly repairs: readonly CellRepair[]
  /** Texts that stood for a missing value, by line and column: `line * 16384 + column`. */
  readonly missing: ReadonlyMap<number, string>
  /** The first rows, raw and read. */
  readonly examples: readonly ReadExample[]
}

const TOTAL =
  /^(?:grand? )?(?:totale?|totali|totals?|totaux|subtotale?|somma|suma|somme|sum|summe|gesamt|合计|总计|小计)\b|^(?:合计|总计|小计)/i
/** Nothing but the word: `Total 0%` is a yoghurt. */
const ONLY_TOTAL =
  /^(?:grand? )?(?:totale?|totali|totals?|totaux|subtotale?|gesamt|合计|总计|小计)(?: (?:generale?|général|complessivo))?[ :]*$/i
export const CELL = 16_384
const SHOWN = 80
const EXAMPLES = 5
const EXAMPLE_CELLS = 12

/** Takes every record once: into a series, or into the problems with the reason it cannot be used. */
export async function readRows(
  file: string,
  source: RecordSource,
  layout: Layout,
  formats: Formats,
  fileSeries: string,
  states: RowStates,
  problems: ProblemList,
): Promise<TableRows> {
  const { names, keys, values, headerLine, extras, kind, datePart } = layout
  const register = new SeriesRegister(kind === 'wide-columns' ? [] : keys, fileSeries)
  const beside = [...extras.regressors, ...[extras.stock, extras.stockOut].filter((i) => i !== null)]
  const numbers = values.map((k) => new NumberCells(formats.numbers.get(k)!))
  const besideCells = beside.map(
    (k) => new NumberCells(formats.numbers.get(k) ?? { decimal: '.', thousands: '', decorated: true }),
  )
  const besideNow = new Float64Array(beside.length)
  const dates = formats.date === null ? null : new DateCells(formats.date)
  const wide = kind === 'wide-columns' ? new WideRows(file, values.length, beside.length) : null
  const long = wide === null ? new LongRows(file, beside.length) : null
  const attributes = new AttributeCells(extras.attributes)
  const repairs: CellRepair[] = []
  const missing = new Map<number, string>()
  const examples: ReadExample[] = []
  const now = new Float64Array(values.length)
  const columnTicks =
    kind === 'wide-rows' && layout.date === null ? values.map((k) => dates?.readText(names[k]!) ?? Number.NaN) : null

  const reject = (line: number, ...[code, params, place]: Parameters<typeof problem>): void => {
    states.set(line, REJECTED)
    problems.add(problem(code, params, { file, row: line, ...place }))
  }
  const totalIn = (record: RecordView, pattern = TOTAL): string | undefined =>
    record.cells().find((cell) => pattern.test(cell.trim()))
  const notData = (record: RecordView): boolean => {
    const total = totalIn(record)
    const header = headerLine > 0 && names.every((name, i) => i < record.count && record.text(i) === name)
    if (total === undefined && !header) return false
    reject(record.line, 'row_not_data', { text: total ?? names.join(' ').slice(0, SHOWN) })
    return true
  }
  const tickOf = (record: RecordView): number => {
    if (layout.date === null) return Number.NaN
    if (datePart === null) return dates?.read(record, layout.date) ?? Number.NaN
    if (datePart.index < 0) return parseTick(`${record.text(layout.date).trim()}-01-01`)
    return (
      dates?.readText(joinedDate(record.text(layout.date), record.text(datePart.index), datePart.unit)) ?? Number.NaN
    )
  }
  /** The date of the k-th value of a record whose own date is `tick`. */
  const tickAt = (tick: number, k: number): number => {
    if (columnTicks !== null) return columnTicks[k]!
    return datePart?.index === -1 ? inMonth(tick, k) : tick
  }
  /** The values of a record into `now`; false where the record has but one and it is no number. */
  const readValues = (record: RecordView, series: number, tick: number): boolean => {
    const single = values.length === 1 && kind !== 'wide-rows'
    for (let k = 0; k < values.length; k++) {
      const i = values[k]!
      const cells = numbers[k]!
      now[k] = cells.read(record, i)
      if (cells.state === PLAIN && !cells.imprecise) continue
      const { line } = record
      const column = names[i]!
      if (cells.state === INVALID) {
        const text = record.text(i)
        if (notData(record)) return false
        if (single) {
          reject(line, 'row_value_invalid', { value: text.slice(0, SHOWN) }, { column })
          return false
        }
        states.set(line, REPAIRED)
        problems.add(problem('row_value_invalid', { value: text.slice(0, SHOWN) }, { file, row: line, column }))
      } else if (cells.state === CLEANED) {
        const own = tickAt(tick, k)
        const place = { file, row: line, column, series: '', date: Number.isNaN(own) ? null : isoOf(own) }
        repairs.push({
          series: wide === null ? series : k,
          repair: { ...place, kind: 'number_cleaned', before: record.text(i), after: now[k]! },
        })
        states.set(line, REPAIRED)
      } else if (cells.state === MISSING && record.starts[i] !== record.ends[i])
        missing.set(line * CELL + i, record.text(i))
      if (cells.imprecise)
        problems.add(
          problem('number_precision_lost', { value: record.text(i).slice(0, SHOWN) }, { file, row: line, column }),
        )
    }
    return true
  }
  const take = (record: RecordView): void => {
    const { line } = record
    if (record.count < names.length || !record.allBlank(names.length)) {
      if (!notData(record)) reject(line, 'row_columns_mismatch', { found: record.count, expected: names.length })
      return
    }
    const tick = tickOf(record)
    const reformatted = dates?.reformatted ?? false
    if (layout.date !== null && Number.isNaN(tick)) {
      if (notData(record)) return
      const text = [layout.date, ...(datePart === null || datePart.index < 0 ? [] : [datePart.index])]
        .map((i) => record.text(i))
        .join(' ')
      reject(
        line,
        'row_date_invalid',
        { value: text.trim() === '' ? 'none' : text.slice(0, SHOWN) },
        { column: names[layout.date]! },
      )
      return
    }
    if (wide === null && keys.length > 0) {
      if (kind === 'wide-rows' && ONLY_TOTAL.test(record.text(keys[0]!).trim()) && notData(record)) return
      const series = register.seriesOf(record)
      if (series === NO_NAME) {
        const empty = keys.find((k) => record.starts[k] === record.ends[k])!
        if (!notData(record)) reject(line, 'row_series_missing', {}, { column: names[empty]! })
        return
      }
      if (series === NUL_IN_NAME) {
        const name = keys
          .map((k) => record.text(k))
          .join('_')
          .replaceAll('\u0000', '␀')
          .slice(0, SHOWN)
        reject(line, 'name_unusable', { name })
        return
      }
    }
    const series = wide === null ? register.seriesOf(record) : 0
    if (!readValues(record, series, tick)) return
    for (let k = 0; k < beside.length; k++) besideNow[k] = besideCells[k]!.readState(record, beside[k]!)
    if (wide !== null) wide.add(tick, line, now, besideNow)
    else {
      for (let k = 0; k < values.length; k++) long!.add(series, tickAt(tick, k), now[k]!, line, besideNow)
      attributes.take(record, series)
    }
    states.set(line, USED)
    if (examples.length < EXAMPLES) {
      const [first] = now
      examples.push({
        row: line,
        raw: record.cells().slice(0, EXAMPLE_CELLS),
        series: wide === null ? register.names[series]! : names[values[0]!]!,
        date: Number.isNaN(tickAt(tick, 0)) ? null : isoOf(tickAt(tick, 0)),
        value: Number.isNaN(first) ? null : first!,
      })
    }
    if (!reformatted) return
    states.set(line, REPAIRED)
    const place = { file, row: line, column: names[layout.date!]!, series: '', date: isoOf(tick) }
    const repair: Repair = { ...place, kind: 'date_reformatted', before: record.text(layout.date!), after: isoOf(tick) }
    for (let k = 0; k < (wide === null ? 1 : values.length); k++)
      repairs.push({ series: wide === null ? series : k, repair })
  }
  await source.scan(
    (record) => {
      if (record.line > headerLine && !record.allBlank()) take(record)
      return true
    },
    (one: LocatedProblem | null) => void (one !== null && problems.add(one)),
  )
  const rows = wide === null ? long!.gathered(register.names.length) : wide.gathered()
  return {
    names: wide === null ? register.names : values.map((k) => names[k]!),
    keys: keys.length > 1 ? register.parts : [],
    rows,
    attributes,
    repairs,
    missing,
    examples,
  }

  /** Tables with a row a year: the month is the k-th column's. */
  function inMonth(year: number, k: number): number {
    return Number.isNaN(year)
      ? year
      : (dates?.readText(joinedDate(isoOf(year).slice(0, 4), names[values[k]!]!, 'month')) ?? Number.NaN)
  }
}
