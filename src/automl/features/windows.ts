import { mean, variance } from '../../math/sum.ts'

/** What changes from one stretch of a series to another; of a series with mean 0 and variance 1. */
export interface WindowFeatures {
  /** Variance of the means of stretches that do not overlap: 0 where the level stays. */
  readonly stability: number
  /** Variance of their variances: 0 where the noise stays. */
  readonly lumpiness: number
  /** Largest change of mean between two neighbouring stretches, and the period at which the second begins. */
  readonly levelShift: number
  readonly levelShiftAt: number
}

/** Stretches of a season, of ten values without one (Hyndman, Wang & Laptev 2015, section 2). */
export function windowFeatures(z: Float64Array, seasonLength: number): WindowFeatures {
  const width = seasonLength > 1 ? seasonLength : 10
  const count = Math.floor(z.length / width)
  const means = new Float64Array(count)
  const variances = new Float64Array(count)
  for (let k = 0; k < count; k++) {
    const tile = z.subarray(k * width, (k + 1) * width)
    means[k] = mean(tile)
    variances[k] = variance(tile)
  }
  const { change, at } = largestShift(z, width)
  return {
    stability: count < 2 ? 0 : variance(means),
    lumpiness: count < 2 ? 0 : variance(variances),
    levelShift: change,
    levelShiftAt: at,
  }
}

function largestShift(z: Float64Array, width: number): { change: number; at: number } {
  let change = 0
  let at = 0
  if (z.length < 2 * width) return { change, at }
  let difference = 0
  for (let i = 0; i < width; i++) difference += z[width + i]! - z[i]!
  for (let from = 0; ; from++) {
    if (Math.abs(difference) / width > change) {
      change = Math.abs(difference) / width
      at = from + width
    }
    if (from + 2 * width >= z.length) return { change, at }
    difference += z[from]! - 2 * z[from + width]! + z[from + 2 * width]!
  }
}
