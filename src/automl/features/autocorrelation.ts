/** Autocorrelations of lags 1 to `most` around the mean, divided by n; all 0 for a constant. */
export function autocorrelations(x: Float64Array, most: number): Float64Array {
  const n = x.length
  const r = new Float64Array(most)
  let mean = 0
  for (let t = 0; t < n; t++) mean += x[t]! / n
  const centred = new Float64Array(n)
  let variance = 0
  for (let t = 0; t < n; t++) {
    const value = x[t]! - mean
    centred[t] = value
    variance += value * value
  }
  if (!(variance > 0)) return r
  // two lags at once: one sum alone waits for its addition before
  for (let k = 1; k <= Math.min(most, n - 1); k += 2) {
    let first = centred[k]! * centred[0]!
    let second = 0
    for (let t = k + 1; t < n; t++) {
      first += centred[t]! * centred[t - k]!
      second += centred[t]! * centred[t - k - 1]!
    }
    r[k - 1] = first / variance
    if (k < Math.min(most, n - 1)) r[k] = second / variance
  }
  return r
}

/** Partial autocorrelations of lags 1 to `most` from as many autocorrelations or more, by Durbin's (1960) recursion. */
export function partialAutocorrelations(r: Float64Array, most = r.length): Float64Array {
  const partial = new Float64Array(most)
  const current = new Float64Array(most)
  const before = new Float64Array(most)
  let left = 1
  for (let k = 0; k < most; k++) {
    let next = r[k]!
    for (let i = 0; i < k; i++) next -= current[i]! * r[k - 1 - i]!
    const reflection = left > 1e-12 ? Math.min(1, Math.max(-1, next / left)) : 0
    partial[k] = reflection
    before.set(current)
    for (let i = 0; i < k; i++) current[i] = before[i]! - reflection * before[k - 1 - i]!
    current[k] = reflection
    left *= 1 - reflection * reflection
  }
  return partial
}
