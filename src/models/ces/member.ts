import { filter, makeTrace, type Parameters, type Shape } from './kernel.ts'
import type { CesSeasonality } from './spec.ts'

/** One fitted seasonality as plain data; states are of the scaled series. */
export interface CesMember {
  readonly label: string
  readonly weight: number
  readonly seasonality: CesSeasonality
  readonly seasonLength: number
  /** Found from a level that returns to zero; see `start.ts`. */
  readonly returns: boolean
  readonly a0: number
  readonly a1: number
  readonly b0: number
  readonly b1: number
  readonly initial: readonly number[]
  readonly final: readonly number[]
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

export const parametersOf = ({ a0, a1, b0, b1 }: CesMember, states: readonly number[]): Parameters => ({
  ...{ a0, a1, b0, b1 },
  states: Float64Array.from(states),
})

/** The path from these states at this time on, with an error of this size at its first step. Leaves the states as they are then. */
export function course(shape: Shape, parameters: Parameters, time: number, horizon: number, error = 0): Float64Array {
  const unseen = new Float64Array(horizon).fill(Number.NaN)
  const path = new Float64Array(horizon)
  if (horizon === 0) return path
  const { states } = parameters
  if (error !== 0)
    unseen[0] = states[0]! + (shape.season === 'none' ? 0 : states[2 + (time % shape.seasonLength)]!) + error
  filter(shape, unseen, parameters, makeTrace(horizon), time, path)
  return path
}

const ORIGINS = 8
const LEAST_AHEAD = 6

/** Mean squared error of forecasts a season ahead, from origins in the second half of the history. */
export function errorAhead(member: CesMember, y: Float64Array, seasonLength: number): number {
  const n = y.length
  const horizon = Math.min(Math.max(seasonLength, LEAST_AHEAD), Math.floor(n / 4))
  const parameters = parametersOf(member, member.initial)
  const shape = shapeOf(member.seasonality, member.seasonLength)
  const trace = makeTrace(n)
  const ahead: Parameters = { ...parameters, states: parameters.states.slice() }
  const half = Math.floor(n / 2)
  let at = 0
  let sum = 0
  let count = 0
  for (let o = 0; o < ORIGINS; o++) {
    const origin = half + Math.floor(((n - horizon - half) * o) / (ORIGINS - 1))
    if (origin <= at) continue
    filter(shape, y.subarray(at, origin), parameters, trace, at)
    at = origin
    ahead.states.set(parameters.states)
    const path = course(shape, ahead, origin, horizon)
    for (let h = 0; h < horizon; h++) {
      const error = y[origin + h]! - path[h]!
      if (Number.isNaN(error)) continue
      sum += error * error
      count++
    }
  }
  return sum / count
}
