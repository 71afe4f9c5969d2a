import gammaln from '@stdlib/math-base-special-gammaln'

/**
 * The two terms of Loader's saddle-point form of the Poisson and binomial probabilities (C. Loader, "Fast and accurate
 * computation of binomial probabilities", 2000), which keep their digits where n! and powers would cancel.
 */

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI)

/** log n! − Stirling's formula, n > 0. */
export function stirlingError(n: number): number {
  if (n < 16) return gammaln(n + 1) - (n + 0.5) * Math.log(n) + n - HALF_LOG_2PI
  const s = 1 / (n * n)
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / n
}

/** x log(x / m) + m − x, without cancellation near x = m. */
export function devianceHalf(x: number, m: number): number {
  const difference = x - m
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const v = difference / (x + m)
  const square = v * v
  let total = difference * v
  let term = 2 * x * v
  for (let j = 3; ; j += 2) {
    term *= square
    const next = total + term / j
    if (next === total) return next
    total = next
  }
}
