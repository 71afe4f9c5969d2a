const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI)
/** From here the series below is exact to rounding. */
const LARGE = 16

/** log Γ(x) − Stirling's formula, x > 0: log Γ(x) = (x − ½) log x − x + ½ log 2π + this (Abramowitz & Stegun 6.1.41). */
function correction(x: number): number {
  const s = 1 / (x * x)
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360_360)))))) / x
}

/** log Γ(x) for x > 0: 15 digits, fewer near its zeros at 1 and 2. */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let product = 1
  let large = x
  for (; large < LARGE; large++) product *= large
  return (large - 0.5) * Math.log(large) - large + HALF_LOG_2PI + correction(large) - Math.log(product)
}

/** log n! − Stirling's formula, n > 0, without the cancellation of the difference where n is large. */
export function stirlingError(n: number): number {
  if (n < LARGE) return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - HALF_LOG_2PI
  return correction(n)
}
