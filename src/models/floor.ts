import { quantilesAt, responseOf } from './bands.ts'
import type { Forecast } from './forecast.ts'

/** Fine enough for any total; the tails are those of stock. */
const PROBABILITIES = Float64Array.of(
  ...[0.001, 0.0025, 0.005, 0.01, 0.02],
  ...Array.from({ length: 37 }, (_, i) => (i + 1) * 0.025),
  ...[0.98, 0.99, 0.995, 0.9975, 0.999],
)

/**
 * The forecast of a quantity that is never below 0: what lies below is 0, in each step's distribution, in every simulated
 * future, and so in all totals. A forecast that does not reach below 0 is left as it is.
 */
export function floored(forecast: Forecast): Forecast {
  const { mean, spread } = forecast
  const above = (values: Float64Array): Float64Array => values.map((value) => Math.max(0, value))
  if (spread.kind === 'none') return { mean: above(mean), spread }
  if (spread.kind === 'paths') {
    if (spread.values.every((value) => value >= 0)) return { mean: above(mean), spread }
    return { mean: above(mean), spread: { ...spread, values: above(spread.values) } }
  }
  if (spread.kind === 'quantiles') return { mean: above(mean), spread: { ...spread, values: above(spread.values) } }
  const values = quantilesAt(forecast, PROBABILITIES)
  if (values.every((value) => value >= 0)) return { mean: above(mean), spread }
  const grid = { kind: 'quantiles' as const, probabilities: PROBABILITIES, response: responseOf(forecast) }
  return { mean: above(mean), spread: { ...grid, values: above(values) } }
}
