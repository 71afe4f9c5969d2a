import type { Calendar } from './calendar.ts'
import type { Regressors } from './regressors.ts'

/**
 * One time series on a regular grid.
 * `values[i]` is the observation of period i; NaN is a missing observation (never a magic number).
 */
export interface Series {
  readonly name: string
  readonly values: Float64Array
  /** Periods in the main season; 1 means none. */
  readonly seasonLength: number
  /** Civil dates of the periods; null where the input had none (periods are then numbered from 1). */
  readonly calendar: Calendar | null
  /** Seasons besides the main one, in periods, ascending; not always whole (365.25 days). */
  readonly furtherSeasons?: readonly number[]
  readonly regressors?: Regressors
  /** Other series over the same periods; what they will be is not known. */
  readonly companions?: Companions
}

/** Series observed beside another one: `columns[c][i]` belongs to its period i, NaN where missing. */
export interface Companions {
  readonly names: readonly string[]
  readonly columns: readonly Float64Array[]
  /** What shows that they lead the series, where that was tested. */
  readonly links?: readonly Lead[]
}

/** Evidence that another series moves before this one: the correlation of what neither foresees of itself. */
export interface Lead {
  readonly leader: string
  /** Periods between the two. */
  readonly lag: number
  readonly correlation: number
  /** Probability of so much by chance, corrected for all the pairs looked at. */
  readonly p: number
}
