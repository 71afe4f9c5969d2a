/** Room for the rounding of a cdf, so that the quantile of cdf(k) is k. */
const FUZZ = 64 * Number.EPSILON

/**
 * Smallest k = 0, 1, 2, ... with cdf(k) ≥ p: steps that double away from a guess, then bisection.
 * 0 at p = 0, Infinity at 1, NaN outside.
 */
export function discreteQuantile(cdf: (k: number) => number, p: number, guess: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0) return 0
  if (p === 1) return Number.POSITIVE_INFINITY
  const wanted = p * (1 - FUZZ)
  const start = Number.isFinite(guess) ? Math.max(0, Math.floor(guess)) : 0
  let low = -1 // cdf(low) < wanted
  let high = start // cdf(high) ≥ wanted, once the loops below are done
  if (cdf(start) >= wanted) {
    for (let step = 1; high > 0; step *= 2) {
      const k = Math.max(0, high - step)
      if (cdf(k) < wanted) {
        low = k
        break
      }
      high = k
    }
  } else {
    low = start
    for (let step = 1; ; step *= 2) {
      high = low + step
      if (cdf(high) >= wanted) break
      if (high > 2 ** 53) return Number.POSITIVE_INFINITY
      low = high
    }
  }
  while (high - low > 1) {
    const k = Math.floor((low + high) / 2)
    if (cdf(k) >= wanted) high = k
    else low = k
  }
  return high
}

/** First terms of Cornish & Fisher (1938): a guess near the quantile from its normal score. */
export function cornishFisher(score: number, mean: number, sd: number, skewness: number): number {
  return mean + sd * (score + (skewness * (score * score - 1)) / 6)
}
