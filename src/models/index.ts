/** Every model by itself: `check` options, `fit` a series, `forecast`; then bands, quantiles and totals of a forecast. */

export { type Budget, unlimited } from '../math/optimize/budget.ts'
export { type Random, randomStream } from '../math/random.ts'
export type { Series } from '../series/series.ts'
export { type ArimaFit, type ArimaSpec, arima } from './arima/index.ts'
export { band, quantileAt, quantileGrid, totalMoments, totalQuantile } from './bands.ts'
export { drift, mean, naive, seasonalNaive } from './baseline/index.ts'
export { type Centre, combine } from './ensemble/index.ts'
export { type EtsFit, type EtsSpec, ets } from './ets/index.ts'
export type { Forecast, Spread } from './forecast.ts'
export type { FitBase, Model } from './model.ts'
export { type ModelName, registry } from './registry.ts'
export { type ThetaFit, type ThetaSpec, theta } from './theta/index.ts'
