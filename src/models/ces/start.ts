import { seasonalFigure } from '../../series/decompose.ts'
import { interpolate } from '../../series/missing.ts'
import { meanChange } from '../mean-change.ts'
import { makeTrace, type Shape, type Trace } from './kernel.ts'

/**
 * Where a search starts and what its priors are centred on. Two kinds: a level that lasts, with the season around it, and
 * a level that returns to zero, with the mean in the season: both are maxima of the likelihood, and daily data prefer the second.
 */
export interface Start {
  /** Of each search coordinate: a0, a1, b0, b1 where the shape has them, then the states. */
  readonly centre: Float64Array
  /** Standard deviations of the priors. */
  readonly deviation: Float64Array
  /** Where each coordinate goes: 0 to 3 are a0, a1, b0, b1, then the states. */
  readonly places: readonly number[]
}

/**
 * Without priors the states before the first value, two a season, fit short series too well. States in mean
 * absolute changes; potentials, which bend the path, by 1 / √ of the season: periods within a year bring less growth each.
 */
const DEVIATION = { own: 0.5, potential: 0.05, state: 1 }
const LASTING = { a0: 1.3, a1: 1, b0: 1.3 }
const RETURNING = { a0: 1.2, a1: 0.88, b0: 1.1 }
const REAL_SEASON = 0.1

/** What all searches of a series share. */
export interface History {
  readonly y: Float64Array
  readonly observed: number
  readonly seasonLength: number
  /** Without and with its season. */
  readonly ground: { readonly plain: Ground; readonly seasonal: Ground }
  readonly trace: Trace
}

interface Ground {
  /** Mean of the first values: a season, or ten. */
  readonly mean: number
  /** The season around its mean; 0 where it cannot be known. */
  readonly figure: Float64Array
  /** Mean absolute change from a season (or a step) before. */
  readonly change: number
}

const FIRST = 10

export function historyOf(y: Float64Array, observed: number, seasonLength: number): History {
  const plain = groundOf(y, 1)
  const seasonal = seasonLength > 1 ? groundOf(y, seasonLength) : plain
  return { y, observed, seasonLength, ground: { plain, seasonal }, trace: makeTrace(y.length) }
}

function groundOf(y: Float64Array, seasonLength: number): Ground {
  const complete = interpolate(y, seasonLength)
  const head = complete.subarray(0, Math.min(complete.length, Math.max(FIRST, seasonLength)))
  const { figure } = seasonalFigure(complete, seasonLength)
  return {
    mean: head.reduce((sum, value) => sum + value / head.length, 0),
    figure: Float64Array.from({ length: seasonLength }, (_, j) => (Number.isFinite(figure[j]!) ? figure[j]! : 0)),
    change: meanChange(y, seasonLength),
  }
}

export function startOf(history: History, shape: Shape, returns: boolean): Start {
  const { season } = shape
  const ground = season === 'none' ? history.ground.plain : history.ground.seasonal
  const places = placesOf(shape)
  const states = statesOf(ground, shape, returns)
  const { a0, a1, b0 } = returns ? RETURNING : LASTING
  const smoothing = [a0, a1, season === 'real' ? REAL_SEASON : b0, 1]
  const unit = DEVIATION.state * Math.max(ground.change, 1e-6)
  const potential = DEVIATION.potential / Math.sqrt(history.seasonLength)
  return {
    places,
    centre: Float64Array.from(places, (to) => (to >= 4 ? states[to - 4]! : smoothing[to]!)),
    deviation: Float64Array.from(places, (to) => (to >= 4 ? unit : to % 2 === 0 ? DEVIATION.own : potential)),
  }
}

function placesOf({ level, season, seasonLength: m }: Shape): number[] {
  const states = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => 4 + from + i)
  return [
    ...(level ? [0, 1, ...states(0, 2)] : []),
    ...(season === 'none' ? [] : season === 'real' ? [2, ...states(2, m)] : [2, 3, ...states(2, 2 * m)]),
  ]
}

/** The potential of a constant level, as the authors start it. */
const POTENTIAL = 1 / 1.1

function statesOf({ mean, figure }: Ground, { level, season, seasonLength: m }: Shape, returns: boolean): Float64Array {
  const states = new Float64Array(2 + 2 * m)
  if (level && !returns) {
    states[0] = mean
    states[1] = mean * POTENTIAL
  }
  if (season === 'none') return states
  for (let j = 0; j < m; j++) {
    const own = figure[j]! + (level && !returns ? 0 : mean)
    states[2 + j] = own
    if (season === 'complex') states[2 + m + j] = own * POTENTIAL
  }
  return states
}
