/** Steps of a civil calendar. A quarter is 3 months, half an hour 30 minutes; `businessDay` is Monday to Friday. */
export interface Frequency {
  readonly unit: 'year' | 'month' | 'week' | 'day' | 'businessDay' | 'hour' | 'minute' | 'second'
  readonly step: number
}

/**
 * The civil dates of a regular series. Dates are civil (no time zone), so daylight saving never shifts one.
 * `start` is the ISO date (`2024-01-31`) or date-time (`2024-01-31T10:30`) of the first period, exactly as the
 * input anchors it: month starts stay month starts, month ends stay month ends, weeks keep their week day.
 */
export interface Calendar {
  readonly frequency: Frequency
  readonly start: string
  /** True where months (quarters, years) are named by their last day: 31 Jan, 28 Feb, 31 Mar. */
  readonly monthEnd: boolean
}
