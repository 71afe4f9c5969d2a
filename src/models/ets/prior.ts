import { type Layout, logit } from './coordinates.ts'

/**
 * Priors for estimation by maximum a posteriori, as a penalty on −2 log-likelihood: a quadratic on each search coordinate.
 * Smoothing parameters are drawn towards alpha .3, beta/alpha .1, gamma/(1 − alpha) .1 and phi .9; initial states towards
 * the heuristic start, on the scale of the series' own residuals. They keep short series from being over-fitted.
 */
const CENTRES = { alpha: logit(0.3), beta: logit(0.1), gamma: logit(0.1), phi: logit((0.9 - 0.8) / 0.18) }
/** Prior standard deviation of a logit. */
export const LOGIT_SD = 1.5
/** Prior standard deviation of an initial state, in mean absolute one-step changes of the series. */
export const STATE_SD = 2
/** The slope changes the whole path: it is held closer. */
export const SLOPE_SHARE = 0.25

export interface Prior {
  readonly centre: Float64Array
  /** 1 / variance; 0 leaves a coordinate free. */
  readonly precision: Float64Array
}

export function priorOf(
  layout: Layout,
  start: Float64Array,
  scale: number,
  multiplicativeSeason: boolean,
  level: number,
): Prior {
  const centre = Float64Array.from(start)
  const precision = new Float64Array(layout.size)
  const logits: [number, number][] = [
    [0, CENTRES.alpha],
    [layout.beta, CENTRES.beta],
    [layout.gamma, CENTRES.gamma],
    [layout.phi, CENTRES.phi],
  ]
  for (const [at, value] of logits) {
    if (at < 0) continue
    centre[at] = value
    precision[at] = 1 / LOGIT_SD ** 2
  }
  const state = Math.max(scale, 1e-6)
  precision[layout.level] = 1 / (STATE_SD * state) ** 2
  if (layout.slope >= 0) precision[layout.slope] = 1 / (SLOPE_SHARE * STATE_SD * state) ** 2
  if (layout.season >= 0) {
    const season = multiplicativeSeason ? state / Math.max(Math.abs(level), 1e-6) : state
    for (let j = layout.season; j < layout.size; j++) precision[j] = 1 / (STATE_SD * season) ** 2
  }
  return { centre, precision }
}

/** Adds the penalty's gradient and returns the penalty. */
export function penalty(prior: Prior, point: Float64Array, gradient: Float64Array): number {
  let sum = 0
  for (let i = 0; i < point.length; i++) {
    const precision = prior.precision[i]!
    if (precision === 0) continue
    const distance = point[i]! - prior.centre[i]!
    sum += precision * distance * distance
    gradient[i]! += 2 * precision * distance
  }
  return sum
}
