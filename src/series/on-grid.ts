import { type LocatedProblem, problem } from '../messages.ts'
import { type Frequency, isSubDaily } from './calendar.ts'
import { type DetectedFrequency, detectFromTicks } from './frequency.ts'
import { frequencyName } from './frequency-name.ts'
import { containingPeriod, fitGrid, type Grid, periodNumber, periodTick, plainGrid } from './grid.ts'
import { mixedFrequency } from './mixed-frequency.ts'
import type { RegularizeOptions, RepairLog } from './observation.ts'
import type { Placed } from './placed.ts'
import { tickText } from './tick-text.ts'

/** A grid is never larger than this or this many times its rows: one date of the year 2204 must not fill the memory. */
const GRID_FLOOR = 100_000
const GRID_PER_ROW = 20

/** Rows without dates: one a period, in their order. */
export function inOrder(rows: number): Placed {
  const places = Uint32Array.from({ length: rows }, (_, i) => i)
  return {
    grid: null,
    numberOf: (_, i) => i,
    first: 0,
    periods: rows,
    order: places,
    period: Float64Array.from(places),
    values: new Float64Array(rows),
    row: new Int32Array(rows),
    rejected: 0,
    text: 'date',
    totals: false,
    adds: false,
    detected: null,
    unknown: false,
    lastTick: Number.NaN,
    finerStep: 0,
    onAnchor: rows,
    trimmed: 0,
  }
}

/** Every row in its period; null where the dates span too many periods, or none is a date. */
export function onGrid(log: RepairLog, options: RegularizeOptions): Placed | null {
  const { observations, series } = log
  const { ticks, rows, file } = observations
  const valid = new Uint32Array(ticks.length)
  let count = 0
  for (let i = 0; i < ticks.length; i++) {
    if (!Number.isNaN(ticks[i])) valid[count++] = i
    else {
      const place = { series, ...(file === null ? {} : { file }), ...(rows[i] === 0 ? {} : { row: rows[i]! }) }
      log.problems.push(problem('row_date_invalid', { value: 'none' }, place))
    }
  }
  if (count === 0) return null
  const { order, displaced } = sorted(valid.subarray(0, count), ticks)
  const distinct = distinctTicks(order, ticks)
  const { frequency, detected, totals, grid, problems } = (options.memo ?? new GridMemo()).gridOf(distinct, options)
  for (const one of problems) log.problems.push({ ...one, series })
  const number = totals ? containingPeriod : periodNumber
  const first = number(grid, distinct[0]!)
  const lastTick = distinct[distinct.length - 1]!
  const periods = number(grid, lastTick) - first + 1
  const limit = Math.max(GRID_FLOOR, GRID_PER_ROW * ticks.length)
  if (periods > limit) {
    log.problems.push(problem('series_span_too_long', { periods, limit }, { series }))
    return null
  }
  const text = precisionOf(distinct, frequency, grid)
  log.text = text
  if (displaced.rows > 0) log.note('order_restored', displaced.first, log.dateOf(displaced.first), displaced.rows, null)
  const period = new Float64Array(count)
  let onAnchor = 0
  for (let k = 0; k < count; k++) {
    const tick = ticks[order[k]!]!
    const own = number(grid, tick)
    period[k] = own - first
    if (totals) continue
    const anchor = periodTick(grid, own)
    if (anchor === tick) onAnchor++
    else log.add('date_snapped', order[k]!, tickText(anchor, text), log.dateOf(order[k]!), tickText(anchor, text))
  }
  return {
    grid,
    numberOf: (tick) => number(grid, tick),
    first,
    periods,
    order,
    period,
    values: new Float64Array(periods),
    row: new Int32Array(periods),
    rejected: ticks.length - count,
    text,
    totals,
    adds: totals || (!isSubDaily(frequency) && distinct.some((tick) => (tick - grid.secondOfDay) % 86_400 !== 0)),
    detected,
    unknown: detected === null && options.frequency === undefined,
    lastTick,
    finerStep: detected === null ? 0 : typicalSeconds(detected.frequency),
    onAnchor,
    trimmed: 0,
  }
}

/** The grid of some dates, and what they showed. */
interface Fitted {
  readonly frequency: Frequency
  readonly detected: DetectedFrequency | null
  readonly totals: boolean
  readonly grid: Grid
  readonly problems: readonly LocatedProblem[]
}

/** Remembers the grid of the last dates it saw: the series of a file mostly have the same. */
export class GridMemo {
  #ticks: Float64Array | null = null
  #fitted: Fitted | null = null
  #asked: Frequency | undefined

  /** `distinct` ascends. */
  gridOf(distinct: Float64Array, { frequency: asked }: RegularizeOptions): Fitted {
    const before = this.#ticks
    const same =
      before?.length === distinct.length && asked === this.#asked && before.every((tick, i) => tick === distinct[i])
    if (same && this.#fitted !== null) return this.#fitted
    const { frequency, detected, problems } = frequencyFor(distinct, asked)
    const totals = detected !== null && typicalSeconds(frequency) > 1.5 * typicalSeconds(detected.frequency)
    const grid = totals ? plainGrid(frequency) : fitGrid(distinct, frequency)
    this.#ticks = distinct
    this.#asked = asked
    this.#fitted = { frequency, detected, totals, grid, problems }
    return this.#fitted
  }
}

/** The frequency asked for, or detected; of a history that changes its step the coarser one, the finer part totalled. */
function frequencyFor(
  distinct: Float64Array,
  asked: Frequency | undefined,
): { frequency: Frequency; detected: DetectedFrequency | null; problems: LocatedProblem[] } {
  const detected = detectFromTicks(distinct)
  if (asked !== undefined) return { frequency: asked, detected, problems: [] }
  const mixed = detected === null || detected.evidence.adjacent > 0.95 ? null : mixedFrequency(distinct)
  if (mixed === null) return { frequency: detected?.frequency ?? { unit: 'day', step: 1 }, detected, problems: [] }
  const { first, second, from } = mixed
  const coarser = typicalSeconds(first.frequency) > typicalSeconds(second.frequency) ? first : second
  const params = {
    first: frequencyName(first.frequency),
    second: frequencyName(second.frequency),
    date: tickText(from, 'date'),
    used: frequencyName(coarser.frequency),
  }
  const finer = coarser === first ? second : first
  return { frequency: coarser.frequency, detected: finer, problems: [problem('frequency_mixed', params)] }
}

/** Rows by date, file order within a date; and how many stood out of order, the first of them. */
function sorted(rows: Uint32Array, ticks: Float64Array) {
  const displaced = { rows: 0, first: -1 }
  for (let k = 1; k < rows.length; k++)
    if (ticks[rows[k]!]! < ticks[rows[k - 1]!]!) {
      displaced.rows++
      if (displaced.first < 0) displaced.first = rows[k]!
    }
  return { order: displaced.rows === 0 ? rows : rows.sort((a, b) => ticks[a]! - ticks[b]! || a - b), displaced }
}

function distinctTicks(order: Uint32Array, ticks: Float64Array): Float64Array {
  const result = new Float64Array(order.length)
  let count = 0
  for (const i of order) if (count === 0 || result[count - 1] !== ticks[i]) result[count++] = ticks[i]!
  return result.subarray(0, count)
}

/** Times of day that differ are no part of a daily grid; a common one (10:30 each day) is kept. */
function precisionOf(distinct: Float64Array, frequency: Frequency, grid: Grid): 'date' | 'minute' | 'second' {
  if (!isSubDaily(frequency) && grid.secondOfDay === 0) return 'date'
  return frequency.unit === 'second' || distinct.some((tick) => tick % 60 !== 0) ? 'second' : 'minute'
}

const UNIT_SECONDS: Readonly<Record<Frequency['unit'], number>> = {
  year: 365.25 * 86_400,
  month: 30.44 * 86_400,
  week: 7 * 86_400,
  day: 86_400,
  businessDay: 86_400,
  hour: 3600,
  minute: 60,
  second: 1,
}

const typicalSeconds = ({ unit, step }: Frequency): number => UNIT_SECONDS[unit] * step
