/**
 * The theta recursion as sums of squares and products, and its continuation into the future.
 *
 * | symbol | what |
 * |---|---|
 * | y | observations, seasonally adjusted, less their first; NaN = missing |
 * | alpha | smoothing parameter, q = 1 − alpha |
 * | l | level; its start l_0 is unknown |
 * | A_t, B_t | intercept and slope of the line through what was observed before t (dynamic) or at all (static) |
 * | w | 1 − 1/theta, the weight of the line |
 * | g_t | q^(t−1) A_t + (1 − q^t) B_t / alpha |
 *
 *   ŷ_t = l_{t−1} + w g_t;  l_t = alpha y_t + q l_{t−1}
 *
 * (Fiorucci et al. 2016, eq. 8 to 13). A missing y_t stands at its expectation ŷ_t. The errors are linear in l_0 and w:
 * y_t − ŷ_t = e_t − c_t l_0 − (u_t + g_t) w, so that one pass gives the sums from which both follow.
 */

/** The line through the observations so far: sums around the means (Welford 1962). Times count from 1. */
export interface Line {
  count: number
  meanTime: number
  meanValue: number
  /** Σ (t − t̄)² and Σ (t − t̄)(y − ȳ). */
  times: number
  products: number
}

export const slopeOf = (line: Line): number => (line.times > 0 ? line.products / line.times : 0)
export const interceptOf = (line: Line): number => line.meanValue - slopeOf(line) * line.meanTime

function addPoint(line: Line, time: number, value: number): void {
  line.count++
  const dt = time - line.meanTime
  line.meanTime += dt / line.count
  line.meanValue += (value - line.meanValue) / line.count
  line.times += dt * (time - line.meanTime)
  line.products += dt * (value - line.meanValue)
}

/** Fills A_t and B_t with the line through the observations before each t; returns the line through all. */
export function runningLines(y: Float64Array, intercepts: Float64Array, slopes: Float64Array): Line {
  const line: Line = { count: 0, meanTime: 0, meanValue: 0, times: 0, products: 0 }
  for (let t = 0; t < y.length; t++) {
    intercepts[t] = interceptOf(line)
    slopes[t] = slopeOf(line)
    if (!Number.isNaN(y[t]!)) addPoint(line, t + 1, y[t]!)
  }
  return line
}

/** Sums of one pass, over the errors that count: products of e (observation less known level), c (weight of l_0) and g (weight of w). */
export interface Sums {
  cc: number
  cg: number
  gg: number
  ce: number
  ge: number
  ee: number
  count: number
  /** The last level is `level + c l_0 + u w`. */
  level: number
  c: number
  u: number
  /** q^n. */
  power: number
}

export const makeSums = (): Sums => ({
  ...{ cc: 0, cg: 0, gg: 0, ce: 0, ge: 0, ee: 0 },
  ...{ count: 0, level: 0, c: 1, u: 0, power: 1 },
})

/** Powers of q below this add nothing to sums with what came before them; left to fall on, they become denormal and dear. */
const NO_POWER = 1e-140

/** One pass; the first `warmUp` observations move the level, but their errors do not count. */
export function accumulate(
  y: Float64Array,
  intercepts: Float64Array,
  slopes: Float64Array,
  alpha: number,
  warmUp: number,
  sums: Sums,
): void {
  const q = 1 - alpha
  // one by one: what comes out of an array literal is no plain number to the compiler, and each step three times as dear
  let cc = 0
  let cg = 0
  let gg = 0
  let ce = 0
  let ge = 0
  let ee = 0
  let level = 0
  let c = 1
  let u = 0
  let power = 1
  let seen = 0
  for (let t = 0; t < y.length; t++) {
    const line = power * intercepts[t]! + ((1 - power * q) / alpha) * slopes[t]!
    const value = y[t]!
    power = power < NO_POWER ? 0 : power * q
    if (Number.isNaN(value)) {
      u += alpha * line
      continue
    }
    if (++seen > warmUp) {
      const e = value - level
      const g = u + line
      cc += c * c
      cg += c * g
      gg += g * g
      ce += c * e
      ge += g * e
      ee += e * e
    }
    level = alpha * value + q * level
    c = c < NO_POWER ? 0 : c * q
    u *= q
  }
  sums.cc = cc
  sums.cg = cg
  sums.gg = gg
  sums.ce = ce
  sums.ge = ge
  sums.ee = ee
  sums.count = Math.max(0, seen - warmUp)
  sums.level = level
  sums.c = c
  sums.u = u
  sums.power = power
}

/** What the future starts from. `line` goes on being updated with expectations where it is dynamic. */
export interface State {
  readonly alpha: number
  readonly weight: number
  readonly level: number
  readonly power: number
  readonly periods: number
  readonly dynamic: boolean
  /** Static lines have no sums: their intercept and slope stand here. */
  readonly intercept: number
  readonly slope: number
  readonly line: Line
}

/** Adds to `path` the future without errors, but one of size 1 at step `shock` (from 0) if that is within the horizon. */
export function project(state: State, shock: number, path: Float64Array): void {
  const { alpha, weight, dynamic } = state
  const q = 1 - alpha
  const line = { ...state.line }
  let { level, power, intercept, slope } = state
  for (let h = 0; h < path.length; h++) {
    if (dynamic) {
      intercept = interceptOf(line)
      slope = slopeOf(line)
    }
    const expected = level + weight * (power * intercept + ((1 - power * q) / alpha) * slope)
    const value = h === shock ? expected + 1 : expected
    path[h]! += value
    level = alpha * value + q * level
    power *= q
    if (dynamic) addPoint(line, state.periods + h + 1, value)
  }
}
