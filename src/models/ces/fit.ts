import { bfgs, bfgsScratch } from '../../math/optimize/bfgs.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { Problem, problem } from '../../messages.ts'
import { decompose } from '../../series/decompose.ts'
import { interpolate } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import { meanChange } from '../mean-change.ts'
import type { FitBase } from '../model.ts'
import { scaled } from '../scaled.ts'
import { smallSample } from '../small-sample.ts'
import { adjoint, filter, forgets, makeTrace, type Parameters, type Shape } from './kernel.ts'
import { type CesSeasonality, type CesSpec, SEASONALITIES } from './spec.ts'

/** A fit as plain data; states are of the series over `scale`. */
export interface CesFit extends FitBase {
  readonly model: 'ces'
  readonly scale: number
  readonly seasonality: CesSeasonality
  readonly seasonLength: number
  readonly a0: number
  readonly a1: number
  readonly b0: number
  readonly b1: number
  readonly initial: readonly number[]
  readonly final: readonly number[]
  readonly observations: number
  /** Of a one-step error to come. */
  readonly variance: number
  /** −½ n ln Σe², of the scaled series, without its constant. */
  readonly logLikelihood: number
  readonly aicc: number
}

export const shapeOf = (seasonality: CesSeasonality, seasonLength: number): Shape => ({
  level: seasonality !== 'simple',
  season: seasonality === 'none' ? 'none' : seasonality === 'partial' ? 'real' : 'complex',
  seasonLength: seasonality === 'none' ? 1 : seasonLength,
})

/** Smoothing parameters and initial states. */
const parametersOf = ({ level, season, seasonLength: m }: Shape): number =>
  (level ? 4 : 0) + (season === 'none' ? 0 : season === 'real' ? 1 + m : 2 + 2 * m)

const LEAST_OBSERVED = 2
const TOLERANCE = 1e-8
const ITERATIONS = 200
/** Starts of (a0, a1) = (b0, b1): as the authors', then a slower and a quicker one. */
const STARTS = [
  [1.3, 1],
  [1.1, 1],
  [1.7, 1.05],
] as const
/** Below this an error is rounding: the likelihood has no bound. */
const EXACT = 1e-26

/** Fits the seasonality asked for, or each the data admit, by likelihood times priors. Missing observations are skipped. Throws `series_too_short`. */
export function fit(series: Series, spec: CesSpec, budget: Budget): CesFit {
  const { y, scale, observed } = scaled(series.values)
  const { seasonLength: m } = series
  const seasonal = Number.isInteger(m) && m > 1 && 2 * m <= observed
  const wanted = spec.seasonality === 'auto' ? SEASONALITIES : [spec.seasonality]
  let best: CesFit | null = null
  let evaluations = 0
  for (const seasonality of wanted) {
    if (seasonality !== 'none' && !seasonal) continue
    const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
    if (best !== null && (left.maxEvaluations <= 0 || budget.expired?.() === true)) break
    const found = observed < LEAST_OBSERVED ? null : fitOne(y, observed, scale, seasonality, m, left)
    if (found === null) continue
    evaluations += found.evaluations
    if (best === null || found.aicc < best.aicc) best = found
  }
  if (best === null) {
    const params = { observations: observed, needed: LEAST_OBSERVED }
    throw new Problem(problem('series_too_short', params, { model: 'ces', stage: 'fit' }))
  }
  return { ...best, evaluations }
}

function fitOne(
  y: Float64Array,
  observed: number,
  scale: number,
  seasonality: CesSeasonality,
  m: number,
  budget: Budget,
): CesFit | null {
  const shape = shapeOf(seasonality, m)
  const k = parametersOf(shape)
  if (observed - k - 2 <= 0 && seasonality !== 'none') return null
  const size = 2 + 2 * shape.seasonLength
  const start = startOf(y, shape)
  const parameters: Parameters = { a0: 0, a1: 0, b0: 0, b1: 0, states: new Float64Array(size) }
  const trace = makeTrace(y.length)
  const full = new Float64Array(4 + size)
  const at = coordinatesOf(shape)
  const prior = priorOf(y, shape, start, at)
  const place = (point: Float64Array): void => {
    parameters.states.set(start)
    for (const [i, to] of at.entries()) {
      if (to >= 4) parameters.states[to - 4] = point[i]!
      else if (to === 0) parameters.a0 = point[i]!
      else if (to === 1) parameters.a1 = point[i]!
      else if (to === 2) parameters.b0 = point[i]!
      else parameters.b1 = point[i]!
    }
  }
  const admissible = (): boolean => {
    const { a0, a1, b0, b1 } = parameters
    if (shape.level && !forgets(a0, a1)) return false
    if (shape.season === 'real') return b0 >= 0 && b0 < 1
    return shape.season === 'none' || forgets(b0, b1)
  }
  const objective = (point: Float64Array, gradient: Float64Array): number => {
    place(point)
    if (!admissible()) return Number.POSITIVE_INFINITY
    const squares = Math.max(EXACT, filter(shape, y, parameters, trace))
    if (!Number.isFinite(squares)) return Number.POSITIVE_INFINITY
    adjoint(shape, y, parameters, trace, (2 * observed) / squares, full)
    for (const [i, to] of at.entries()) gradient[i] = full[to]!
    let penalty = 0
    for (let i = 0; i < at.length; i++) {
      const away = point[i]! - prior.centre[i]!
      penalty += prior.precision[i]! * away * away
      gradient[i]! += 2 * prior.precision[i]! * away
    }
    return observed * Math.log(squares) + penalty
  }
  let best: Float64Array | null = null
  let value = Number.POSITIVE_INFINITY
  let evaluations = 0
  for (const [a0, a1] of STARTS) {
    const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
    if (best !== null && (left.maxEvaluations <= 0 || budget.expired?.() === true)) break
    const point = Float64Array.from(at, (to) =>
      to >= 4 ? start[to - 4]! : to === 0 ? a0 : to === 1 ? a1 : to === 2 ? (shape.season === 'real' ? 0.1 : a0) : a1,
    )
    const search = bfgs(objective, point, bfgsScratch(at.length), left, TOLERANCE, ITERATIONS)
    evaluations += search.evaluations
    if (search.value < value) {
      value = search.value
      best = point
    }
  }
  if (best === null) return null
  place(best)
  const initial = Array.from(parameters.states)
  const squares = Math.max(EXACT, filter(shape, y, parameters, trace))
  if (!parameters.states.every(Number.isFinite)) return null
  const count = k + 1
  const { a0, a1, b0, b1 } = parameters
  const label = seasonality === 'none' ? 'CES' : `CES(${seasonality})[${m}]`
  return {
    ...{ model: 'ces', label, evaluations, scale, seasonality, seasonLength: shape.seasonLength },
    ...{ a0, a1, b0, b1, initial, final: Array.from(parameters.states), observations: y.length },
    variance: (squares / Math.max(1, observed - k)) * (1 + k / observed),
    logLikelihood: -0.5 * observed * Math.log(squares),
    aicc: observed * Math.log(squares) + 2 * count + smallSample(observed, count),
  }
}

/**
 * Prior standard deviations around the authors' starts: without them states before the first value, two a season, fit
 * short series too well. Of (a0 or b0), of (a1 or b1), of a state in mean absolute changes.
 */
const PRIOR = { own: 0.5, potential: 0.05, state: 2 }

function priorOf(y: Float64Array, { season, seasonLength: m }: Shape, start: Float64Array, at: readonly number[]) {
  const unit = PRIOR.state * Math.max(meanChange(y, m), 1e-6)
  const centre = Float64Array.from(at, (to) =>
    to >= 4 ? start[to - 4]! : to === 0 || (to === 2 && season !== 'real') ? 1.3 : to === 2 ? 0.1 : 1,
  )
  const precision = Float64Array.from(
    at,
    (to) => 1 / (to >= 4 ? unit : to % 2 === 0 ? PRIOR.own : PRIOR.potential) ** 2,
  )
  return { centre, precision }
}

/** Where each search coordinate goes: 0 to 3 are a0, a1, b0, b1, then the states. */
function coordinatesOf({ level, season, seasonLength: m }: Shape): number[] {
  const states = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => 4 + from + i)
  return [
    ...(level ? [0, 1, ...states(0, 2)] : []),
    ...(season === 'none' ? [] : season === 'real' ? [2, ...states(2, m)] : [2, 3, ...states(2, 2 * m)]),
  ]
}

/** The potential of a constant level, as the authors start it. */
const POTENTIAL = 1 / 1.1
const FIRST = 10

function startOf(y: Float64Array, { level, season, seasonLength: m }: Shape): Float64Array {
  const states = new Float64Array(2 + 2 * m)
  const complete = interpolate(y, m)
  const head = complete.subarray(0, Math.min(complete.length, Math.max(FIRST, m)))
  const mean = head.reduce((sum, value) => sum + value / head.length, 0)
  if (level) {
    states[0] = mean
    states[1] = mean * POTENTIAL
  }
  if (season === 'none') return states
  const { figure } = decompose(complete, m)
  for (let j = 0; j < m; j++) {
    const own = (Number.isFinite(figure[j]!) ? figure[j]! : 0) + (level ? 0 : mean)
    states[2 + j] = own
    if (season === 'complex') states[2 + m + j] = own * POTENTIAL
  }
  return states
}
