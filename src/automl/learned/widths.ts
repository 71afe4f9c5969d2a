import { normalQuantile } from '../../math/distribution/normal.ts'
import { quantileGrid } from '../../models/bands.ts'
import { combinedProbabilities } from '../../models/ensemble/index.ts'
import type { Forecast } from '../../models/forecast.ts'

const Z80 = normalQuantile(0.9)
const Z95 = normalQuantile(0.975)

/** How far a probability is on the way from 80 % to 95 %, by its normal score: 0 to 1. */
const shareOf95 = (probability: number): number =>
  Math.min(1, Math.max(0, (Math.abs(normalQuantile(probability)) - Z80) / (Z95 - Z80)))

/** What the distance of a quantile from the centre is multiplied by: the factor of 80 % up to there, of 95 % from there. */
export const factorAt = (probability: number, at80: number, at95: number): number =>
  at80 + shareOf95(probability) * (at95 - at80)

const SHARES = combinedProbabilities.map(shareOf95)

/** The same forecast with its quantiles further from, or nearer to, the point forecast; they stay in order. */
export function withWidths(
  forecast: Forecast,
  { at80, at95 }: { readonly at80: Float64Array; readonly at95: Float64Array },
): Forecast {
  if (forecast.spread.kind === 'none') return forecast
  const probabilities = combinedProbabilities
  const size = probabilities.length
  const middle = size >> 1
  const { values, response } = quantileGrid(forecast, probabilities)
  for (let h = 0; h < forecast.mean.length; h++) {
    const centre = forecast.mean[h]!
    const row = h * size
    for (let k = 0; k < size; k++) {
      const factor = at80[h]! + SHARES[k]! * (at95[h]! - at80[h]!)
      values[row + k] = centre + factor * (values[row + k]! - centre)
    }
    // a tail that is drawn in more than the middle may not cross it
    for (let k = middle + 1; k < size; k++) values[row + k] = Math.max(values[row + k]!, values[row + k - 1]!)
    for (let k = middle - 1; k >= 0; k--) values[row + k] = Math.min(values[row + k]!, values[row + k + 1]!)
  }
  return { mean: forecast.mean, spread: { kind: 'quantiles', probabilities, values, response } }
}
