import type { Outcome } from '../automl/outcome.ts'
import type { LocatedProblem, Repair } from '../messages.ts'
import type { Calendar } from '../series/calendar.ts'

/** A value that a person put in place of a forecast, with the reason. */
export interface Override {
  /** From 1. */
  readonly period: number
  readonly value: number
  readonly reason: string
  readonly note: string
  /** As given; nobody has checked it. */
  readonly author: string
}

/** One series of a finished run, as exports, reports and the library see it: plain data. */
export interface SeriesResult {
  readonly name: string
  readonly status: 'success' | 'fallback' | 'failed' | 'cancelled'
  readonly unit: string | null
  readonly calendar: Calendar | null
  readonly seasonLength: number
  readonly observations: number
  /** The values the forecast rests on, one a period from the calendar's start; NaN = missing. Length = observations. */
  readonly history: Float64Array
  /** Dates of the forecast periods, ISO; nulls without a calendar. Length = horizon. */
  readonly dates: readonly (string | null)[]
  readonly horizon: number
  readonly levels: readonly number[]
  /** Null when the series failed or was cancelled. */
  readonly outcome: Outcome | null
  readonly repairs: readonly Repair[]
  readonly problems: readonly LocatedProblem[]
  /** What people put in place of forecasts; the forecasts stay as they are. */
  readonly overrides?: readonly Override[]
}
