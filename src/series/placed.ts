import type { DetectedFrequency } from './frequency.ts'
import { type Grid, periodTick } from './grid.ts'
import { tickText } from './tick-text.ts'

/** Rows gathered by period, before they become values. */
export interface Placed {
  readonly grid: Grid | null
  /** Number of the period of a tick (without dates: of the i-th row). */
  readonly numberOf: (tick: number, i: number) => number
  /** Number of the first period on the grid. */
  readonly first: number
  readonly periods: number
  /** Rows (indices) in order of period, file order within one; and the period of each, counted from 0. */
  readonly order: Uint32Array
  readonly period: Float64Array
  /** Value of each period after `fillPeriods`. */
  values: Float64Array
  /** The row that stands for each period; -1 for a gap. */
  row: Int32Array
  readonly rejected: number
  /** How dates are written: `date`, `minute` or `second`. */
  readonly text: 'date' | 'minute' | 'second'
  /** True where finer data is totalled. */
  readonly totals: boolean
  /** True where several rows of a period add up unless told otherwise: totals, and stamps of one day. */
  readonly adds: boolean
  /** What the dates themselves show. */
  readonly detected: DetectedFrequency | null
  /** True where one date alone leaves the frequency unknown; there is then no calendar. */
  readonly unknown: boolean
  /** The last date, for the question whether its period is complete. */
  readonly lastTick: number
  /** Seconds in one step of the data as it came. */
  readonly finerStep: number
  /** Rows whose date lay on the grid. */
  readonly onAnchor: number
  trimmed: number
}

/** The date of period `i`, counted from the first; null without dates. */
export const dateOfPeriod = ({ grid, first, text }: Placed, i: number): string | null =>
  grid === null ? null : tickText(periodTick(grid, first + i), text)
