import type { Frequency } from '../series/calendar.ts'

/** Each option overrides what would be detected. */
export interface ReadOptions {
  readonly delimiter?: string
  readonly decimal?: string
  readonly thousands?: string
  readonly dateOrder?: 'ymd' | 'dmy' | 'mdy'
  readonly encoding?: string
  /** Columns whose texts together name the series, joined by `_`. */
  readonly seriesColumns?: readonly string[]
  readonly dateColumn?: string
  readonly valueColumn?: string
  readonly frequency?: Frequency
  readonly seasonLength?: number
  /** Default 100. */
  readonly maxFileMb?: number
  readonly gaps?: 'missing' | 'zero'
  readonly duplicates?: 'sum' | 'mean' | 'last'
}

/** Longest line and longest quoted field, in bytes. */
export const LINE_LIMIT = 1_000_000
export const COLUMN_LIMIT = 16_384
export const PROBLEM_LIMIT = 10_000
export const MEGABYTE = 1_000_000
