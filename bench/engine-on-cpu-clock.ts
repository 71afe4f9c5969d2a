import { threadId } from 'node:worker_threads'
import { forecastSeries as forecast } from '../src/automl/forecast-series.ts'
import type { ForecastSeries } from '../src/batch/messages.ts'

/** The engine, which tells in its label which thread worked how many seconds of processor time. */
export const forecastSeries: ForecastSeries = (series, options, watch) => {
  const before = process.threadCpuUsage()
  const outcome = forecast(series, options, watch)
  const { user, system } = process.threadCpuUsage(before)
  return { ...outcome, label: `${threadId} ${(user + system) / 1e6}` }
}
