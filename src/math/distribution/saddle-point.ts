/**
 * x log(x / m) + m − x, without cancellation near x = m: with `stirlingError` the terms of Loader's saddle-point form of the
 * Poisson and binomial probabilities (C. Loader, "Fast and accurate computation of binomial probabilities", 2000), which
 * keep their digits where n! and powers would cancel.
 */
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
