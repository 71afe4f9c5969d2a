import learned from './coefficients.json' with { type: 'json' }
import { evaluate, type Network, shares } from './network.ts'

/** The models that weights were learned for, in their order: the members, then the ballast. */
const MIXED: readonly (readonly string[])[] = [
  ...[['ets'], ['theta'], ['arima'], ['ces']],
  ...[
    ['seasonal_naive', 'naive'],
    ['seasonally_adjusted_drift', 'drift'],
    ['seasonally_adjusted_naive', 'naive'],
  ],
]

/** Were weights learned for just these models? */
export const isMixed = (names: readonly string[]): boolean =>
  names.length === MIXED.length && MIXED.every((allowed, i) => allowed.includes(names[i]!))

/** What `scripts/train-weights.ts` found: three networks, and the weights of each cohort for stacking. */
export interface Coefficients {
  readonly version: string
  readonly weights: Network
  readonly spread: Network
  readonly confidence: Network
  /** Weights of members by registry name, by `cohortOf`. */
  readonly cohorts: Readonly<Record<string, Readonly<Record<string, number>>>>
}

const COEFFICIENTS: Coefficients = learned

/** Enters the key of every result: other coefficients give other forecasts. */
export const WEIGHTS_VERSION = COEFFICIENTS.version

/** How forecasts become one, as learned on other series. */
export interface Mixture {
  /** Of each member and the ballast, sum 1. */
  readonly weights: Float64Array
  /** By step, in units of the scale: what the weighted mean is moved by. */
  readonly move: Float64Array
}

/** How far the answer goes from the median of the members to what was learned, which is uncertain too. */
export const FROM_MEDIAN = 0.7

/** Outputs of the network of weights. */
export const MIXTURE_OUTPUTS = MIXED.length + 2

/** The mixture for some inputs. */
export const learnedMixture = (inputs: readonly number[], path: Path, coefficients = COEFFICIENTS): Mixture =>
  mixtureOf(evaluate(coefficients.weights, inputs), path)

/** Steps that a forecast has, and the horizon that was asked for, beyond which the move grows no more. */
export interface Path {
  readonly steps: number
  readonly horizon: number
}

/** What the outputs of the network of weights mean: shares before softmax, then the level and the rise of the move. */
export function mixtureOf(outputs: Float64Array, { steps, horizon }: Path): Mixture {
  const level = outputs[MIXED.length]!
  const rise = outputs[MIXED.length + 1]!
  const move = new Float64Array(steps)
  for (let h = 0; h < steps; h++) move[h] = level + rise * Math.min(1, (h + 1) / horizon)
  return { weights: shares(outputs.subarray(0, MIXED.length)), move }
}

/** What half the width of a band is multiplied by, at 80 % and 95 %, by step: exp(a + b ln h), from a quarter to four times. */
export function widthFactors(
  inputs: readonly number[],
  horizon: number,
  coefficients = COEFFICIENTS,
): { readonly at80: Float64Array; readonly at95: Float64Array } {
  const outputs = evaluate(coefficients.spread, inputs)
  const path = (a: number, b: number): Float64Array => {
    const factors = new Float64Array(horizon)
    for (let h = 0; h < horizon; h++) factors[h] = Math.exp(bounded(a + b * stepOf(h)))
    return factors
  }
  return { at80: path(outputs[0]!, outputs[1]!), at95: path(outputs[2]!, outputs[3]!) }
}

/** Step h (from 0) as the network of widths knows it. */
export const stepOf = (h: number): number => Math.log(h + 1) - 1
const MOST = Math.log(4)
export const bounded = (x: number): number => MOST * Math.tanh(x / MOST)

const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** Probabilities that the total is within `tolerance` (a share) of what comes, and that the seasonal naive is beaten. */
export function probabilities(
  inputs: readonly number[],
  tolerance: number,
  coefficients = COEFFICIENTS,
): { readonly withinTolerance: number; readonly beatsNaive: number } {
  const [a, b, c] = evaluate(coefficients.confidence, inputs) as unknown as [number, number, number]
  return {
    withinTolerance: logistic(a + slopeOf(b) * Math.log(tolerance / REFERENCE_TOLERANCE)),
    beatsNaive: logistic(c),
  }
}

export const REFERENCE_TOLERANCE = 0.25
/** How fast the probability rises with the logarithm of the tolerance; above 0. */
export const slopeOf = (b: number): number => Math.exp(Math.max(-2, Math.min(2, b)))

const SEASONS: readonly (readonly [most: number, name: string])[] = [
  [1, 'none'],
  [4, 'quarterly'],
  [12, 'monthly'],
  [Number.POSITIVE_INFINITY, 'long'],
]

/** Series that are alike enough to share weights: by season length and whether the history is short. */
export function cohortOf(seasonLength: number, observations: number): string {
  const season = SEASONS.find(([most]) => seasonLength <= most)![1]
  return `${season}/${observations < 5 * Math.max(seasonLength, 6) ? 'short' : 'long'}`
}

/** The weights of a cohort for some members, of sum 1; null where one of them is not known there. */
export function cohortPrior(
  members: readonly string[],
  seasonLength: number,
  observations: number,
  coefficients = COEFFICIENTS,
): Float64Array | null {
  const known = coefficients.cohorts[cohortOf(seasonLength, observations)] ?? {}
  const weights = Float64Array.from(members, (name) => known[name] ?? Number.NaN)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return total > 0 ? weights.map((weight) => weight / total) : null
}
