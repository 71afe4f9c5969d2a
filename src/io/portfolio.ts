import type { Code, LocatedProblem, Repair } from '../messages.ts'
import type { Calendar } from '../series/calendar.ts'
import type { Regressors } from '../series/regressors.ts'

/** One series read from a file, on a regular grid, with everything that was changed on the way. */
export interface PortfolioItem {
  readonly name: string
  readonly values: Float64Array
  readonly calendar: Calendar | null
  readonly seasonLength: number
  readonly unit: string | null
  readonly repairs: readonly Repair[]
  readonly problems: readonly LocatedProblem[]
  /** What columns of the file tell of each period, and of periods to come. */
  readonly regressors?: Regressors
  readonly facts?: SeriesFacts
  /** What its key columns and its location hold, by the columns' names; absent where only a name is known. */
  readonly group?: Readonly<Record<string, string>>
}

/** What columns of the file tell of a whole series; of several rows the last that says it. */
export interface SeriesFacts {
  /** In periods, or days as `10d`. */
  readonly leadTime?: number | string
  /** Above 0, below 1. */
  readonly serviceLevel?: number
  readonly price?: number
  readonly cost?: number
  readonly stock?: number
  readonly minimumOrder?: number
  /** Orders come in whole multiples of this. */
  readonly orderMultiple?: number
  readonly onOrder?: number
  /** Name of the series that this one continues. */
  readonly predecessor?: string
  /** ISO date after which nothing is sold. */
  readonly endOfLife?: string
  readonly description?: string
  /** Where the name of the series does not say it. */
  readonly location?: string
}

/** How a file was read: shown to the user, never silent. */
export interface FileReport {
  readonly file: string
  readonly sha256: string
  readonly encoding: string
  /** Sheet of a workbook; null for other files. */
  readonly sheet: string | null
  readonly dialect: {
    /** Null for workbooks and Parquet. */
    readonly delimiter: string | null
    readonly quote: string | null
    readonly decimal: string
    readonly thousands: string
    /** `ymd`, `dmy`, `mdy`, ... ; null without a date column. */
    readonly dateOrder: string | null
  } | null
  /** What each guess rests on. */
  readonly evidence: readonly Code[]
  readonly layout: 'long' | 'wide-columns' | 'wide-rows' | 'single' | null
  /** Column name to role: `series`, `date`, `value`, `regressor`, an attribute (`unit`, `price`, ...), `ignored`. */
  readonly columns: Readonly<Record<string, string>>
  /** 1-based row of the header line. */
  readonly headerRow: number | null
  /** The first rows as they stand in the file, and as they were read. */
  readonly examples: readonly ReadExample[]
  readonly rowsIn: number
  readonly used: number
  readonly repaired: number
  readonly rejected: number
}

export interface ReadExample {
  readonly row: number
  readonly raw: readonly string[]
  readonly series: string
  readonly date: string | null
  readonly value: number | null
}

/** What came out of the input files. rowsIn = used + repaired + rejected. */
export interface Portfolio {
  readonly items: readonly PortfolioItem[]
  readonly files: readonly FileReport[]
  readonly problems: readonly LocatedProblem[]
  readonly totals: {
    readonly rowsIn: number
    readonly used: number
    readonly repaired: number
    readonly rejected: number
  }
}
