/**
 * Complex exponential smoothing (Svetunkov & Kourentzes 2018): the level l has a companion c, the information potential,
 * which bends its path; a season may have one too.
 *
 *   ŷ = l + s          e = y − ŷ
 *   l' = l − (1 − a1) c + (a0 − a1) e          c' = l + (1 − a0) c + (a0 + a1) e
 *   s' = s − (1 − b1) k + (b0 − b1) e          k' = s + (1 − b0) k + (b0 + b1) e      (a real season: s' = s + b0 e)
 *
 * `states` = [l, c, s_0 … s_{m−1}, k_0 … k_{m−1}]; parts that a shape lacks stay 0. A missing value has no error.
 */
export interface Shape {
  readonly level: boolean
  readonly season: 'none' | 'real' | 'complex'
  readonly seasonLength: number
}

export interface Parameters {
  a0: number
  a1: number
  b0: number
  b1: number
  readonly states: Float64Array
}

/** Sets one coordinate: 0 to 3 are a0, a1, b0, b1, then come the states. */
export function put(parameters: Parameters, place: number, value: number): void {
  if (place >= 4) parameters.states[place - 4] = value
  else if (place === 0) parameters.a0 = value
  else if (place === 1) parameters.a1 = value
  else if (place === 2) parameters.b0 = value
  else parameters.b1 = value
}

/** Memory of one pass: errors (0 where missing) and the states before each value. */
export interface Trace {
  readonly e: Float64Array
  readonly c: Float64Array
  readonly k: Float64Array
}

export const makeTrace = (n: number): Trace => ({
  e: new Float64Array(n),
  c: new Float64Array(n),
  k: new Float64Array(n),
})

/** Runs through y, whose first value is of season slot `from`; leaves the last states in `states` and returns the sum of squared errors. What it expects goes to `path`. */
export function filter(
  shape: Shape,
  y: Float64Array,
  parameters: Parameters,
  trace: Trace,
  from = 0,
  path?: Float64Array,
): number {
  const { a0, a1, b0, b1, states } = parameters
  const { level, season, seasonLength: m } = shape
  let l = states[0]!
  let c = states[1]!
  let slot = season === 'none' ? 0 : from % m
  let squares = 0
  for (let t = 0; t < y.length; t++) {
    const s = season === 'none' ? 0 : states[2 + slot]!
    const k = season === 'complex' ? states[2 + m + slot]! : 0
    const value = y[t]!
    const e = Number.isNaN(value) ? 0 : value - l - s
    if (path !== undefined) path[t] = l + s
    trace.e[t] = e
    trace.c[t] = c
    trace.k[t] = k
    squares += e * e
    if (level) {
      const before = l
      l = before - (1 - a1) * c + (a0 - a1) * e
      c = before + (1 - a0) * c + (a0 + a1) * e
    }
    if (season === 'real') states[2 + slot] = s + b0 * e
    else if (season === 'complex') {
      states[2 + slot] = s - (1 - b1) * k + (b0 - b1) * e
      states[2 + m + slot] = s + (1 - b0) * k + (b0 + b1) * e
    }
    if (season !== 'none' && ++slot === m) slot = 0
  }
  states[0] = l
  states[1] = c
  return squares
}

/** Gradient of `weight` × squares / 2 by [a0, a1, b0, b1, states …], by one backward pass over the trace. */
export function adjoint(
  shape: Shape,
  y: Float64Array,
  { a0, a1, b0, b1 }: Parameters,
  trace: Trace,
  weight: number,
  gradient: Float64Array,
): void {
  const { level, season, seasonLength: m } = shape
  const at = 4 + 2
  gradient.fill(0)
  let al = 0
  let ac = 0
  let slot = season === 'none' ? 0 : (y.length - 1) % m
  for (let t = y.length - 1; t >= 0; t--) {
    const e = trace.e[t]!
    const c = trace.c[t]!
    const k = trace.k[t]!
    const as = season === 'none' ? 0 : gradient[at + slot]!
    const ak = season === 'complex' ? gradient[at + m + slot]! : 0
    let ae = 0
    if (!Number.isNaN(y[t]!)) {
      ae = weight * e
      if (level) ae += al * (a0 - a1) + ac * (a0 + a1)
      ae += season === 'real' ? as * b0 : as * (b0 - b1) + ak * (b0 + b1)
    }
    if (level) {
      gradient[0]! += (al + ac) * e - ac * c
      gradient[1]! += al * (c - e) + ac * e
      const before = al
      al = before + ac - ae
      ac = -(1 - a1) * before + (1 - a0) * ac
    }
    if (season === 'real') {
      gradient[2]! += as * e
      gradient[at + slot] = as - ae
    } else if (season === 'complex') {
      gradient[2]! += (as + ak) * e - ak * k
      gradient[3]! += as * (k - e) + ak * e
      gradient[at + slot] = as + ak - ae
      gradient[at + m + slot] = -(1 - b1) * as + (1 - b0) * ak
    }
    if (season !== 'none' && --slot < 0) slot = m - 1
  }
  gradient[4] = al
  gradient[5] = ac
}
