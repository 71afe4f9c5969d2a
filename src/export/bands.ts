import type { PublishedForecast } from '../automl/outcome.ts'
import { quantileAt } from '../automl/published-quantiles.ts'

/** A central band: between `(1 - level) / 2` and `(1 + level) / 2`, one number a step. */
export interface Band {
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** The band of a level (0 to 1) from the published quantiles; null where the forecast has none. */
export function bandAt({ mean, bands }: PublishedForecast, level: number): Band | null {
  if (bands === null) return null
  const end = (p: number): Float64Array => mean.map((_, step) => quantileAt(bands, step, p))
  return { lower: end((1 - level) / 2), upper: end((1 + level) / 2) }
}

/** How a level is written in names of columns and fields: 0.8 is `80`, 0.975 is `97.5`. */
export const levelName = (level: number): string => String(Number((level * 100).toPrecision(12)))
