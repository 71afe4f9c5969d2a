import type { Outcome, PublishedForecast } from '../automl/outcome.ts'
import type { SeriesResult } from '../batch/run-result.ts'

/** What a series may publish: an outcome with a forecast; null for a failed or cancelled series. */
export function forecastOf(result: SeriesResult): (Outcome & { readonly forecast: PublishedForecast }) | null {
  const { outcome, status } = result
  if (outcome === null || outcome.forecast === null || (status !== 'success' && status !== 'fallback')) return null
  return { ...outcome, forecast: outcome.forecast }
}

/** Problems of the series and of its forecast, each once. */
export function problemsOf(result: Pick<SeriesResult, 'problems' | 'outcome'>): SeriesResult['problems'] {
  const all = [...result.problems, ...(result.outcome?.problems ?? [])]
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()]
}
