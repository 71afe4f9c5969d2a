import { arima, dynamicHarmonicRegression } from './arima/index.ts'
import {
  drift,
  mean,
  naive,
  seasonallyAdjustedDrift,
  seasonallyAdjustedNaive,
  seasonalNaive,
} from './baseline/index.ts'
import { ces } from './ces/index.ts'
import { ets } from './ets/index.ts'
import { adida, croston, imapa, sba, tsb } from './intermittent/index.ts'
import { type AnyModel, mstlOf } from './mstl/index.ts'
import { prophet } from './prophet/index.ts'
import { tbats } from './tbats/index.ts'
import { theta } from './theta/index.ts'
import { vectorAutoregression } from './var/index.ts'

const any = (model: unknown): AnyModel => model as AnyModel

/** Theta, ARIMA or exponential smoothing of what STL leaves. */
export const mstl = mstlOf({ theta: any(theta), arima: any(arima), ets: any(ets) })

/** Every model by its registry name. Adding a model is adding a folder and one line here. */
export const registry = {
  ets,
  arima,
  theta,
  ces,
  mstl,
  tbats,
  prophet,
  dynamic_harmonic_regression: dynamicHarmonicRegression,
  var: vectorAutoregression,
  croston,
  sba,
  tsb,
  adida,
  imapa,
  naive,
  seasonal_naive: seasonalNaive,
  drift,
  seasonally_adjusted_naive: seasonallyAdjustedNaive,
  seasonally_adjusted_drift: seasonallyAdjustedDrift,
  mean,
} as const

export type ModelName = keyof typeof registry
