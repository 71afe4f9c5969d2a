import type { Forecast } from '../forecast.ts'

/**
 * One forecast from several that are simulated: all their futures together, with the mean of their point forecasts. Where
 * futures are counts of sparse demand they stay counts, which averaged quantiles would not. Every member counts as many
 * futures as it brings. Null where one of them is not simulated.
 */
export function pool(forecasts: readonly Forecast[]): Forecast | null {
  const horizon = forecasts[0]!.mean.length
  const parts = forecasts.flatMap(({ spread }) => (spread.kind === 'paths' ? [spread] : []))
  if (parts.length < forecasts.length) return null
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  const values = new Float64Array(count * horizon)
  let at = 0
  for (const part of parts) {
    values.set(part.values, at)
    at += part.values.length
  }
  const mean = new Float64Array(horizon)
  for (const forecast of forecasts) for (let h = 0; h < horizon; h++) mean[h]! += forecast.mean[h]! / forecasts.length
  return { mean, spread: { kind: 'paths', count, values } }
}
