import type { LocatedProblem, MessageCode, Repair } from '../messages.ts'
import type { Calendar, Frequency } from './calendar.ts'

/** One row of an input file, read but not yet put in its place. */
export interface Observation {
  /** ISO civil date or date-time; null where the input has none. */
  readonly date: string | null
  /** NaN = missing. */
  readonly value: number
  readonly file: string | null
  /** From 1, as an editor shows it. */
  readonly row: number | null
}

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
   * (a later row corrects an earlier one); where finer data is totalled, or stamps of one day, `sum`.
   */
  readonly duplicates?: 'sum' | 'mean' | 'last'
  /** Default: `missing`; `zero` for sparse demand (no negatives, and a quarter zeros or more than half the periods absent). */
  readonly gaps?: 'missing' | 'zero'
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
}

/** Collects the repairs of one series and remembers which rows they touched. */
export class RepairLog {
  readonly repairs: Repair[] = []
  readonly problems: LocatedProblem[] = []
  readonly touched: Uint8Array
  readonly observations: readonly Observation[]
  readonly series: string
  readonly column: string | null

  constructor(observations: readonly Observation[], series: string, column: string | null) {
    this.observations = observations
    this.series = series
    this.column = column
    this.touched = new Uint8Array(observations.length)
  }

  /** A repair at a row (its index), or at no row (-1). */
  add(
    kind: MessageCode,
    index: number,
    date: string | null,
    before: string | number | null,
    after: string | number | null,
  ): void {
    const place = index < 0 ? { file: this.observations[0]?.file ?? null, row: null } : this.observations[index]
    if (index >= 0) this.touched[index] = 1
    const { series, column } = this
    this.repairs.push({ file: place.file, row: place.row, column, series, date, kind, before, after })
  }
}
