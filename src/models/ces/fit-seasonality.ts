import { bfgs, bfgsScratch } from '../../math/optimize/bfgs.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { smallSample } from '../small-sample.ts'
import { forgets, pairWall, realWall } from './forgetting.ts'
import { adjoint, filter, type Parameters, put, type Shape } from './kernel.ts'
import { type CesMember, shapeOf } from './member.ts'
import type { CesSeasonality } from './spec.ts'
import { type History, startOf } from './start.ts'
import { unitsOf } from './units.ts'

/** A fitted seasonality, and what it cost. */
export interface Fitted {
  readonly member: CesMember
  readonly evaluations: number
}

const TOLERANCE = 1e-5
const ITERATIONS = 200
/** Below this a sum of squares is rounding: the likelihood has no bound. */
const EXACT = 1e-26

/** Smoothing parameters and initial states. */
const parameterCount = ({ level, season, seasonLength: m }: Shape): number =>
  (level ? 4 : 0) + (season === 'none' ? 0 : season === 'real' ? 1 + m : 2 + 2 * m)

/**
 * Likelihood times priors at its maximum, the better of the one from each start; null where the data are too few. `near`:
 * an estimate on nearly the same history, of the same scale, that is followed alone.
 */
export function fitSeasonality(
  history: History,
  seasonality: CesSeasonality,
  budget: Budget,
  near: CesMember | null = null,
): Fitted | null {
  const shape = shapeOf(seasonality, history.seasonLength)
  if (history.observed - parameterCount(shape) - 2 <= 0 && seasonality !== 'none') return null
  const followed = near === null ? null : search(history, seasonality, shape, near.returns, budget, near)
  if (followed !== null) return followed
  const lasting = search(history, seasonality, shape, false, budget)
  if (!shape.level || shape.season === 'none') return lasting
  const spent = lasting?.evaluations ?? 0
  const left = { maxEvaluations: budget.maxEvaluations - spent, expired: budget.expired }
  if (lasting !== null && (left.maxEvaluations <= 0 || budget.expired?.() === true)) return lasting
  const returning = search(history, seasonality, shape, true, left)
  if (lasting === null || returning === null) return lasting ?? returning
  const { member } = returning.member.aicc < lasting.member.aicc ? returning : lasting
  return { member, evaluations: spent + returning.evaluations }
}

function search(
  history: History,
  seasonality: CesSeasonality,
  shape: Shape,
  returns: boolean,
  budget: Budget,
  near: CesMember | null = null,
): Fitted | null {
  const { y, observed, trace } = history
  const start = startOf(history, shape, returns)
  const { places, centre, deviation } = start
  const states = new Float64Array(2 + 2 * shape.seasonLength)
  const parameters: Parameters = { a0: 0, a1: 0, b0: 0, b1: 0, states }
  const full = new Float64Array(4 + states.length)
  const unit = unitsOf(history, shape, start, parameters)
  // coordinates are deviations from the centre in units of what prior and data leave open, so that all weigh alike
  const place = (point: Float64Array): void => {
    states.fill(0)
    for (let i = 0; i < places.length; i++) put(parameters, places[i]!, centre[i]! + point[i]! * unit[i]!)
  }
  const objective = (point: Float64Array, gradient: Float64Array): number => {
    place(point)
    if (!admissible(shape, parameters)) return Number.POSITIVE_INFINITY
    const squares = Math.max(EXACT, filter(shape, y, parameters, trace))
    if (!Number.isFinite(squares)) return Number.POSITIVE_INFINITY
    adjoint(shape, y, parameters, trace, (2 * observed) / squares, full)
    let penalty = wall(shape, parameters, full)
    for (let i = 0; i < places.length; i++) {
      const prior = (point[i]! * unit[i]!) / deviation[i]!
      penalty += prior * prior
      gradient[i] = full[places[i]!]! * unit[i]! + (2 * prior * unit[i]!) / deviation[i]!
    }
    return observed * Math.log(squares) + penalty
  }
  const point = new Float64Array(places.length)
  if (near !== null) {
    const known = [near.a0, near.a1, near.b0, near.b1, ...near.initial]
    for (let i = 0; i < places.length; i++) point[i] = (known[places[i]!]! - centre[i]!) / unit[i]!
  }
  const { value, evaluations } = bfgs(objective, point, bfgsScratch(point.length), budget, TOLERANCE, ITERATIONS)
  if (!Number.isFinite(value)) return null
  place(point)
  const initial = Array.from(states)
  const squares = Math.max(EXACT, filter(shape, y, parameters, trace))
  if (!states.every(Number.isFinite)) return null
  const k = parameterCount(shape)
  const { a0, a1, b0, b1 } = parameters
  const member = {
    label: seasonality === 'none' ? 'CES' : `CES(${seasonality})[${shape.seasonLength}]`,
    ...{ weight: 1, seasonality, seasonLength: shape.seasonLength, returns },
    ...{ a0, a1, b0, b1, initial, final: Array.from(states) },
    variance: (squares / Math.max(1, observed - k)) * (1 + k / observed),
    logLikelihood: -0.5 * observed * Math.log(squares),
    aicc: observed * Math.log(squares) + 2 * (k + 1) + smallSample(observed, k + 1),
  }
  return { member, evaluations }
}

function admissible({ level, season }: Shape, { a0, a1, b0, b1 }: Parameters): boolean {
  if (level && !forgets(a0, a1)) return false
  if (season === 'real') return b0 > 0 && b0 < 1
  return season === 'none' || forgets(b0, b1)
}

/** The prior against parameters near those that no longer forget; adds its gradient. */
function wall({ level, season }: Shape, { a0, a1, b0, b1 }: Parameters, gradient: Float64Array): number {
  const ofLevel = level ? pairWall(a0, a1, gradient, 0) : 0
  if (season === 'none') return ofLevel
  return ofLevel + (season === 'real' ? realWall(b0, gradient, 2) : pairWall(b0, b1, gradient, 2))
}
