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
  /** What only the portfolio as a whole tells; absent where series were forecast one by one. */
  readonly portfolio?: PortfolioFigures
}

/** Computed from all series of a portfolio, after each was forecast. */
export interface PortfolioFigures {
  /** Of a total: the columns its parts share, what they have there, and their names. */
  readonly total: {
    readonly level: readonly string[]
    readonly group: readonly string[]
    readonly parts: readonly string[]
  } | null
  /** How the forecast was made to add up, and the point forecast before. */
  readonly reconciliation: { readonly method: string; readonly base: Float64Array } | null
  /** Series that a new one was forecast like. */
  readonly likeItems: readonly string[]
  /** By forecast value: the first 80 %, the next 15 %, the rest. */
  readonly abc: 'A' | 'B' | 'C' | null
  /** By how well the demand over lead time and review can be foreseen. */
  readonly xyz: 'X' | 'Y' | 'Z' | null
  /** Forecast over the horizon times the price, or the cost; null without either. */
  readonly value: number | null
  readonly supply: Supply | null
}

/** Of a series whose stock on hand is known; quantities in the unit of the series. */
export interface Supply {
  readonly stockOnHand: number
  readonly onOrder: number
  /** What to order now: up to the reorder point, at least the minimum, in whole multiples. */
  readonly orderProposal: number
  /** Probability that the stock on hand and on order does not last the lead time. */
  readonly stockOutRisk: number
  /** Expected demand over the lead time that finds no stock. */
  readonly expectedShortage: number
  /** Periods that the stock on hand lasts at the expected demand; null where it outlasts the horizon. */
  readonly coverPeriods: number | null
  /** Expected at the end of each period with the proposal ordered now; negative is demand that waits. */
  readonly projectedStock: Float64Array
  /** Probability that demand until the end of each period exceeds what has arrived by then. */
  readonly projectedRisk: Float64Array
}
