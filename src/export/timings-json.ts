export interface Timings {
  /** ISO date-times with offset, as the front end's clock gives them. */
  readonly start: string
  readonly end: string
  readonly seconds: number
  readonly host: string
  readonly workers: number
}

/** `timings.json`: everything of a run that is not a function of input, configuration and version. */
export const timingsJson = ({ start, end, seconds, host, workers }: Timings): string =>
  `${JSON.stringify({ schema_version: 1, start, end, seconds, host, workers }, null, 2)}\n`
