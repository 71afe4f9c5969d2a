import type { SeriesResult } from '../batch/run-result.ts'
import { type Calendar, periodDate } from '../series/calendar.ts'

/** One series of a portfolio with its result, its history, and what is known of it beside. */
export interface Member {
  readonly result: SeriesResult
  readonly values: Float64Array
  readonly calendar: Calendar | null
  readonly seasonLength: number
  readonly group: Readonly<Record<string, string>>
  readonly supply: SupplyFacts
  /** Whose history stands before its own, and how many periods of it. */
  readonly predecessor?: { readonly name: string; readonly periods: number }
  /** Whose history its own stands before. */
  readonly successor?: string
  /** ISO date after which nothing is sold. */
  readonly endOfLife?: string
}

/** Quantities in the unit of the series, money a unit. */
export interface SupplyFacts {
  readonly unitPrice?: number
  readonly unitCost?: number
  readonly stockOnHand?: number
  readonly onOrder?: number
  readonly minimumOrder?: number
  readonly orderMultiple?: number
}

/** Series with the same one can be compared and added up period by period: frequency and last date, or length without dates. */
export function endOf({
  calendar,
  values,
  seasonLength,
}: Pick<Member, 'calendar' | 'values' | 'seasonLength'>): string {
  if (calendar === null) return `${values.length}/${seasonLength}`
  const { unit, step } = calendar.frequency
  return `${step} ${unit} ${periodDate(calendar, values.length - 1)}`
}

/** Money a unit: the price, else the cost; null without either. */
export const unitValue = ({ unitPrice, unitCost }: SupplyFacts): number | null => unitPrice ?? unitCost ?? null
