import { totalMoments } from '../../models/bands.ts'
import type { Forecast } from '../../models/forecast.ts'
import { interpolate } from '../../series/missing.ts'
import { demandIn, traitsOf } from '../features/index.ts'
import type { Gathered } from '../gather.ts'
import {
  calmInputs,
  courseInputs,
  described,
  type Known,
  levelInput,
  memberInputs,
  recentInputs,
  scaleOf,
  shapeInputs,
  sparseInputs,
  totalInputs,
  trialInputs,
} from './inputs.ts'

/** With what errors are scaled by, and the inputs that hang on nothing else: several networks have them. */
export type Described = Known & {
  readonly scale: number
  readonly shape: readonly number[]
  readonly level: number
  readonly tried: readonly number[]
  readonly calm: readonly number[]
}

/** What the networks may know of a series before its future; `horizon` steps are looked at. */
export function knownOf({ fitted, finding, validation, pool }: Gathered, horizon: number): Described {
  const { values, seasonLength } = fitted
  const complete = described(interpolate(values, seasonLength))
  const standard = validation?.tried.find(({ candidate }) => candidate === null) ?? validation?.tried[0] ?? null
  const known: Known = {
    values: complete,
    traits: traitsOf(complete, seasonLength),
    observations: finding.features.observations,
    seasonLength,
    horizon,
    trials: pool.candidates.length > 1 ? (standard?.trials ?? null) : null,
    yardstickLoss: validation?.yardstickLoss ?? Number.NaN,
  }
  const scale = scaleOf(complete, seasonLength)
  return {
    ...known,
    scale,
    shape: shapeInputs(known),
    level: levelInput(known, scale),
    tried: trialInputs(known, scale),
    calm: calmInputs(known),
  }
}

/** The first inputs of each network. */
const commonInputs = (known: Described, centre: Float64Array): number[] => [
  ...known.shape,
  ...courseInputs(known, centre, known.scale),
  known.level,
]

/** Inputs of the network of weights: `paths` are those of the members, then of the ballast. */
export function weightInputs(
  known: Described,
  gathered: Gathered,
  names: readonly string[],
  paths: readonly Float64Array[],
  centre: Float64Array,
): number[] {
  const { horizon, scale } = known
  const cut = (path: Float64Array): Float64Array => path.subarray(0, horizon)
  const shown = paths.map(cut)
  const middle = cut(centre)
  const losses = names.map(
    (name) => gathered.validation?.tried.find((one) => one.candidate !== null && one.name === name)?.loss ?? Number.NaN,
  )
  return [
    ...commonInputs(known, middle),
    ...memberInputs(shown, losses, middle, scale),
    ...known.tried,
    ...recentInputs(known, shown, middle, scale),
  ]
}

/** Inputs of the network of widths. */
export function spreadInputs(known: Described, forecast: Forecast): number[] {
  const centre = forecast.mean.subarray(0, known.horizon)
  return [...commonInputs(known, centre), ...known.tried, ...known.calm]
}

/** Inputs of the network of confidence: of the answer as it is published. */
export function confidenceInputs(known: Described, forecast: Forecast): number[] {
  const { mean, sd } = totalMoments(forecast, 1, known.horizon)
  return [
    ...spreadInputs(known, forecast),
    ...totalInputs(known, mean, sd, known.scale),
    ...sparseInputs(demandIn(known.values)),
  ]
}
