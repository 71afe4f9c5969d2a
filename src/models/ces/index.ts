import type { Series } from '../../series/series.ts'
import { combine } from '../combine.ts'
import type { Forecast } from '../forecast.ts'
import type { Model } from '../model.ts'
import { type CesFit, fit, refit } from './fit.ts'
import { filter, makeTrace } from './kernel.ts'
import { type CesMember, course, parametersOf, shapeOf } from './member.ts'
import { type CesSpec, check } from './spec.ts'

export type { CesFit } from './fit.ts'
export type { CesMember } from './member.ts'
export type { CesSpec } from './spec.ts'

/**
 * Complex exponential smoothing (Svetunkov & Kourentzes 2018; Svetunkov, Kourentzes & Ord 2022, Naval Research
 * Logistics 69): a level whose companion lets it bend without a trend of its own; its seasonalities averaged by default.
 */
export const ces: Model<CesSpec, CesFit> = { name: 'ces', check, fit, update, refit, forecast }

function update(fitted: CesFit, series: Series): CesFit {
  const y = series.values.map((value) => value / fitted.scale)
  const members = fitted.members.map((member) => {
    const parameters = parametersOf(member, member.initial)
    filter(shapeOf(member.seasonality, member.seasonLength), y, parameters, makeTrace(y.length))
    return { ...member, final: Array.from(parameters.states) }
  })
  return { ...fitted, evaluations: 0, observations: y.length, members }
}

/** The weighted mean of the members' quantiles. */
function forecast({ members, scale, observations }: CesFit, horizon: number): Forecast {
  const parts = members.map((member) => forecastOf(member, observations, horizon))
  // on the scaled series: squares of very large values would leave the range of doubles
  const { mean, spread } =
    parts.length === 1
      ? parts[0]!
      : combine(
          parts,
          members.map(({ weight }) => weight),
          'mean',
        )
  const rescaled = (values: Float64Array): Float64Array => values.map((value) => value * scale)
  if (spread.kind === 'normal') return { mean: rescaled(mean), spread: { ...spread, sd: rescaled(spread.sd) } }
  if (spread.kind === 'quantiles')
    return { mean: rescaled(mean), spread: { ...spread, values: rescaled(spread.values) } }
  return { mean: rescaled(mean), spread }
}

/** Exact: the model is linear, an error's effect on the steps after it is the path it starts from nothing. */
function forecastOf(member: CesMember, observations: number, horizon: number): Forecast {
  const shape = shapeOf(member.seasonality, member.seasonLength)
  const mean = course(shape, parametersOf(member, member.final), observations, horizon)
  const none = member.final.map(() => 0)
  const response = course(shape, parametersOf(member, none), 0, horizon, 1)
  response[0] = 1
  const sd = new Float64Array(horizon)
  let squares = 0
  for (let h = 0; h < horizon; h++) {
    squares += response[h]! ** 2
    sd[h] = Math.sqrt(member.variance * squares)
  }
  return { mean, spread: { kind: 'normal', sd, response } }
}
