import type { Series } from '../series/series.ts'
import type { ForecastOptions, Outcome } from './outcome.ts'

/** Forecasts one series: pattern, candidates, validation, choice, final fit on all data, stock level, reasons. */
export function forecastSeries(series: Series, options: ForecastOptions): Outcome {
  throw new Error(`not built yet: ${series.name} ${options.horizon}`)
}
