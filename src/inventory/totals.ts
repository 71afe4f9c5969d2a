import { normalQuantile } from '../math/distribution/normal.ts'
import { quantileSorted } from '../math/quantile.ts'
import type { Random } from '../math/random.ts'
import { sortNumbers } from '../math/sort.ts'
import { gridQuantile, totalMoments } from '../models/bands.ts'
import type { Forecast } from '../models/forecast.ts'
import { drawTotals } from '../models/grid.ts'
import type { Totals } from './stock.ts'

/** Beyond so many periods a total of quantile grids is drawn no more: it is as good as normal, and draws cost squares. */
const DRAWN = 60

/**
 * Totals of the next periods by a forecast: of its simulated sums; of a quantile grid drawn with the steps' dependence,
 * so that a total that cannot be negative keeps its skew; else normal with the steps' dependence. Each is computed once;
 * `random` gives the same stream anew each time.
 */
export function totalsOf(forecast: Forecast, random: () => Random, atOnce = false): Totals {
  const moments = new Map<number, { mean: number; sd: number }>()
  const sums = new Map<number, Float64Array>()
  const momentsOf = (periods: number): { mean: number; sd: number } => {
    const known = moments.get(periods) ?? totalMoments(forecast, 1, periods)
    moments.set(periods, known)
    return known
  }
  const { spread } = forecast
  const drawn = (periods: number): Float64Array | null => {
    if (spread.kind === 'paths') return sumsOf(spread.values, spread.count, forecast.mean.length, periods)
    if (spread.kind !== 'quantiles' || periods > DRAWN || periods === 1) return null
    return sortNumbers(drawTotals(spread.probabilities, spread.values, spread.response, 1, periods, random()))
  }
  return {
    atOnce,
    mean: (periods) => momentsOf(periods).mean,
    quantile(periods, p) {
      const known = sums.get(periods) ?? drawn(periods)
      if (known !== null) {
        sums.set(periods, known)
        return quantileSorted(known, p)
      }
      if (spread.kind === 'quantiles' && periods === 1) return gridQuantile(spread.probabilities, spread.values, 0, p)
      const { mean, sd } = momentsOf(periods)
      return sd === 0 ? mean : mean + normalQuantile(p) * sd
    },
  }
}

/** Sorted sums of the first periods of each path. */
function sumsOf(values: Float64Array, count: number, horizon: number, periods: number): Float64Array {
  const sums = new Float64Array(count)
  for (let i = 0; i < count; i++) for (let h = 0; h < periods; h++) sums[i]! += values[i * horizon + h]!
  return sortNumbers(sums)
}
