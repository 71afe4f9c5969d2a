import { quantilesAt } from '../bands.ts'
import type { Forecast } from '../forecast.ts'
import type { Model } from '../model.ts'
import { restored } from './box-cox.ts'
import { fit, refit, type TbatsFit, update } from './fit.ts'
import { filter, makeTrace, smoothingSize } from './kernel.ts'
import { shapeOf } from './shape.ts'
import { check, type TbatsSpec } from './spec.ts'

export type { TbatsFit } from './fit.ts'
export type { TbatsSpec } from './spec.ts'

/**
 * Several seasons as waves that change with the errors, on a transformed series with a trend and dependent errors
 * (De Livera, Hyndman & Snyder 2011, J. American Statistical Association 106).
 */
export const tbats: Model<TbatsSpec, TbatsFit> = { name: 'tbats', check, fit, update, refit, forecast }

const PROBABILITIES = Float64Array.from({ length: 99 }, (_, i) => (i + 1) / 100)

/** Exact on the transformed scale, where the model is linear; carried back by its quantiles, the point as the median. */
function forecast(fitted: TbatsFit, horizon: number): Forecast {
  const { scale, power, variance } = fitted
  const mean = course(fitted, horizon, fitted.last, fitted.lastD, fitted.lastErrors, 0)
  const none = (values: readonly number[]): number[] => values.map(() => 0)
  const response = course(fitted, horizon, none(fitted.last), none(fitted.lastD), none(fitted.lastErrors), 1)
  const sd = new Float64Array(horizon)
  let squares = 0
  for (let h = 0; h < horizon; h++) {
    squares += response[h]! ** 2
    sd[h] = Math.sqrt(variance * squares)
  }
  if (power === 1)
    return {
      mean: mean.map((value) => value * scale),
      spread: { kind: 'normal', sd: sd.map((value) => value * scale), response },
    }
  const back = (value: number): number => restored(value, power) * scale
  const values = quantilesAt({ mean, spread: { kind: 'normal', sd, response } }, PROBABILITIES).map(back)
  return { mean: mean.map(back), spread: { kind: 'quantiles', probabilities: PROBABILITIES, values, response } }
}

/** The path from some states on, with an error of this size at its first step: the filter over what it expects itself. */
function course(
  { form, parameters }: TbatsFit,
  horizon: number,
  states: readonly number[],
  lastD: readonly number[],
  lastErrors: readonly number[],
  error: number,
): Float64Array {
  const shape = shapeOf(form.waves, form.trend !== 'none', form.ar.length, form.ma.length)
  const smoothing = smoothingSize(shape)
  const at = Float64Array.from([...parameters.slice(0, smoothing), ...states])
  const next = at.slice(smoothing)
  const d = [...lastD]
  const errors = [...lastErrors]
  // one step at a time without orders of errors of its own: those are known here
  const plain = { ...shape, ar: 0, ma: 0 }
  const arFrom = smoothing - form.ar.length - form.ma.length
  const one = Float64Array.from([...at.subarray(0, arFrom), ...next])
  const trace = makeTrace(1, plain)
  const value = new Float64Array(1)
  return Float64Array.from({ length: horizon }, (_, h) => {
    let expected = 0
    for (let i = 0; i < form.ar.length; i++) expected += at[arFrom + i]! * d[i]!
    for (let i = 0; i < form.ma.length; i++) expected += at[arFrom + form.ar.length + i]! * errors[i]!
    const e = h === 0 ? error : 0
    let structure = one[arFrom]! + at[2]! * one[arFrom + 1]!
    for (let i = 0; i < shape.cos.length; i++) structure += one[arFrom + 2 + i]!
    value[0] = structure + expected + e
    filter(plain, value, one, trace, next)
    one.set(next, arFrom)
    d.unshift(expected + e)
    errors.unshift(e)
    return value[0]
  })
}
