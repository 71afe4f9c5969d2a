import { problem } from '../../messages.ts'
import { SECONDS_PER_DAY } from '../../series/civil-day.ts'
import { isoOf } from '../../series/tick-text.ts'
import type { ProblemList } from '../problem-list.ts'
import { REJECTED, type RowStates } from '../row-states.ts'
import { type Gathered, pickRows } from './gathered.ts'

/** A first or last date so many years away from all others ... */
const FAR_YEARS = 10
/** ... and so many times the span of the others can only be a slip: 2042 for 2024, or 9999 for "no end". */
const FAR_SPANS = 2
/** Dates that must agree before one may be called far from them. */
const LEAST_OTHERS = 6
const YEAR = 365.25 * SECONDS_PER_DAY

/**
 * The rows without those whose date stands alone, far from all others of its series, which are rejected: one date of the
 * year 9999 must not turn four years of sales into eight thousand years without any.
 */
export function farRows(
  file: string,
  gathered: Gathered,
  column: string,
  states: RowStates,
  problems: ProblemList,
): Gathered {
  const told = new Set<number>()
  const dropped = new Map<number, ReadonlyMap<number, number>>()
  for (let series = 0; series < gathered.series; series++) {
    const { ticks, rows } = gathered.rowsOf(series)
    const far = farTicks(ticks)
    if (far === null) continue
    dropped.set(series, far)
    for (let i = 0; i < ticks.length; i++) {
      const years = far.get(ticks[i]!)
      const row = rows[i]!
      if (years === undefined || told.has(row)) continue
      told.add(row)
      states.set(row, REJECTED)
      problems.add(problem('row_date_far', { value: isoOf(ticks[i]!), years }, { file, row, column }))
    }
  }
  if (dropped.size === 0) return gathered
  return {
    series: gathered.series,
    rowsOf: (series) => {
      const far = dropped.get(series)
      const rows = gathered.rowsOf(series)
      return far === undefined
        ? rows
        : pickRows(
            rows,
            Array.from(rows.ticks.keys()).filter((i) => !far.has(rows.ticks[i]!)),
          )
    },
  }
}

/** Ticks that stand alone with the years to the nearest other; null where none does. */
function farTicks(ticks: Float64Array): ReadonlyMap<number, number> | null {
  // the two smallest and the two largest distinct ticks tell
  let [first, second, before, last] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const tick of ticks) {
    if (tick < first) [first, second] = [tick, first]
    else if (tick > first && tick < second) second = tick
    if (tick > last) [last, before] = [tick, last]
    else if (tick < last && tick > before) before = tick
  }
  const least = Math.max(FAR_YEARS * YEAR, FAR_SPANS * (before - second))
  if (!(second - first > least || last - before > least)) return null
  if (new Set(ticks).size < LEAST_OTHERS + 1) return null
  const far = new Map<number, number>()
  if (second - first > least) far.set(first, Math.round((second - first) / YEAR))
  if (last - before > least) far.set(last, Math.round((last - before) / YEAR))
  return far
}
