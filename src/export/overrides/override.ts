import type { SeriesResult } from '../../batch/run-result.ts'
import { forecastOf } from '../forecast-of.ts'

/** The values that are used: the forecast, with what people put in its place. Null where there is no forecast. */
export function finalMean(result: SeriesResult): Float64Array | null {
  const mean = forecastOf(result)?.forecast.mean
  if (mean === undefined) return null
  if (result.overrides === undefined || result.overrides.length === 0) return mean
  const final = Float64Array.from(mean)
  for (const { period, value } of result.overrides) if (period <= final.length) final[period - 1] = value
  return final
}
