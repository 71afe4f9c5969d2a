import type { Parameters, Shape } from './kernel.ts'

/**
 * Search coordinates: logits that keep smoothing parameters inside R's "usual" region (alpha, beta ≤ alpha,
 * gamma ≤ 1 − alpha in [1e-4, 0.9999], phi in [0.8, 0.98]), then the initial states as they are:
 * [alpha, beta?, gamma?, phi?, l, b?, s_0 … s_{m−1}?], then the regressors' coefficients, in units of a typical change.
 */
export interface Layout {
  readonly size: number
  readonly beta: number
  readonly gamma: number
  readonly phi: number
  readonly level: number
  readonly slope: number
  readonly season: number
  readonly regressors: number
}

const LOW = 1e-4
const HIGH = 0.9999
const PHI_LOW = 0.8
const PHI_HIGH = 0.98
const INSIDE = 1e-6

export function layoutOf(shape: Shape, damped: boolean, regressors: number): Layout {
  let size = 1
  const take = (wanted: boolean, count = 1): number => {
    if (!wanted) return -1
    size += count
    return size - count
  }
  const beta = take(shape.trend)
  const gamma = take(shape.season !== 0)
  const phi = take(damped)
  const level = take(true)
  const slope = take(shape.trend)
  const season = take(shape.season !== 0, shape.seasonLength)
  const columns = take(regressors > 0, regressors)
  return { beta, gamma, phi, level, slope, season, regressors: columns, size }
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x))
export const logit = (p: number): number => Math.log(p / (1 - p))

/** Writes the parameters that a point stands for. */
export function decode(layout: Layout, point: Float64Array, seasonLength: number, into: Parameters): void {
  const alpha = LOW + (HIGH - LOW) * logistic(point[0]!)
  into.alpha = alpha
  into.beta = layout.beta < 0 ? 0 : LOW + (alpha - LOW) * logistic(point[layout.beta]!)
  into.gamma = layout.gamma < 0 ? 0 : LOW + (1 - alpha - LOW) * logistic(point[layout.gamma]!)
  into.phi = layout.phi < 0 ? 1 : PHI_LOW + (PHI_HIGH - PHI_LOW) * logistic(point[layout.phi]!)
  into.states[0] = point[layout.level]!
  into.states[1] = layout.slope < 0 ? 0 : point[layout.slope]!
  if (layout.season >= 0) for (let j = 0; j < seasonLength; j++) into.states[2 + j] = point[layout.season + j]!
}

/** Its inverse, for parameters that are not on the bounds: those on them are moved a little inside. */
export function encode(layout: Layout, from: Parameters, into: Float64Array): void {
  const { alpha, beta, gamma, phi, states } = from
  const within = (value: number, low: number, high: number): number =>
    logit(Math.min(1 - INSIDE, Math.max(INSIDE, (value - low) / (high - low))))
  into[0] = within(alpha, LOW, HIGH)
  if (layout.beta >= 0) into[layout.beta] = within(beta, LOW, alpha)
  if (layout.gamma >= 0) into[layout.gamma] = within(gamma, LOW, 1 - alpha)
  if (layout.phi >= 0) into[layout.phi] = within(phi, PHI_LOW, PHI_HIGH)
  into[layout.level] = states[0]!
  if (layout.slope >= 0) into[layout.slope] = states[1]!
  if (layout.season >= 0) into.set(states.subarray(2), layout.season)
}

/** Turns the gradient by parameter (`adjoint`'s order) into the gradient by coordinate. */
export function chain(
  layout: Layout,
  point: Float64Array,
  seasonLength: number,
  byParameter: Float64Array,
  into: Float64Array,
): void {
  const a = logistic(point[0]!)
  const alpha = LOW + (HIGH - LOW) * a
  let gAlpha = byParameter[0]!
  if (layout.beta >= 0) {
    const share = logistic(point[layout.beta]!)
    gAlpha += byParameter[1]! * share
    into[layout.beta] = byParameter[1]! * (alpha - LOW) * share * (1 - share)
  }
  if (layout.gamma >= 0) {
    const share = logistic(point[layout.gamma]!)
    gAlpha -= byParameter[2]! * share
    into[layout.gamma] = byParameter[2]! * (1 - alpha - LOW) * share * (1 - share)
  }
  if (layout.phi >= 0) {
    const share = logistic(point[layout.phi]!)
    into[layout.phi] = byParameter[3]! * (PHI_HIGH - PHI_LOW) * share * (1 - share)
  }
  into[0] = gAlpha * (HIGH - LOW) * a * (1 - a)
  into[layout.level] = byParameter[4]!
  if (layout.slope >= 0) into[layout.slope] = byParameter[5]!
  if (layout.season >= 0) for (let j = 0; j < seasonLength; j++) into[layout.season + j] = byParameter[6 + j]!
}
