import type { LocatedProblem, MessageCode, Repair } from '../messages.ts'
import type { Calendar, Frequency } from './calendar.ts'
import type { GridMemo } from './on-grid.ts'
import { tickText } from './tick-text.ts'

/** Rows of one series as they stand in a file, column by column: read, but not yet put in their place. */
export interface Observations {
  readonly file: string | null
  /** Seconds since 1970-01-01T00:00 of the civil date; NaN where there is none. */
  readonly ticks: Float64Array
  /** NaN = missing. */
  readonly values: Float64Array
  /** From 1, as an editor shows them; 0 = none. */
  readonly rows: Int32Array
}

export type Duplicates = 'sum' | 'mean' | 'last' | 'refuse'
export type Gaps = 'zero' | 'interpolate' | 'keep'

export interface RegularizeOptions {
  /** Name of the series, for repairs and problems. */
  readonly series: string
  /** Name of the value column, for the same. */
  readonly column?: string | null
  /** Default: detected from the dates. Coarser than the dates: values are totalled into its periods. */
  readonly frequency?: Frequency
  /** Default: by frequency; without dates by evidence (`chooseSeasonLength`). */
  readonly seasonLength?: number
  /**
   * Several rows of one period. Default: equal values are one row entered twice, of different ones the last counts
   * (a later row corrects an earlier one); where finer data is totalled, or stamps of one day, `sum`. `refuse`: a series
   * that has such rows is not used (`duplicates_refused`).
   */
  readonly duplicates?: Duplicates
  /**
   * Periods without a row. Default: `keep` them missing; `zero` for sparse demand (no negatives, and a quarter zeros or
   * more than half the periods absent). One that is asked for fills empty cells too.
   */
  readonly gaps?: Gaps
  /** A last period that is only begun. Default: `drop`. */
  readonly incomplete?: 'drop' | 'keep'
  /** Values that can only be slips of the pen. Default: `report` them and leave them; `correct`: interpolate. */
  readonly outliers?: 'report' | 'correct' | 'ignore'
  /** Shared by series that are likely to have the same dates. */
  readonly memo?: GridMemo
}

/** A series on a regular grid, with everything that was changed on the way there. */
export interface Regular {
  readonly values: Float64Array
  readonly calendar: Calendar | null
  readonly seasonLength: number
  readonly repairs: readonly Repair[]
  readonly problems: readonly LocatedProblem[]
  /** Every observation once: used as it was, used or left out with a repair listed, or rejected with a problem. */
  readonly rows: { readonly used: number; readonly repaired: number; readonly rejected: number }
  /** For each observation 1 where a repair touched it. */
  readonly touched: Uint8Array
  /** Index in `values` of the period of a tick (or, without dates, of the i-th row); may lie beyond either end. */
  readonly indexOf: (tick: number, i: number) => number
  /** Share of neighbouring dates exactly one step apart, and how many dates there are: weak where both are low. */
  readonly evidence: { readonly dates: number; readonly adjacent: number }
}

/** Collects the repairs of one series and remembers which rows they touched. */
export class RepairLog {
  readonly repairs: Repair[] = []
  readonly problems: LocatedProblem[] = []
  readonly touched: Uint8Array
  readonly observations: Observations
  readonly series: string
  readonly column: string | null
  /** How dates are written. */
  text: 'date' | 'minute' | 'second' = 'date'

  constructor(observations: Observations, series: string, column: string | null) {
    this.observations = observations
    this.touched = new Uint8Array(observations.values.length)
    this.series = series
    this.column = column
  }

  dateOf(index: number): string | null {
    const tick = this.observations.ticks[index]!
    if (Number.isNaN(tick)) return null
    // a stamp of 10:03 in a daily series keeps its time where it is spoken of
    return tickText(
      tick,
      tick % 86_400 === 0 || this.text !== 'date' ? this.text : tick % 60 === 0 ? 'minute' : 'second',
    )
  }

  /** A repair at a row (its index), or at no row (-1). */
  add(
    kind: MessageCode,
    index: number,
    date: string | null,
    before: string | number | null,
    after: string | number | null,
  ): void {
    if (index >= 0) this.touched[index] = 1
    this.note(kind, index, date, before, after)
  }

  /** A finding that changes nothing: the row stays used as it is. */
  note(
    kind: MessageCode,
    index: number,
    date: string | null,
    before: string | number | null,
    after: string | number | null,
  ): void {
    const { series, column, observations } = this
    const row = index < 0 ? null : observations.rows[index] || null
    this.repairs.push({ file: observations.file, row, column, series, date, kind, before, after })
  }
}
