import { type Layout, logit } from './coordinates.ts'

/**
 * Priors for estimation by maximum a posteriori, as a penalty on −2 log-likelihood: a quadratic on each search coordinate.
 * Smoothing parameters are drawn towards alpha .4, beta/alpha .1, gamma/(1 − alpha) .1 and phi .9; initial states towards
 * the heuristic start, on the scale of the series' own residuals. They keep short series from being over-fitted.
 */
const CENTRES = { alpha: logit(0.4), beta: logit(0.1), gamma: logit(0.1), phi: logit((0.9 - 0.8) / 0.18) }
/** Prior standard deviations of the logits. */
const LOGIT_SD = { alpha: 1.5, beta: 1.5, gamma: 1.5, phi: 3 }
/** Of the logit of alpha above its centre: a random walk (alpha near 1) is as plausible as any level. */
const LOGIT_SD_ABOVE = 5
/** Prior standard deviation of an initial state, in mean absolute one-step changes of the series. */
const STATE_SD = 2
/** The slope changes the whole path: it is held closer. */
const SLOPE_SHARE = 0.25
/** Beyond this length the heuristic start, read off the first values, says less and less of level and slope. */
export const SHORT = 40

export interface Prior {
  readonly centre: Float64Array
  /** 1 / variance; 0 leaves a coordinate free. */
  readonly precision: Float64Array
  /** 1 / variance where alpha is above its centre. */
  readonly precisionAbove: number
}

/** Priors around the `start` of a series of `observed` values whose mean absolute change is `scale`. */
export function priorOf(
  layout: Layout,
  start: Float64Array,
  scale: number,
  multiplicativeSeason: boolean,
  level: number,
  observed: number,
): Prior {
  const centre = Float64Array.from(start)
  const precision = new Float64Array(layout.size)
  const logits = [
    [0, 'alpha'],
    [layout.beta, 'beta'],
    [layout.gamma, 'gamma'],
    [layout.phi, 'phi'],
  ] as const
  for (const [at, name] of logits) {
    if (at < 0) continue
    centre[at] = CENTRES[name]
    precision[at] = 1 / LOGIT_SD[name] ** 2
  }
  const state = Math.max(scale, 1e-6)
  const line = STATE_SD * state * Math.max(1, observed / SHORT) ** 2
  precision[layout.level] = 1 / line ** 2
  if (layout.slope >= 0) precision[layout.slope] = 1 / (SLOPE_SHARE * line) ** 2
  if (layout.season >= 0) {
    const end = layout.regressors >= 0 ? layout.regressors : layout.size
    const season = multiplicativeSeason ? state / Math.max(Math.abs(level), 1e-6) : state
    for (let j = layout.season; j < end; j++) precision[j] = 1 / (STATE_SD * season) ** 2
  }
  return { centre, precision, precisionAbove: 1 / LOGIT_SD_ABOVE ** 2 }
}

/** Adds the penalty's gradient and returns the penalty. */
export function penalty(prior: Prior, point: Float64Array, gradient: Float64Array): number {
  let sum = 0
  for (let i = 0; i < point.length; i++) {
    const distance = point[i]! - prior.centre[i]!
    const precision = i === 0 && distance > 0 ? prior.precisionAbove : prior.precision[i]!
    if (precision === 0) continue
    sum += precision * distance * distance
    gradient[i]! += 2 * precision * distance
  }
  return sum
}
