import { problem } from '../messages.ts'
import { type Calendar, type Frequency, isSubDaily } from './calendar.ts'
import { parseTick } from './civil-day.ts'
import { detectFromTicks } from './frequency.ts'
import { containingPeriod, fitGrid, periodNumber, periodTick, plainGrid } from './grid.ts'
import { incompleteLast } from './incomplete-period.ts'
import { mergePeriods } from './merge-periods.ts'
import { type Observation, type Regular, type RegularizeOptions, RepairLog } from './observation.ts'
import type { Placed } from './placed.ts'
import { chooseSeasonLength, defaultSeasonLength } from './season.ts'
import { tickText } from './tick-text.ts'
import { trimEnds } from './trim-ends.ts'

export type { Observation, Regular, RegularizeOptions } from './observation.ts'

/** A grid is never larger than this or this many times its rows: one date of the year 2204 must not fill the memory. */
const GRID_FLOOR = 100_000
const GRID_PER_ROW = 20
/** Missing grid: share of zeros, or of absent periods, from which the absent ones are periods without demand. */
const SPARSE_ZEROS = 0.25
const SPARSE_GAPS = 0.5

/**
 * Puts observations on a regular civil grid: order restored, duplicates merged, dates off the grid moved to it, gaps
 * left missing or filled with zero, missing ends and zeros before the first sale trimmed, an incomplete last period
 * left out. Every change is listed; rows in = used + repaired + rejected. Without dates the order is kept.
 * Problems: `series_empty`, `series_no_values`, `row_date_invalid`, `series_span_too_long` (the grid its dates span),
 * `season_length_unusable`. Time is linear but for sorting rows that come unsorted.
 */
export function regularize(observations: readonly Observation[], options: RegularizeOptions): Regular {
  const log = new RepairLog(observations, options.series, options.column ?? null)
  const { series } = options
  if (observations.length === 0) {
    log.problems.push(problem('series_empty', {}, { series }))
    return finish(log, new Float64Array(0), null, 1, 0)
  }
  const undated = observations.every(({ date }) => date === null)
  const placed = undated ? inOrder(observations) : onGrid(log, options)
  if (placed === null) return finish(log, new Float64Array(0), null, 1, observations.length)
  fillPeriods(log, placed, options)
  const values = trimEnds(log, placed, seasonOf(placed, options))
  const observed = values.some((value) => !Number.isNaN(value))
  if (!observed) log.problems.push(problem('series_no_values', { observations: observations.length }, { series }))
  const start =
    placed.grid === null ? null : tickText(periodTick(placed.grid, placed.first + placed.trimmed), placed.text)
  const calendar: Calendar | null =
    placed.grid === null || placed.unknown || start === null
      ? null
      : { frequency: placed.grid.frequency, start, monthEnd: placed.grid.monthEnd }
  const seasonLength = usableSeason(log, seasonOf(placed, options, values), values.length, observed)
  return finish(log, observed ? values : new Float64Array(0), observed ? calendar : null, seasonLength, placed.rejected)
}

function inOrder(observations: readonly Observation[]): Placed {
  const n = observations.length
  return {
    grid: null,
    first: 0,
    periods: n,
    order: Uint32Array.from({ length: n }, (_, i) => i),
    period: Float64Array.from({ length: n }, (_, i) => i),
    values: new Float64Array(n),
    row: new Int32Array(n),
    rejected: 0,
    text: 'date',
    totals: false,
    adds: false,
    unknown: false,
    lastTick: Number.NaN,
    finerStep: 0,
    onAnchor: n,
    trimmed: 0,
  }
}

function onGrid(log: RepairLog, options: RegularizeOptions): Placed | null {
  const { observations, series } = log
  const ticks = Float64Array.from(observations, ({ date }) => (date === null ? Number.NaN : parseTick(date)))
  const valid: number[] = []
  for (let i = 0; i < ticks.length; i++) {
    if (!Number.isNaN(ticks[i])) valid.push(i)
    else {
      const { date, file, row } = observations[i]
      const place = { series, ...(file === null ? {} : { file }), ...(row === null ? {} : { row }) }
      log.problems.push(problem('row_date_invalid', { value: date ?? '' }, place))
    }
  }
  if (valid.length === 0) return null
  const order = sorted(log, Uint32Array.from(valid), ticks)
  const distinct = distinctTicks(order, ticks)
  const detected = detectFromTicks(distinct)
  const frequency: Frequency = options.frequency ?? detected?.frequency ?? { unit: 'day', step: 1 }
  const totals = detected !== null && typicalSeconds(frequency) > 1.5 * typicalSeconds(detected.frequency)
  const grid = totals ? plainGrid(frequency) : fitGrid(distinct, frequency)
  const number = totals ? containingPeriod : periodNumber
  const first = number(grid, distinct[0])
  const lastTick = distinct[distinct.length - 1]
  const periods = number(grid, lastTick) - first + 1
  const limit = Math.max(GRID_FLOOR, GRID_PER_ROW * observations.length)
  if (periods > limit) {
    log.problems.push(problem('series_span_too_long', { periods, limit }, { series }))
    return null
  }
  const period = Float64Array.from(order, (i) => number(grid, ticks[i]) - first)
  const text = textOf(observations, order, frequency, grid)
  let onAnchor = 0
  if (!totals)
    for (let k = 0; k < order.length; k++) {
      const tick = periodTick(grid, first + period[k])
      const { date } = observations[order[k]]
      if (tick === ticks[order[k]]) onAnchor++
      else log.add('date_snapped', order[k], tickText(tick, text), date, tickText(tick, text))
    }
  const values = new Float64Array(periods)
  const row = new Int32Array(periods)
  const rejected = observations.length - valid.length
  const finerStep = detected === null ? 0 : typicalSeconds(detected.frequency)
  const stamps = !isSubDaily(frequency) && distinct.some((tick) => (tick - grid.secondOfDay) % 86_400 !== 0)
  const unknown = detected === null && options.frequency === undefined
  const dates = { lastTick, finerStep, onAnchor, adds: totals || stamps, unknown }
  return { grid, first, periods, order, period, values, row, rejected, text, totals, ...dates, trimmed: 0 }
}

/** Rows by date, file order within a date; one repair tells where the first row out of order stood. */
function sorted(log: RepairLog, rows: Uint32Array, ticks: Float64Array): Uint32Array {
  let displaced = 0
  let firstDisplaced = -1
  for (let k = 1; k < rows.length; k++)
    if (ticks[rows[k]] < ticks[rows[k - 1]]) {
      displaced++
      if (firstDisplaced < 0) firstDisplaced = rows[k]
    }
  if (displaced === 0) return rows
  const { date, row, file } = log.observations[firstDisplaced]
  const { series, column } = log
  log.repairs.push({ file, row, column, series, date, kind: 'order_restored', before: displaced, after: null })
  return rows.sort((a, b) => ticks[a] - ticks[b] || a - b)
}

function distinctTicks(order: Uint32Array, ticks: Float64Array): Float64Array {
  const result = new Float64Array(order.length)
  let count = 0
  for (const i of order) if (count === 0 || result[count - 1] !== ticks[i]) result[count++] = ticks[i]
  return result.subarray(0, count)
}

function textOf(
  observations: readonly Observation[],
  order: Uint32Array,
  frequency: Frequency,
  grid: NonNullable<Placed['grid']>,
) {
  let longest = 10
  for (const i of order) longest = Math.max(longest, observations[i].date?.length ?? 0)
  if (longest === 10 && !isSubDaily(frequency)) return 'date'
  // times of day that differ are no part of a daily grid; a common one (10:30 each day) is kept
  if (!isSubDaily(frequency) && grid.secondOfDay === 0 && longest > 10) {
    const midnight = order.every((i) => parseTick(observations[i].date ?? '') % 86_400 === 0)
    if (!midnight) return 'date'
  }
  return longest > 16 || frequency.unit === 'second' ? 'second' : 'minute'
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

/** Merges the rows of each period, decides the gaps, drops an incomplete last period. */
function fillPeriods(log: RepairLog, placed: Placed, options: RegularizeOptions): void {
  mergePeriods(log, placed, options.duplicates ?? (placed.adds ? 'sum' : null))
  const { values, row, grid } = placed
  if (grid === null) return
  let zeros = 0
  let absent = 0
  let observed = 0
  let negative = false
  for (let i = 0; i < values.length; i++) {
    if (row[i] < 0) absent++
    if (Number.isNaN(values[i])) continue
    observed++
    if (values[i] === 0) zeros++
    if (values[i] < 0) negative = true
  }
  const sparse = !negative && (zeros >= SPARSE_ZEROS * observed || absent > SPARSE_GAPS * values.length)
  const zero = (options.gaps ?? (sparse && observed > 0 ? 'zero' : 'missing')) === 'zero'
  if (absent > 0)
    for (let i = 0; i < values.length; i++) {
      if (row[i] >= 0) continue
      const date = tickText(periodTick(grid, placed.first + i), placed.text)
      if (zero) values[i] = 0
      log.add(zero ? 'gap_filled_zero' : 'gap_left_missing', -1, date, null, zero ? 0 : null)
    }
  const season = options.seasonLength ?? defaultSeasonLength(grid.frequency)
  if (!incompleteLast(placed, season)) return
  const last = values.length - 1
  const date = tickText(periodTick(grid, placed.first + last), placed.text)
  for (let k = placed.order.length - 1; k >= 0 && placed.period[k] === last; k--) log.touched[placed.order[k]] = 1
  log.add('last_period_incomplete', row[last], date, values[last], null)
  placed.values = values.subarray(0, last)
  placed.row = row.subarray(0, last)
}

function seasonOf(placed: Placed, options: RegularizeOptions, values?: Float64Array): number {
  if (options.seasonLength !== undefined) return options.seasonLength
  if (placed.unknown) return 1
  if (placed.grid !== null) return defaultSeasonLength(placed.grid.frequency)
  return values === undefined ? 1 : chooseSeasonLength(values).seasonLength
}

/** A season that is no whole number, or of which two do not fit into the series, becomes 1, and that is said. */
function usableSeason(log: RepairLog, seasonLength: number, observations: number, observed: boolean): number {
  if (Number.isInteger(seasonLength) && seasonLength >= 1 && 2 * seasonLength <= observations) return seasonLength
  if (seasonLength !== 1 && observed)
    log.problems.push(
      problem('season_length_unusable', { seasonLength, observations }, { series: log.series, stage: 'regularize' }),
    )
  return 1
}

function finish(
  log: RepairLog,
  values: Float64Array,
  calendar: Calendar | null,
  seasonLength: number,
  rejected: number,
): Regular {
  const all = log.observations.length
  let repaired = 0
  for (const touched of log.touched) repaired += touched
  if (rejected === all) repaired = 0
  const rows = { used: all - repaired - rejected, repaired, rejected }
  return {
    values: Float64Array.from(values),
    calendar,
    seasonLength,
    repairs: log.repairs,
    problems: log.problems,
    rows,
  }
}
