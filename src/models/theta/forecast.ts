import type { Forecast } from '../forecast.ts'
import type { ThetaFit } from './fit.ts'
import { project, type State } from './kernel.ts'

/**
 * Share of alpha² σ² / n by which the square of the horizon adds to the variance: 6/5 is what the slope of a line through
 * n points of a random walk varies by (Durlauf & Phillips 1988, Econometrica 56), and it is doubled for a trend that need not
 * go on: so scored, the bands of all four sets of M3 are better (MSIS).
 */
const DRIFT_VARIANCE = 2 * (6 / 5)

/**
 * Mean: the future without errors, the season put back. Spread: normal. The recursion is linear in its errors, so the
 * variance at step h is σ² times the sum of squares of the effects of the errors at steps 1 to h, each followed by itself:
 * σ² (1 + (h − 1) α²) for static lines; a dynamic line learns from the future and adds to it. To this comes what is not
 * known of the drift; other parameters count as known. `response` is the effect of the first error.
 */
export function forecast(fit: ThetaFit, horizon: number): Forecast {
  const { state, scale, origin } = fit
  const mean = new Float64Array(horizon).fill(origin)
  project(state, -1, mean)
  const sd = new Float64Array(horizon)
  const response = new Float64Array(horizon)
  const still = atRest(state)
  const effect = new Float64Array(horizon)
  const last = state.dynamic ? horizon : Math.min(1, horizon)
  for (let shock = 0; shock < last; shock++) {
    effect.fill(0)
    project(still, shock, effect)
    if (shock === 0) response.set(effect)
    for (let h = shock; h < horizon; h++) sd[h]! += effect[h]! ** 2
  }
  let squares = 0
  for (let h = 0; h < horizon; h++) {
    // with a static line every error has the effects of the first, later
    squares += response[h]! ** 2
    const index = fit.season === null ? null : fit.season.figure[(fit.phase + h) % fit.season.figure.length]!
    const factor = fit.season?.kind === 'multiplicative' ? index! : 1
    const addend = fit.season?.kind === 'additive' ? index! : 0
    const drift = (DRIFT_VARIANCE * ((h + 1) * state.alpha) ** 2) / state.line.count
    sd[h] = Math.sqrt(((state.dynamic ? sd[h]! : squares) + drift) * fit.variance) * factor * scale
    mean[h] = (mean[h]! * factor + addend) * scale
  }
  return { mean, spread: { kind: 'normal', sd, response } }
}

/** The same recursion from zero: what remains is the effect of a shock. */
const atRest = (state: State): State => ({
  ...state,
  ...{ level: 0, intercept: 0, slope: 0 },
  line: { ...state.line, meanValue: 0, products: 0 },
})
