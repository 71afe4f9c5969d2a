import { arima, dynamicHarmonicRegression } from './arima/index.ts'
import { drift, mean, naive, seasonalNaive } from './baseline/index.ts'
import { ces } from './ces/index.ts'
import { ets } from './ets/index.ts'
import { adida, croston, imapa, sba, tsb } from './intermittent/index.ts'
import { mstlOf } from './mstl/index.ts'
import { theta } from './theta/index.ts'

/** Exponential smoothing of what STL leaves. */
export const mstl = mstlOf(ets)

/** Every model by its registry name. Adding a model is adding a folder and one line here. */
export const registry = {
  ets,
  arima,
  theta,
  ces,
  mstl,
  dynamic_harmonic_regression: dynamicHarmonicRegression,
  croston,
  sba,
  tsb,
  adida,
  imapa,
  naive,
  seasonal_naive: seasonalNaive,
  drift,
  mean,
} as const

export type ModelName = keyof typeof registry
