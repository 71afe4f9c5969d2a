/** Autocorrelations of lags 1 to `most` around the mean, divided by n; all 0 for a constant. */
export function autocorrelations(x: Float64Array, most: number): Float64Array {
  const n = x.length
  const r = new Float64Array(most)
  let mean = 0
  for (const value of x) mean += value / n
  let variance = 0
  for (const value of x) variance += (value - mean) ** 2
  if (!(variance > 0)) return r
  for (let k = 1; k <= Math.min(most, n - 1); k++) {
    let sum = 0
    for (let t = k; t < n; t++) sum += (x[t]! - mean) * (x[t - k]! - mean)
    r[k - 1] = sum / variance
  }
  return r
}

/** Partial autocorrelations of lags 1 to r.length from autocorrelations, by Durbin's (1960) recursion. */
export function partialAutocorrelations(r: Float64Array): Float64Array {
  const partial = new Float64Array(r.length)
  let current: number[] = []
  let left = 1
  for (let k = 0; k < r.length; k++) {
    let next = r[k]!
    for (let i = 0; i < k; i++) next -= current[i]! * r[k - 1 - i]!
    const reflection = left > 1e-12 ? Math.min(1, Math.max(-1, next / left)) : 0
    partial[k] = reflection
    current = [...current.map((value, i) => value - reflection * current[k - 1 - i]!), reflection]
    left *= 1 - reflection * reflection
  }
  return partial
}
