import { normalQuantile } from '../../math/distribution/normal.ts'
import { quantileGrid } from '../../models/bands.ts'
import { combinedProbabilities } from '../../models/ensemble/index.ts'
import type { Forecast } from '../../models/forecast.ts'

const Z80 = normalQuantile(0.9)
const Z95 = normalQuantile(0.975)

/** What the distance of a quantile from the centre is multiplied by: the factor of 80 % up to there, of 95 % from there. */
export function factorAt(probability: number, at80: number, at95: number): number {
  const z = Math.abs(normalQuantile(probability))
  const share = Math.min(1, Math.max(0, (z - Z80) / (Z95 - Z80)))
  return at80 + share * (at95 - at80)
}

/** The same forecast with its quantiles further from, or nearer to, the point forecast; they stay in order. */
export function withWidths(
  forecast: Forecast,
  { at80, at95 }: { readonly at80: Float64Array; readonly at95: Float64Array },
): Forecast {
  if (forecast.spread.kind === 'none') return forecast
  const probabilities = combinedProbabilities
  const size = probabilities.length
  const { values, response } = quantileGrid(forecast, probabilities)
  for (let h = 0; h < forecast.mean.length; h++) {
    const centre = forecast.mean[h]!
    for (let k = 0; k < size; k++) {
      const factor = factorAt(probabilities[k]!, at80[h]!, at95[h]!)
      values[h * size + k] = centre + factor * (values[h * size + k]! - centre)
    }
    // a tail that is drawn in more than the middle may not cross it
    const middle = size >> 1
    for (let k = middle + 1; k < size; k++)
      values[h * size + k] = Math.max(values[h * size + k]!, values[h * size + k - 1]!)
    for (let k = middle - 1; k >= 0; k--)
      values[h * size + k] = Math.min(values[h * size + k]!, values[h * size + k + 1]!)
  }
  return { mean: forecast.mean, spread: { kind: 'quantiles', probabilities, values, response } }
}
