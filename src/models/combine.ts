import { median } from '../math/quantile.ts'
import { quantilesAt, responseOf } from './bands.ts'
import type { Forecast } from './forecast.ts'
import { gridSd } from './grid.ts'

/** How the point forecasts of the members become one. */
export type Centre = 'mean' | 'median'

/** Odd and symmetric around the median, to one in a thousand on both sides. */
export const PROBABILITIES = Float64Array.of(
  ...[0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999],
)

/**
 * One forecast from several of the same horizon: the weighted mean (or the plain median, or a path of the caller's) of the
 * point forecasts, with
 * the average of the members' quantiles around it (Vincentization: Lichtendahl, Grushka-Cockayne & Winkler 2013), which
 * keeps their shape, widened as the law of total variance asks: what the members disagree by is uncertainty too. The
 * dependence between steps is averaged. Members that say nothing of their spread count for the centre only; where none
 * does, neither does the result. `dependence` false leaves the response at 0, where only single steps will be looked at.
 */
export function combine(
  forecasts: readonly Forecast[],
  weights: readonly number[],
  centre: Centre | Float64Array,
  dependence = true,
): Forecast {
  const horizon = forecasts[0]!.mean.length
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = Float64Array.from(weights, (weight) => weight / total)
  const points = new Float64Array(forecasts.length)
  /** Weighted mean of the points at a step, which are left in `points`. */
  const middleAt = (h: number): number => {
    let sum = 0
    for (let i = 0; i < points.length; i++) {
      points[i] = forecasts[i]!.mean[h]!
      sum += points[i]! * shares[i]!
    }
    return sum
  }
  const mean = new Float64Array(horizon)
  for (let h = 0; h < horizon; h++) {
    const middle = typeof centre === 'string' ? middleAt(h) : centre[h]!
    mean[h] = centre === 'median' ? median(points) : middle
  }
  const spoken = forecasts.flatMap((forecast, i) =>
    forecast.spread.kind === 'none' ? [] : [{ forecast, share: weights[i]! }],
  )
  if (spoken.length === 0) return { mean, spread: { kind: 'none' } }
  const all = spoken.reduce((sum, { share }) => sum + share, 0)
  const width = PROBABILITIES.length
  const values = new Float64Array(horizon * width)
  const response = new Float64Array(horizon)
  for (const { forecast, share } of spoken) {
    const quantiles = quantilesAt(forecast, PROBABILITIES)
    const effects = dependence ? responseOf(forecast) : response
    for (let h = 0; h < horizon; h++) {
      // distances from the member's own point, so that members without a spread move the centre alone
      for (let k = 0; k < width; k++)
        values[h * width + k]! += (share / all) * (quantiles[h * width + k]! - forecast.mean[h]!)
      if (dependence) response[h]! += (share / all) * effects[h]!
    }
  }
  const within = gridSd(PROBABILITIES, values, horizon)
  for (let h = 0; h < horizon; h++) {
    const middle = middleAt(h)
    let between = 0
    for (let i = 0; i < points.length; i++) between += shares[i]! * (points[i]! - middle) ** 2
    const widening = within[h]! > 0 ? Math.sqrt(1 + between / within[h]! ** 2) : 1
    for (let k = 0; k < width; k++) values[h * width + k] = mean[h]! + widening * values[h * width + k]!
  }
  return { mean, spread: { kind: 'quantiles', probabilities: PROBABILITIES, values, response } }
}
