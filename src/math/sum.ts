/** Sum with Neumaier's compensation (1974): the error does not grow with the length. NaN where a value is NaN. */
export function sum(values: ArrayLike<number>): number {
  let total = 0
  let lost = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  // past the range of doubles the compensation is NaN, the plain total still says which infinity
  return Number.isNaN(lost) ? total : total + lost
}

/** Arithmetic mean; NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length
}

/**
 * Variance by the corrected two-pass algorithm (Chan, Golub & LeVeque 1983, eq. 1.7).
 *
 * @param lost degrees of freedom taken off the divisor: 1 (default) for a sample, 0 for a population.
 * @returns NaN where there are not more than `lost` values.
 */
export function variance(values: ArrayLike<number>, lost = 1): number {
  const n = values.length
  if (n <= lost) return Number.NaN
  const center = mean(values)
  let squares = 0
  let drift = 0
  for (let i = 0; i < n; i++) {
    const d = values[i]! - center
    squares += d * d
    drift += d
  }
  return Math.max(0, squares - (drift * drift) / n) / (n - lost)
}

/** √variance. */
export function standardDeviation(values: ArrayLike<number>, lost = 1): number {
  return Math.sqrt(variance(values, lost))
}
