/**
 * Box-Cox transform, its inverse for quantiles and for means. lambda 1 keeps the shape (x - 1), 0 is the logarithm.
 * Source: Box & Cox (1964), with the signed power of Bickel & Doksum (1981) for lambda > 0, as R's `forecast::BoxCox`.
 */

/** Below this size lambda is 0: the products with it would lose their digits. */
const NO_POWER = 1e-200

/** (sign(x)|x|^lambda - 1) / lambda, or log x. NaN where it does not exist: x <= 0 with lambda <= 0 (x = 0 as well). */
export function boxCox(values: ArrayLike<number>, lambda: number): Float64Array {
  return Float64Array.from(values, (x) => {
    if (lambda < NO_POWER && !(x > 0)) return Number.NaN
    if (Math.abs(lambda) < NO_POWER) return Math.log(x)
    // expm1 keeps digits where lambda is near 0
    const size = Math.abs(x)
    if (x > 0) return Math.expm1(lambda * Math.log(size)) / lambda
    return -(size ** lambda + 1) / lambda
  })
}

/** Inverse of `boxCox`, exact for quantiles and medians (the transform is increasing). NaN beyond its range. */
export function inverse(values: ArrayLike<number>, lambda: number): Float64Array {
  return Float64Array.from(values, (w) => inverseOne(w, lambda))
}

function inverseOne(w: number, lambda: number): number {
  if (Math.abs(lambda) < NO_POWER) return Math.exp(w)
  const base = lambda * w + 1
  if (base > 0) return Math.exp(Math.log1p(lambda * w) / lambda)
  return lambda < 0 ? Number.NaN : -((-base) ** (1 / lambda))
}

/**
 * Mean on the original scale of a forecast that is normal with means `means` and standard deviations `sds` on the
 * transformed one. For the logarithm exact (exp(w + s^2/2)); otherwise the second-order correction
 * x (1 + s^2 (1 - lambda) / (2 (lambda w + 1)^2)). NaN beyond the range of the transform.
 * Source: Hyndman & Athanasopoulos, FPP3, 5.6; Guerrero (1993).
 */
export function inverseMean(means: ArrayLike<number>, sds: ArrayLike<number>, lambda: number): Float64Array {
  return Float64Array.from(means, (w, i) => {
    const variance = sds[i] * sds[i]
    if (Math.abs(lambda) < NO_POWER) return Math.exp(w + variance / 2)
    const base = lambda * w + 1
    return inverseOne(w, lambda) * (1 + (variance * (1 - lambda)) / (2 * base * base))
  })
}
