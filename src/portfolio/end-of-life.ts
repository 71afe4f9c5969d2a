import type { SeriesResult } from '../batch/run-result.ts'
import { code } from '../messages.ts'
import type { Member } from './member.ts'
import { withForecast } from './revise.ts'

/** Nothing is forecast after an item's last day; a series without dates is left as it is. */
export function ended({ result, endOfLife }: Member): SeriesResult {
  if (endOfLife === undefined) return result
  const forecast = result.outcome?.forecast ?? null
  if (forecast === null) return result
  const last = result.dates.filter((date) => date !== null && date.slice(0, 10) <= endOfLife).length
  if (result.dates[0] === null || last === forecast.mean.length) return result
  const { mean, bands } = forecast
  const width = bands?.probabilities.length ?? 0
  const cut = {
    mean: mean.map((value, h) => (h < last ? value : 0)),
    bands: bands && { ...bands, values: bands.values.map((value, k) => (k < last * width ? value : 0)) },
  }
  return withForecast(result, cut, [code('end_of_life_planned', { date: endOfLife })])
}
