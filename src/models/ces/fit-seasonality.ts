import { bfgs, bfgsScratch } from '../../math/optimize/bfgs.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { smallSample } from '../small-sample.ts'
import { adjoint, filter, forgets, makeTrace, type Parameters, type Shape } from './kernel.ts'
import { type CesMember, shapeOf } from './member.ts'
import type { CesSeasonality } from './spec.ts'
import { startOf } from './start.ts'

/** A fitted seasonality, and what it cost. */
export interface Fitted {
  readonly member: CesMember
  readonly evaluations: number
}

const TOLERANCE = 1e-6
const ITERATIONS = 200
/** Below this a sum of squares is rounding: the likelihood has no bound. */
const EXACT = 1e-26

/** Smoothing parameters and initial states. */
const parameterCount = ({ level, season, seasonLength: m }: Shape): number =>
  (level ? 4 : 0) + (season === 'none' ? 0 : season === 'real' ? 1 + m : 2 + 2 * m)

/** Likelihood times priors at its maximum, the better of the one from each start; null where the data are too few. */
export function fitSeasonality(
  y: Float64Array,
  observed: number,
  seasonality: CesSeasonality,
  seasonLength: number,
  budget: Budget,
): Fitted | null {
  const shape = shapeOf(seasonality, seasonLength)
  if (observed - parameterCount(shape) - 2 <= 0 && seasonality !== 'none') return null
  const lasting = search(y, observed, seasonality, shape, false, budget)
  if (!shape.level || shape.season === 'none') return lasting
  const spent = lasting?.evaluations ?? 0
  const left = { maxEvaluations: budget.maxEvaluations - spent, expired: budget.expired }
  if (lasting !== null && (left.maxEvaluations <= 0 || budget.expired?.() === true)) return lasting
  const returning = search(y, observed, seasonality, shape, true, left)
  if (lasting === null || returning === null) return lasting ?? returning
  const { member } = returning.member.aicc < lasting.member.aicc ? returning : lasting
  return { member, evaluations: spent + returning.evaluations }
}

function search(
  y: Float64Array,
  observed: number,
  seasonality: CesSeasonality,
  shape: Shape,
  returns: boolean,
  budget: Budget,
): Fitted | null {
  const { places, centre, deviation } = startOf(y, shape, returns)
  const states = new Float64Array(2 + 2 * shape.seasonLength)
  const parameters: Parameters = { a0: 0, a1: 0, b0: 0, b1: 0, states }
  const trace = makeTrace(y.length)
  const full = new Float64Array(4 + states.length)
  // coordinates are deviations from the centre in units of the prior, so that all weigh alike
  const place = (point: Float64Array): void => {
    states.fill(0)
    for (let i = 0; i < places.length; i++) {
      const to = places[i]!
      const value = centre[i]! + point[i]! * deviation[i]!
      if (to >= 4) states[to - 4] = value
      else if (to === 0) parameters.a0 = value
      else if (to === 1) parameters.a1 = value
      else if (to === 2) parameters.b0 = value
      else parameters.b1 = value
    }
  }
  const objective = (point: Float64Array, gradient: Float64Array): number => {
    place(point)
    if (!admissible(shape, parameters)) return Number.POSITIVE_INFINITY
    const squares = Math.max(EXACT, filter(shape, y, parameters, trace))
    if (!Number.isFinite(squares)) return Number.POSITIVE_INFINITY
    adjoint(shape, y, parameters, trace, (2 * observed) / squares, full)
    let penalty = 0
    for (let i = 0; i < places.length; i++) {
      penalty += point[i]! * point[i]!
      gradient[i] = full[places[i]!]! * deviation[i]! + 2 * point[i]!
    }
    return observed * Math.log(squares) + penalty
  }
  const point = new Float64Array(places.length)
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
    ...{ weight: 1, seasonality, seasonLength: shape.seasonLength, a0, a1, b0, b1, initial, final: Array.from(states) },
    variance: (squares / Math.max(1, observed - k)) * (1 + k / observed),
    logLikelihood: -0.5 * observed * Math.log(squares),
    aicc: observed * Math.log(squares) + 2 * (k + 1) + smallSample(observed, k + 1),
  }
  return { member, evaluations }
}

function admissible({ level, season }: Shape, { a0, a1, b0, b1 }: Parameters): boolean {
  if (level && !forgets(a0, a1)) return false
  if (season === 'real') return b0 >= 0 && b0 < 1
  return season === 'none' || forgets(b0, b1)
}
