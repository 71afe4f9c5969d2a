import type { Model } from '../model.ts'
import { fit, update, type VarFit } from './fit.ts'
import { forecast } from './forecast.ts'
import { check, type VarSpec } from './spec.ts'

export type { VarFit } from './fit.ts'
export type { VarSpec } from './spec.ts'

/**
 * Vector autoregression (Sims 1980; Lütkepohl 2005): a series foreseen from its own past and from that of its companions,
 * all at once. Without companions it is an autoregression.
 */
export const vectorAutoregression: Model<VarSpec, VarFit> = {
  name: 'var',
  check,
  fit,
  update,
  forecast: (fitted, horizon, _random, future) => forecast(fitted, horizon, future),
}
