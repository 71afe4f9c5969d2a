import type { PublishedForecast } from '../automl/outcome.ts'

/** A central band: between `(1 - level) / 2` and `(1 + level) / 2`, one number a step. */
export interface Band {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** Probabilities this close are the same: `(1 - 0.8) / 2` is 0.09999999999999998. */
const SAME = 1e-9

/** The band of a level (0 to 1) from the published quantiles; null where the forecast has none. */
export function bandAt(forecast: PublishedForecast, level: number): Band | null {
  const lower = quantileAt(forecast, (1 - level) / 2)
  const upper = quantileAt(forecast, (1 + level) / 2)
  return lower === null || upper === null ? null : { lower, upper }
}

/**
 * The quantile of each step: as published where the grid holds the probability, else by a straight line between its
 * neighbours. Outside the grid NaN: a tail is not invented. Null without bands.
 */
export function quantileAt(forecast: PublishedForecast, probability: number): Float64Array | null {
  if (forecast.bands === null) return null
  const { probabilities, values } = forecast.bands
  const width = probabilities.length
  const result = new Float64Array(forecast.mean.length).fill(Number.NaN)
  const exact = probabilities.findIndex((each) => Math.abs(each - probability) <= SAME)
  const above = exact >= 0 ? exact : probabilities.findIndex((each) => each > probability)
  if (above < 0 || (above === 0 && exact < 0)) return result
  for (let step = 0; step < result.length; step++) {
    const high = values[step * width + above]!
    if (exact >= 0) {
      result[step] = high
      continue
    }
    const low = values[step * width + above - 1]!
    const from = probabilities[above - 1]!
    result[step] = low + ((probability - from) / (probabilities[above]! - from)) * (high - low)
  }
  return result
}

/** How a level is written in names of columns and fields: 0.8 is `80`, 0.975 is `97.5`. */
export const levelName = (level: number): string => String(Number((level * 100).toPrecision(12)))
