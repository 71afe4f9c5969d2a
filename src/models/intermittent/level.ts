import { gammaCdf, gammaQuantile } from '../../math/distribution/gamma.ts'
import { normalQuantile } from '../../math/distribution/normal.ts'

/** Levels that an unknown rate may have, equally likely. */
export const LEVELS = 20

/**
 * A rate that is not known exactly, as so many levels of equal chance: means of the equal slices of a gamma distribution
 * with mean `rate` and standard deviation `sd`, so that their average is the rate. Where demand and returns make up the
 * rate (`bothSigns`) it may cross zero, and is normal.
 */
export function levelsOf(rate: number, sd: number, bothSigns: boolean): Float64Array {
  const levels = new Float64Array(LEVELS).fill(rate)
  if (!(sd > 0)) return levels
  if (bothSigns) return levels.map((_, k) => rate + sd * normalQuantile((k + 0.5) / LEVELS))
  const relative = (sd / rate) ** 2
  const shape = 1 / relative
  // the share of the mean that lies below x is the distribution function of one shape more
  let below = 0
  return levels.map((_, k) => {
    const upTo = k === LEVELS - 1 ? 1 : gammaCdf(gammaQuantile((k + 1) / LEVELS, shape, relative), shape + 1, relative)
    const mean = (upTo - below) * LEVELS
    below = upTo
    return rate * mean
  })
}
