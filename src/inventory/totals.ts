import { normalQuantile } from '../math/distribution/normal.ts'
import { quantileSorted } from '../math/quantile.ts'
import { totalMoments } from '../models/bands.ts'
import type { Forecast } from '../models/forecast.ts'
import type { Totals } from './stock.ts'

/** Totals of the next periods by a forecast: of its simulated sums, else normal with the steps' dependence. Each is computed once. */
export function totalsOf(forecast: Forecast): Totals {
  const moments = new Map<number, { mean: number; sd: number }>()
  const sums = new Map<number, Float64Array>()
  const momentsOf = (periods: number): { mean: number; sd: number } => {
    const known = moments.get(periods) ?? totalMoments(forecast, 1, periods)
    moments.set(periods, known)
    return known
  }
  const { spread } = forecast
  return {
    mean: (periods) => momentsOf(periods).mean,
    quantile(periods, p) {
      if (spread.kind === 'paths') {
        const known = sums.get(periods) ?? sumsOf(spread.values, spread.count, forecast.mean.length, periods)
        sums.set(periods, known)
        return quantileSorted(known, p)
      }
      const { mean, sd } = momentsOf(periods)
      return sd === 0 ? mean : mean + normalQuantile(p) * sd
    },
  }
}

/** Sorted sums of the first periods of each path. */
function sumsOf(values: Float64Array, count: number, horizon: number, periods: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    let total = 0
    for (let h = 0; h < periods; h++) total += values[i * horizon + h]!
    return total
  }).sort()
}
