import type { LocatedProblem, Repair } from '../messages.ts'
import type { Calendar } from '../series/calendar.ts'

/** One series read from a file, on a regular grid, with everything that was changed on the way. */
export interface PortfolioItem {
  readonly name: string
  readonly values: Float64Array
  readonly calendar: Calendar | null
  readonly seasonLength: number
  readonly unit: string | null
  readonly repairs: readonly Repair[]
  readonly problems: readonly LocatedProblem[]
}

/** How a file was read: shown to the user, never silent. */
export interface FileReport {
  readonly file: string
  readonly sha256: string
  readonly encoding: string
  readonly dialect: {
    readonly delimiter: string
    readonly decimal: string
    readonly thousands: string
    /** `ymd`, `dmy`, `mdy`, ... ; null without a date column. */
    readonly dateOrder: string | null
  } | null
  readonly layout: 'long' | 'wide-columns' | 'wide-rows' | 'single' | null
  /** Column name to role: `series`, `date`, `value`, `unit`, `ignored`. */
  readonly columns: Readonly<Record<string, string>>
  /** 1-based row of the header line. */
  readonly headerRow: number | null
  readonly rowsIn: number
  readonly used: number
  readonly repaired: number
  readonly rejected: number
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
