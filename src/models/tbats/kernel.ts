/**
 * Innovations state space of De Livera, Hyndman & Snyder (2011), on the transformed series:
 *
 *   y = l + φ b + Σ s + d        d = Σ ar d₋ᵢ + Σ ma ε₋ᵢ + ε
 *   l' = l + φ b + α d           b' = φ b + β d
 *   s' = s cos λ + c sin λ + γ₁ d        c' = −s sin λ + c cos λ + γ₂ d      (for each wave of a season)
 *
 * A missing value has ε = 0: its d is what the errors before it say.
 */
export interface Shape {
  readonly trend: boolean
  /** One a wave, season after season: cosine and sine of its angle a step. */
  readonly cos: Float64Array
  readonly sin: Float64Array
  /** Where the waves of each season begin, and where the last ones end. */
  readonly from: Int32Array
  readonly ar: number
  readonly ma: number
}

/** α, β, φ, then γ₁ and γ₂ of each season, ar …, ma …; then the states l, b, s …, c …. */
export const seasonsOf = ({ from }: Shape): number => from.length - 1
/** Where the coefficients of the errors begin. */
export const errorsFrom = (shape: Shape): number => 3 + 2 * seasonsOf(shape)
export const smoothingSize = (shape: Shape): number => errorsFrom(shape) + shape.ar + shape.ma
export const stateSize = ({ cos }: Shape): number => 2 + 2 * cos.length

/** Memory of one pass. */
export interface Trace {
  readonly d: Float64Array
  readonly error: Float64Array
  readonly slope: Float64Array
  readonly backD: Float64Array
  readonly backError: Float64Array
  readonly s: Float64Array
  readonly c: Float64Array
}

export function makeTrace(n: number, { cos }: Shape): Trace {
  const row = (): Float64Array => new Float64Array(n)
  return {
    ...{ d: row(), error: row(), slope: row(), backD: row(), backError: row() },
    ...{ s: new Float64Array(cos.length), c: new Float64Array(cos.length) },
  }
}

/** Runs through y with states in `parameters`; leaves the last states in `last` and returns the sum of squared errors. */
export function filter(
  shape: Shape,
  y: Float64Array,
  parameters: Float64Array,
  trace: Trace,
  last: Float64Array | null = null,
): number {
  const { cos, sin, from: waveFrom, ar, ma } = shape
  const { d, error, slope, s, c } = trace
  const [alpha, beta, phi] = [parameters[0]!, parameters[1]!, parameters[2]!]
  const seasons = seasonsOf(shape)
  const arFrom = errorsFrom(shape)
  const from = arFrom + ar + ma
  const waves = cos.length
  let l = parameters[from]!
  let b = parameters[from + 1]!
  for (let i = 0; i < waves; i++) {
    s[i] = parameters[from + 2 + i]!
    c[i] = parameters[from + 2 + waves + i]!
  }
  let squares = 0
  for (let t = 0; t < y.length; t++) {
    let fitted = l + phi * b
    for (let i = 0; i < waves; i++) fitted += s[i]!
    let expected = 0
    for (let i = 0; i < ar && i < t; i++) expected += parameters[arFrom + i]! * d[t - 1 - i]!
    for (let i = 0; i < ma && i < t; i++) expected += parameters[arFrom + ar + i]! * error[t - 1 - i]!
    const value = y[t]!
    const missing = Number.isNaN(value)
    const own = missing ? expected : value - fitted
    const e = missing ? 0 : own - expected
    d[t] = own
    error[t] = e
    slope[t] = b
    squares += e * e
    l += phi * b + alpha * own
    b = phi * b + beta * own
    for (let k = 0; k < seasons; k++) {
      const byS = parameters[3 + 2 * k]! * own
      const byC = parameters[4 + 2 * k]! * own
      for (let i = waveFrom[k]!; i < waveFrom[k + 1]!; i++) {
        const before = s[i]!
        const other = c[i]!
        s[i] = before * cos[i]! + other * sin[i]! + byS
        c[i] = other * cos[i]! - before * sin[i]! + byC
      }
    }
  }
  if (last !== null) {
    last[0] = l
    last[1] = b
    last.set(s, 2)
    last.set(c, 2 + waves)
  }
  return squares
}

/** Gradient of `weight` × squares / 2 by all parameters, by one backward pass over the trace of `filter`. */
export function adjoint(
  shape: Shape,
  y: Float64Array,
  parameters: Float64Array,
  trace: Trace,
  weight: number,
  gradient: Float64Array,
): void {
  const { cos, sin, from: waveFrom, ar, ma } = shape
  const { d, error, slope, backD, backError, s: as, c: ac } = trace
  const [alpha, beta, phi] = [parameters[0]!, parameters[1]!, parameters[2]!]
  const seasons = seasonsOf(shape)
  const arFrom = errorsFrom(shape)
  const from = arFrom + ar + ma
  const waves = cos.length
  gradient.fill(0)
  backD.fill(0)
  backError.fill(0)
  as.fill(0)
  ac.fill(0)
  let al = 0
  let ab = 0
  for (let t = y.length - 1; t >= 0; t--) {
    const own = d[t]!
    let ad = backD[t]! + alpha * al + beta * ab
    for (let k = 0; k < seasons; k++) {
      let sumS = 0
      let sumC = 0
      for (let i = waveFrom[k]!; i < waveFrom[k + 1]!; i++) {
        sumS += as[i]!
        sumC += ac[i]!
      }
      ad += parameters[3 + 2 * k]! * sumS + parameters[4 + 2 * k]! * sumC
      gradient[3 + 2 * k]! += sumS * own
      gradient[4 + 2 * k]! += sumC * own
    }
    gradient[0]! += al * own
    gradient[1]! += ab * own
    const missing = Number.isNaN(y[t]!)
    const ae = missing ? 0 : backError[t]! + weight * error[t]!
    if (!missing) ad += ae
    const through = missing ? ad : -ae
    for (let i = 0; i < ar && i < t; i++) {
      gradient[arFrom + i]! += through * d[t - 1 - i]!
      backD[t - 1 - i]! += through * parameters[arFrom + i]!
    }
    for (let i = 0; i < ma && i < t; i++) {
      gradient[arFrom + ar + i]! += through * error[t - 1 - i]!
      backError[t - 1 - i]! += through * parameters[arFrom + ar + i]!
    }
    const seen = missing ? 0 : ad
    gradient[2]! += (al + ab - seen) * slope[t]!
    for (let i = 0; i < waves; i++) {
      const before = as[i]!
      const other = ac[i]!
      as[i] = before * cos[i]! - other * sin[i]! - seen
      ac[i] = before * sin[i]! + other * cos[i]!
    }
    ab = phi * (al + ab - seen)
    al -= seen
  }
  gradient[from] = al
  gradient[from + 1] = ab
  gradient.set(as, from + 2)
  gradient.set(ac, from + 2 + waves)
}
