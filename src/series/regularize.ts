import { problem } from '../messages.ts'
import type { Calendar } from './calendar.ts'
import { fillGaps } from './fill-gaps.ts'
import { incompleteLast } from './incomplete-period.ts'
import { mergePeriods } from './merge-periods.ts'
import { type Observations, type Regular, type RegularizeOptions, RepairLog } from './observation.ts'
import { inOrder, onGrid } from './on-grid.ts'
import { treatOutliers } from './outliers.ts'
import { dateOfPeriod, type Placed } from './placed.ts'
import { chooseSeasonLength, defaultSeasonLength } from './season.ts'
import { trimEnds } from './trim-ends.ts'

export type { Observations, Regular, RegularizeOptions } from './observation.ts'

/**
 * Puts observations on a regular civil grid: order restored, duplicates merged, dates off the grid moved to it, gaps
 * left missing or filled, missing ends and zeros before the first sale trimmed, an incomplete last period left out,
 * slips of the pen reported. Every change is listed; rows in = used + repaired + rejected. Without dates the order is kept.
 * Problems: `series_empty`, `series_no_values`, `row_date_invalid`, `series_span_too_long` (the grid its dates span),
 * `season_length_unusable`, `frequency_mixed`, `duplicates_refused`. Time is linear but for sorting rows that come unsorted.
 */
export function regularize(observations: Observations, options: RegularizeOptions): Regular {
  const log = new RepairLog(observations, options.series, options.column ?? null)
  const { series } = options
  const { ticks } = observations
  const all = ticks.length
  if (all === 0) {
    log.problems.push(problem('series_empty', {}, { series }))
    return finish(log, null, new Float64Array(0), null, 1, 0)
  }
  const placed = ticks.every(Number.isNaN) ? inOrder(all) : onGrid(log, options)
  if (placed === null) return finish(log, null, new Float64Array(0), null, 1, all)
  const refused = mergePeriods(log, placed, options.duplicates ?? (placed.adds ? 'sum' : null))
  if (refused !== null) {
    log.problems.push(refused)
    log.repairs.length = 0
    return finish(log, null, new Float64Array(0), null, 1, all)
  }
  fillGaps(log, placed, options, seasonOf(placed, options))
  if (options.incomplete !== 'keep') dropIncomplete(log, placed, options)
  const values = trimEnds(log, placed, seasonOf(placed, options))
  const observed = values.some((value) => !Number.isNaN(value))
  if (!observed) log.problems.push(problem('series_no_values', { observations: all }, { series }))
  const start = dateOfPeriod(placed, placed.trimmed)
  const calendar: Calendar | null =
    placed.grid === null || placed.unknown || start === null
      ? null
      : { frequency: placed.grid.frequency, start, monthEnd: placed.grid.monthEnd }
  const seasonLength = usableSeason(log, seasonOf(placed, options, values), values.length, observed)
  if (observed) treatOutliers(log, placed, values, options.outliers, seasonLength)
  return finish(
    log,
    placed,
    observed ? values : new Float64Array(0),
    observed ? calendar : null,
    seasonLength,
    placed.rejected,
  )
}

function dropIncomplete(log: RepairLog, placed: Placed, options: RegularizeOptions): void {
  const { values, row, order, period } = placed
  if (!incompleteLast(placed, seasonOf(placed, options))) return
  const last = values.length - 1
  for (let k = order.length - 1; k >= 0 && period[k] === last; k--) log.touched[order[k]!] = 1
  log.add('last_period_incomplete', row[last]!, dateOfPeriod(placed, last), values[last]!, null)
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
  placed: Placed | null,
  values: Float64Array,
  calendar: Calendar | null,
  seasonLength: number,
  rejected: number,
): Regular {
  const { repairs, problems, touched } = log
  const all = touched.length
  let repaired = 0
  for (const one of touched) repaired += one
  if (rejected === all) repaired = 0
  const origin = placed === null ? 0 : placed.first + placed.trimmed
  return {
    values: Float64Array.from(values),
    calendar,
    seasonLength,
    repairs,
    problems,
    touched,
    rows: { used: all - repaired - rejected, repaired, rejected },
    indexOf: (tick, i) => (placed === null ? Number.NaN : placed.numberOf(tick, i) - origin),
    evidence: { dates: placed?.detected?.evidence.dates ?? 0, adjacent: placed?.detected?.evidence.adjacent ?? 0 },
  }
}
