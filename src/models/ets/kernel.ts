/**
 * The exponential smoothing recursion, its loss and the exact gradient by one backward pass.
 *
 * | symbol | shape | what |
 * |---|---|---|
 * | y | n | observations, scaled to a mean of about 1; NaN = missing (no update, no loss) |
 * | m | – | season length |
 * | alpha, beta, gamma, phi | – | level, trend, season, damping (Hyndman et al. 2008, table 2.2 and 2.3) |
 * | l, b, s | 1, 1, m | level, trend, season; s[j] is used at times t ≡ j (mod m) |
 * | q | – | l + phi b, the forecast without season |
 * | p | – | the observation without season: y − s, or y / s |
 *
 *   ŷ = q + s or q s;  l = q + alpha (p − q);  b = phi b + beta (p − q);  s = s + gamma (y − q − s) or s + gamma (y/q − s)
 *
 * is the same for additive and multiplicative errors; only the loss differs. Callers have checked shapes and positivity;
 * an inadmissible point has the loss Infinity.
 */

export type SeasonKind = 0 | 1 | 2 // none, additive, multiplicative

export interface Shape {
  readonly multiplicativeError: boolean
  readonly trend: boolean
  readonly season: SeasonKind
  readonly seasonLength: number
}

/** What a recursion starts from and runs with. `states` = [l, b, s_0 … s_{m−1}]; b is 0 without trend. */
export interface Parameters {
  alpha: number
  beta: number
  gamma: number
  phi: number
  readonly states: Float64Array
}

/** Memory of one pass over n observations. */
export interface Trace {
  readonly q: Float64Array
  readonly b: Float64Array
  readonly s: Float64Array
  readonly fitted: Float64Array
}

export const makeTrace = (n: number): Trace => ({
  q: new Float64Array(n),
  b: new Float64Array(n),
  s: new Float64Array(n),
  fitted: new Float64Array(n),
})

/** Runs the recursion; fills the trace and leaves the final states in `states` (which it overwrites). Returns false where it left the admissible region. */
export function filter(shape: Shape, y: Float64Array, parameters: Parameters, trace: Trace): boolean {
  const { alpha, beta, gamma, phi, states } = parameters
  const { season, seasonLength: m, trend, multiplicativeError } = shape
  const n = y.length
  let l = states[0]!
  let b = trend ? states[1]! : 0
  let slot = 0
  for (let t = 0; t < n; t++) {
    const q = l + phi * b
    const s = season === 0 ? 0 : states[2 + slot]!
    const fitted = season === 2 ? q * s : q + s
    trace.q[t] = q
    trace.b[t] = b
    trace.s[t] = s
    trace.fitted[t] = fitted
    if (multiplicativeError && !(fitted > 0)) return false
    const value = y[t]!
    if (Number.isNaN(value)) {
      l = q
      b = phi * b
    } else {
      if (season === 2 && (q === 0 || s === 0)) return false
      const p = season === 2 ? value / s : value - s
      const d = p - q
      l = q + alpha * d
      b = trend ? phi * b + beta * d : 0
      if (season !== 0) states[2 + slot] = s + gamma * ((season === 2 ? value / q : value - q) - s)
    }
    if (season !== 0 && ++slot === m) slot = 0
  }
  states[0] = l
  states[1] = b
  return Number.isFinite(l + b)
}

/** Fitted values are multiplied this far before a logarithm is taken of them together. */
const MOST_PRODUCT = 1e100

/** Sum of squared (relative) errors, and the sum of ln ŷ under multiplicative error; Infinity when inadmissible. */
export function loss(
  shape: Shape,
  y: Float64Array,
  fitted: Float64Array,
): { squares: number; logs: number; count: number } {
  let squares = 0
  let logs = 0
  let count = 0
  if (!shape.multiplicativeError) {
    for (let t = 0; t < y.length; t++) {
      const e = y[t]! - fitted[t]!
      if (Number.isNaN(e)) continue
      count++
      squares += e * e
    }
    return { squares, logs, count }
  }
  let product = 1
  for (let t = 0; t < y.length; t++) {
    const value = y[t]!
    if (Number.isNaN(value)) continue
    count++
    const f = fitted[t]!
    const e = value / f - 1
    squares += e * e
    product *= f
    if (product > MOST_PRODUCT || product < 1 / MOST_PRODUCT) {
      logs += Math.log(product)
      product = 1
    }
  }
  return { squares, logs: logs + Math.log(product), count }
}

/**
 * Gradient with respect to [alpha, beta, gamma, phi, l0, b0, s_0 …], written to `gradient` (length 6 + m), and with respect
 * to the observations, written to `byValue` if asked. Needs the trace of `filter`.
 */
export function adjoint(
  shape: Shape,
  y: Float64Array,
  parameters: Parameters,
  trace: Trace,
  squares: number,
  count: number,
  gradient: Float64Array,
  byValue: Float64Array | null = null,
): void {
  const { alpha, beta, gamma, phi } = parameters
  const { season, seasonLength: m, trend, multiplicativeError } = shape
  const n = y.length
  const seasonGradient = 6
  gradient.fill(0)
  const weight = count / squares
  let al = 0
  let ab = 0
  let gAlpha = 0
  let gBeta = 0
  let gGamma = 0
  let gPhi = 0
  let slot = season === 0 ? 0 : (n - 1) % m
  for (let t = n - 1; t >= 0; t--) {
    const q = trace.q[t]!
    const b = trace.b[t]!
    const value = y[t]!
    let aq = al
    let aOldTrend = ab * phi
    gPhi += ab * b
    if (byValue !== null) byValue[t] = 0
    if (!Number.isNaN(value)) {
      const s = trace.s[t]!
      const f = trace.fitted[t]!
      const aFitted = multiplicativeError
        ? 2 * (1 / f - weight * (value / f - 1) * (value / (f * f)))
        : -2 * weight * (value - f)
      const d = (season === 2 ? value / s : value - s) - q
      gAlpha += al * d
      gBeta += ab * d
      const ap = al * alpha + ab * beta
      aq = al - ap
      if (byValue !== null) {
        const as = season === 0 ? 0 : gradient[seasonGradient + slot]! * gamma
        const own = multiplicativeError ? (2 * weight * (value / f - 1)) / f : -aFitted
        byValue[t] = own + (season === 2 ? ap / s + as / q : ap + as)
      }
      if (season === 0) aq += aFitted
      else {
        const as = gradient[seasonGradient + slot]!
        if (season === 1) {
          gGamma += as * (value - q - s)
          aq += aFitted - as * gamma
          gradient[seasonGradient + slot] = as * (1 - gamma) - ap + aFitted
        } else {
          gGamma += as * (value / q - s)
          aq += aFitted * s - (as * gamma * value) / (q * q)
          gradient[seasonGradient + slot] = as * (1 - gamma) - (ap * value) / (s * s) + aFitted * q
        }
      }
    }
    al = aq
    if (trend) {
      gPhi += aq * b
      ab = aOldTrend + aq * phi
    } else {
      aOldTrend = 0
      ab = 0
    }
    if (season !== 0 && --slot < 0) slot = m - 1
  }
  gradient[0] = gAlpha
  gradient[1] = gBeta
  gradient[2] = gGamma
  gradient[3] = gPhi
  gradient[4] = al
  gradient[5] = ab
}
