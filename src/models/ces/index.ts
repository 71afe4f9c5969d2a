import type { Series } from '../../series/series.ts'
import type { Forecast } from '../forecast.ts'
import type { Model } from '../model.ts'
import { type CesFit, fit, shapeOf } from './fit.ts'
import { filter, makeTrace, type Parameters } from './kernel.ts'
import { type CesSpec, check } from './spec.ts'

export type { CesFit } from './fit.ts'
export type { CesSpec } from './spec.ts'

/**
 * Complex exponential smoothing (Svetunkov & Kourentzes 2018; Svetunkov, Kourentzes & Ord 2022, Naval Research
 * Logistics 69): a level whose companion lets it bend without a trend of its own.
 */
export const ces: Model<CesSpec, CesFit> = { name: 'ces', check, fit, update, forecast }

const parametersOf = ({ a0, a1, b0, b1 }: CesFit, states: readonly number[]): Parameters => ({
  ...{ a0, a1, b0, b1 },
  states: Float64Array.from(states),
})

function update(fitted: CesFit, series: Series): CesFit {
  const y = series.values.map((value) => value / fitted.scale)
  const parameters = parametersOf(fitted, fitted.initial)
  filter(shapeOf(fitted.seasonality, fitted.seasonLength), y, parameters, makeTrace(y.length))
  return { ...fitted, evaluations: 0, observations: y.length, final: Array.from(parameters.states) }
}

/** Exact: the model is linear, an error's effect on the steps after it is the path it starts from nothing. */
function forecast(fitted: CesFit, horizon: number): Forecast {
  const { scale, seasonLength: m, observations, variance } = fitted
  const mean = course(fitted, fitted.final, observations % m, horizon, 0).map((value) => value * scale)
  const none = fitted.final.map(() => 0)
  const response = course(fitted, none, 0, horizon, 1)
  response[0] = 1
  const sd = new Float64Array(horizon)
  let squares = 0
  for (let h = 0; h < horizon; h++) {
    squares += response[h]! ** 2
    sd[h] = Math.sqrt(variance * squares) * scale
  }
  return { mean, spread: { kind: 'normal', sd, response } }
}

/** The path from some states, with an error of this size at its first step. */
function course(fitted: CesFit, from: readonly number[], slot: number, horizon: number, error: number): Float64Array {
  const shape = shapeOf(fitted.seasonality, fitted.seasonLength)
  const m = shape.seasonLength
  const parameters = parametersOf(fitted, from)
  const { states } = parameters
  // the season begins at slot 0 of the filter: turn it to where the forecast begins
  const turned = Float64Array.from({ length: m }, (_, j) => states[2 + ((slot + j) % m)]!)
  const companions = Float64Array.from({ length: m }, (_, j) => states[2 + m + ((slot + j) % m)]!)
  states.set(turned, 2)
  states.set(companions, 2 + m)
  const trace = makeTrace(1)
  const path = new Float64Array(horizon)
  for (let h = 0; h < horizon; h++) {
    const value = states[0]! + (shape.season === 'none' ? 0 : states[2]!)
    path[h] = value
    // one step of the filter always sees slot 0: turn by one each time
    filter(shape, Float64Array.of(value + (h === 0 ? error : 0)), parameters, trace)
    if (m > 1) for (const at of [2, 2 + m]) rotate(states, at, m)
  }
  return path
}

function rotate(values: Float64Array, from: number, count: number): void {
  const first = values[from]!
  values.copyWithin(from, from + 1, from + count)
  values[from + count - 1] = first
}
