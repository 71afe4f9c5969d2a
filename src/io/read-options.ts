import type { LocatedProblem } from '../messages.ts'
import type { Frequency } from '../series/calendar.ts'
import type { Duplicates, Gaps } from '../series/observation.ts'

/** Each option overrides what would be detected, or chooses how a kind of fault is mended. */
export interface ReadOptions {
  /** One ASCII character. */
  readonly delimiter?: string
  /** `"` or `'`. */
  readonly quote?: string
  readonly decimal?: string
  readonly thousands?: string
  readonly dateOrder?: 'ymd' | 'dmy' | 'mdy'
  readonly encoding?: string
  /** Sheet of a workbook; default the first that is visible and not empty. */
  readonly sheet?: string
  /** Columns whose texts together name the series, joined by `_`. */
  readonly seriesColumns?: readonly string[]
  readonly dateColumn?: string
  readonly valueColumn?: string
  /** Columns known from outside; default those whose names say so. Empty: none. */
  readonly regressorColumns?: readonly string[]
  readonly frequency?: Frequency
  readonly seasonLength?: number
  /** Default 100. */
  readonly maxFileMb?: number
  readonly gaps?: Gaps
  readonly duplicates?: Duplicates
  readonly incomplete?: 'drop' | 'keep'
  readonly outliers?: 'report' | 'correct' | 'ignore'
  /** Negative values of a series that has few: default `keep` them and list them. */
  readonly negatives?: 'keep' | 'zero' | 'missing'
  /** Periods without stock and without sales: default `missing`, as the demand is not known. */
  readonly stockOuts?: 'missing' | 'keep'
  /** Sees every problem, also those beyond the 10,000 that are kept. */
  readonly onProblem?: (problem: LocatedProblem) => void
}

/** Longest line and longest quoted field, in bytes. */
export const LINE_LIMIT = 1_000_000
export const COLUMN_LIMIT = 16_384
export const PROBLEM_LIMIT = 10_000
export const MEGABYTE = 1_000_000
