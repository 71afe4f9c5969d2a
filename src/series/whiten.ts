import { dot } from '../math/vector.ts'
/**
 * Autoregressive coefficients of a series with mean 0 by Burg's method (1968), order 0 to `most` by AICc:
 * x[t] is about sum a[k] x[t - 1 - k]. Always stationary.
 */
export function autoregression(x: Float64Array, most: number): Float64Array {
  const n = x.length
  const forward = x.slice()
  const backward = x.slice()
  let variance = dot(x, x) / n
  let current = new Float64Array(0)
  let best = current
  if (!(variance > 0)) return best
  let lowest = n * Math.log(variance) + (2 * n) / (n - 2)
  for (let order = 1; order <= Math.min(most, Math.floor(n / 4)); order++) {
    let product = 0
    let size = 0
    for (let t = order; t < n; t++) {
      const ahead = forward[t]!
      const behind = backward[t - 1]!
      product += ahead * behind
      size += ahead * ahead + behind * behind
    }
    if (!(size > 0)) break
    const reflection = (2 * product) / size
    const next = new Float64Array(order)
    for (let k = 0; k < order - 1; k++) next[k] = current[k]! - reflection * current[order - 2 - k]!
    next[order - 1] = reflection
    // from the end, so that each is read before it is written
    for (let t = n - 1; t >= order; t--) {
      const ahead = forward[t]!
      const behind = backward[t - 1]!
      forward[t] = ahead - reflection * behind
      backward[t] = behind - reflection * ahead
    }
    current = next
    variance *= 1 - reflection * reflection
    if (!(variance > 0)) return current
    const criterion = n * Math.log(variance) + (2 * n * (order + 1)) / (n - order - 2)
    if (criterion < lowest) {
      lowest = criterion
      best = next
    }
  }
  return best
}

/** The innovations x[t] - sum a[k] x[t - 1 - k]; the first a.length periods are lost. */
export function filtered(x: Float64Array, a: Float64Array): Float64Array {
  const p = a.length
  return Float64Array.from({ length: x.length - p }, (_, i) => {
    let value = x[i + p]!
    for (let k = 0; k < p; k++) value -= a[k]! * x[i + p - 1 - k]!
    return value
  })
}
