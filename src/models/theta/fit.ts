import type { Budget } from '../../math/optimize/budget.ts'
import { Problem, problem } from '../../messages.ts'
import { observedRange } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import type { FitBase } from '../model.ts'
import { scaled } from '../scaled.ts'
import { adjust, type Season, seasonsOf } from '../seasonal-figure.ts'
import { type AdjustedFit, fitAdjusted } from './fit-adjusted.ts'
import type { State } from './kernel.ts'
import { labelOf, type ThetaSpec, type ThetaVariant } from './spec.ts'

/** A fit as plain data. States and variance are of the seasonally adjusted series over `scale`, less `origin`. */
export interface ThetaFit extends FitBase {
  readonly model: 'theta'
  readonly variant: ThetaVariant
  readonly scale: number
  readonly origin: number
  readonly seasonLength: number
  readonly season: { readonly kind: Season['kind']; readonly figure: readonly number[] } | null
  /** Position in the season of the first period forecast. */
  readonly phase: number
  readonly state: State
  /** Level before the first observation. */
  readonly initial: number
  /** Of a one-step error. */
  readonly variance: number
  /** Gaussian, of the scaled series, without its constant and without priors: −½ (n ln Σe² + 2 Σ ln index). */
  readonly logLikelihood: number
}

const LEAST_OBSERVED = 2
/** Smoothing level, weight of the line, initial level. */
const PARAMETERS = 3

/**
 * Takes the season out that gives the largest likelihood (or none), then fits the level and the theta line.
 * Missing observations are skipped; only the season is found on interpolated values. Throws `series_too_short`.
 */
export const fit = (series: Series, spec: ThetaSpec, budget: Budget): ThetaFit => estimated(series, spec, budget, null)

/** Alpha is looked for near that of an earlier fit; all else is found as by `fit`. */
export const refit = (earlier: ThetaFit, series: Series, spec: ThetaSpec, budget: Budget): ThetaFit =>
  estimated(series, spec, budget, earlier.state.alpha)

function estimated(series: Series, spec: ThetaSpec, budget: Budget, near: number | null): ThetaFit {
  const { y: whole, scale, observed } = scaled(series.values)
  if (observed < LEAST_OBSERVED) {
    const params = { observations: observed, needed: LEAST_OBSERVED }
    throw new Problem(problem('series_too_short', params, { model: 'theta', stage: 'fit' }))
  }
  const y = whole.subarray(observedRange(whole)!.first)
  const { seasonLength } = series
  const seasons = seasonsOf(y, seasonLength, spec.season, spec.estimation)
  let best: { season: Season | null; origin: number; fit: AdjustedFit; logs: number } | null = null
  let evaluations = 0
  for (const season of seasons.length === 0 ? [null] : seasons) {
    const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
    if (best !== null && (left.maxEvaluations <= 0 || budget.expired?.() === true)) break
    const adjusted = season === null ? y : adjust(y, season)
    const origin = adjusted[0]!
    const moved = adjusted.slice()
    for (let i = 0; i < moved.length; i++) moved[i]! -= origin
    const found = fitAdjusted(moved, observed, spec, left, near)
    evaluations += found.evaluations
    const logs = season?.kind === 'multiplicative' ? logIndices(y, season.figure, observed - found.count) : 0
    if (best === null || found.value + 2 * logs < best.fit.value + 2 * best.logs)
      best = { season, origin, fit: found, logs }
  }
  const { season, origin, fit: chosen, logs } = best!
  // an error to come: the estimates are uncertain (final prediction error, Akaike 1969)
  const parameters = PARAMETERS + (season === null ? 0 : season.figure.length - 1)
  const widening = spec.estimation === 'map' ? 1 + parameters / observed : 1
  return {
    ...{ model: 'theta', label: labelOf(spec.variant, season?.kind ?? null, seasonLength), evaluations },
    ...{ variant: spec.variant, scale, origin, seasonLength },
    season: season === null ? null : { kind: season.kind, figure: Array.from(season.figure) },
    phase: season === null ? 0 : y.length % seasonLength,
    ...{ state: chosen.state, initial: chosen.initial, variance: chosen.variance * widening },
    logLikelihood: -0.5 * (chosen.count * Math.log(chosen.squares) + 2 * logs),
  }
}

/** Σ ln index over the observations whose errors count: the Jacobian of dividing by the season. */
function logIndices(y: Float64Array, figure: Float64Array, warmUp: number): number {
  let sum = 0
  let seen = 0
  for (let t = 0; t < y.length; t++)
    if (!Number.isNaN(y[t]!) && ++seen > warmUp) sum += Math.log(figure[t % figure.length]!)
  return sum
}
