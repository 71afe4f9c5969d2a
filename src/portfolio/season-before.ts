import type { SeriesResult } from '../batch/run-result.ts'

/** The forecast against the same periods a season before. */
export interface Change {
  /** Totals over the periods that both have. */
  readonly forecast: number
  readonly before: number
  /** 0.12 is 12 % above; null where the base is zero or below. */
  readonly share: number | null
}

/**
 * Compares the whole forecast with the same periods of the last full season (the year, for monthly data), or without a
 * season with as many periods before it. Null where the history does not reach back so far.
 */
export function changeOf({ outcome, history, seasonLength }: SeriesResult): Change | null {
  const mean = outcome?.forecast?.mean
  if (mean === undefined) return null
  const n = history.length
  let forecast = 0
  let before = 0
  let compared = 0
  for (let step = 0; step < mean.length; step++) {
    const at =
      seasonLength > 1 ? n + step - seasonLength * (Math.floor(step / seasonLength) + 1) : n - mean.length + step
    const value = history[at]
    if (value === undefined || Number.isNaN(value)) continue
    forecast += mean[step]!
    before += value
    compared++
  }
  if (2 * compared < mean.length) return null
  return { forecast, before, share: before > 0 ? forecast / before - 1 : null }
}

/** Total of the last periods, as many as are forecast; missing ones count nothing. */
export function totalBefore({ history, horizon }: Pick<SeriesResult, 'history' | 'horizon'>): number {
  let total = 0
  for (const value of history.subarray(Math.max(0, history.length - horizon))) if (!Number.isNaN(value)) total += value
  return total
}
