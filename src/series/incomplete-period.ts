import { SECONDS_PER_DAY } from './civil-day.ts'
import { containingPeriod, monthsOf, periodTick } from './grid.ts'
import type { Placed } from './placed.ts'

/** Periods before the last one that must exist, all positive, before a small value is called incomplete. */
const LEAST_BEFORE = 6
/** Below this share of the smallest of the last season's values. */
const TINY = 0.25
/** Days a last date may stand before its anchor (a Friday for a Saturday, the last working day of a month). */
const WEEK_SLACK = 1
const MONTH_SLACK = 3
/** Share of the earlier dates that must lie on the grid before the last date off it means anything. */
const FIRM_GRID = 0.9

/**
 * True where the last period is only begun, so that its value is a part of a total. Three signs, each conservative:
 * finer data totalled by us ends before the period does; the last date stands clearly before the anchor on which
 * (nearly) all others lie; for months, quarters and years the last value is below a quarter of the smallest value
 * of the last season (of at least 6 periods).
 */
export function incompleteLast(placed: Placed, seasonLength: number): boolean {
  const { grid, values } = placed
  const last = values.length - 1
  if (grid === null || last < 1 || placed.row[last] < 0) return false
  if (placed.totals) return !endsPeriod(placed)
  if (offAnchor(placed)) return true
  if (monthsOf(grid.frequency) === 0 || !(values[last] >= 0)) return false
  const span = Math.max(LEAST_BEFORE, Number.isInteger(seasonLength) ? Math.min(seasonLength, last) : 1)
  if (last < span) return false
  let least = Number.POSITIVE_INFINITY
  for (let i = last - span; i < last; i++) {
    if (!(values[i] > 0)) return false
    least = Math.min(least, values[i])
  }
  return values[last] < TINY * least
}

/** Finer data is totalled: does its last date plus one of its steps begin the next period? */
function endsPeriod({ grid, lastTick, finerStep, first, values }: Placed): boolean {
  if (grid === null) return true
  return containingPeriod(grid, lastTick + finerStep) > first + values.length - 1
}

function offAnchor({ grid, lastTick, first, values, order, onAnchor }: Placed): boolean {
  if (grid === null || values.length <= LEAST_BEFORE) return false
  const week = grid.frequency.unit === 'week'
  if (!week && monthsOf(grid.frequency) === 0) return false
  const before = (periodTick(grid, first + values.length - 1) - lastTick) / SECONDS_PER_DAY
  return before > (week ? WEEK_SLACK : MONTH_SLACK) && onAnchor >= FIRM_GRID * (order.length - 1)
}
