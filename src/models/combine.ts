import { medianInPlace } from '../math/quantile.ts'
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
  const shares = weights.map((weight) => weight / total)
  const middles = new Float64Array(horizon)
  for (let h = 0; h < horizon; h++)
    for (let i = 0; i < shares.length; i++) middles[h]! += forecasts[i]!.mean[h]! * shares[i]!
  const mean = centre === 'mean' ? middles : centre === 'median' ? middleOf(forecasts.map((one) => one.mean)) : centre
  const spoken = forecasts.flatMap((forecast, i) =>
    forecast.spread.kind === 'none' ? [] : [{ forecast, share: weights[i]! }],
  )
  if (spoken.length === 0) return { mean, spread: { kind: 'none' } }
  const all = spoken.reduce((sum, { share }) => sum + share, 0)
  const width = PROBABILITIES.length
  const values = new Float64Array(horizon * width)
  const quantiles = new Float64Array(horizon * width)
  const response = new Float64Array(horizon)
  for (const { forecast, share } of spoken) {
    const weight = share / all
    quantilesAt(forecast, PROBABILITIES, quantiles)
    for (let h = 0; h < horizon; h++) {
      // distances from the member's own point, so that members without a spread move the centre alone
      const point = forecast.mean[h]!
      for (let k = h * width; k < (h + 1) * width; k++) values[k]! += weight * (quantiles[k]! - point)
    }
    if (!dependence) continue
    const effects = responseOf(forecast)
    for (let h = 0; h < horizon; h++) response[h]! += weight * effects[h]!
  }
  const within = gridSd(PROBABILITIES, values, horizon)
  for (let h = 0; h < horizon; h++) {
    let between = 0
    for (let i = 0; i < shares.length; i++) {
      const apart = forecasts[i]!.mean[h]! - middles[h]!
      between += shares[i]! * (apart * apart)
    }
    const sd = within[h]!
    const widening = sd > 0 ? Math.sqrt(1 + between / (sd * sd)) : 1
    const centred = mean[h]!
    for (let k = h * width; k < (h + 1) * width; k++) values[k] = centred + widening * values[k]!
  }
  return { mean, spread: { kind: 'quantiles', probabilities: PROBABILITIES, values, response } }
}

/** The median at each step, which of three or more one that goes astray cannot move; the mean of two. */
export function middleOf(paths: readonly Float64Array[]): Float64Array {
  const at = new Float64Array(paths.length)
  const middle = new Float64Array(paths[0]!.length)
  for (let h = 0; h < middle.length; h++) {
    for (let i = 0; i < at.length; i++) at[i] = paths[i]![h]!
    middle[h] = medianInPlace(at)
  }
  return middle
}
