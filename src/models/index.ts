/** Every model by itself: `check` options, `fit` a series, `forecast`; then bands, quantiles and totals of a forecast. */

export { type Budget, unlimited } from '../math/optimize/budget.ts'
export { type Random, randomStream } from '../math/random.ts'
export type { Series } from '../series/series.ts'
export { type ArimaFit, type ArimaMember, type ArimaSpec, arima } from './arima/index.ts'
export { band, quantileAt, quantileGrid, totalMoments, totalQuantile } from './bands.ts'
export {
  drift,
  mean,
  naive,
  seasonallyAdjustedDrift,
  seasonallyAdjustedNaive,
  seasonalNaive,
} from './baseline/index.ts'
export { type CesFit, type CesMember, type CesSpec, ces } from './ces/index.ts'
export { type Centre, combine, pool } from './ensemble/index.ts'
export { type EtsFit, type EtsMember, type EtsSpec, ets } from './ets/index.ts'
export type { Forecast, Spread } from './forecast.ts'
export { adida, croston, type Distribution, type IntermittentFit, imapa, sba, tsb } from './intermittent/index.ts'
export type { FitBase, Model } from './model.ts'
export { type ProphetFit, type ProphetSpec, prophet } from './prophet/index.ts'
export { type ModelName, registry } from './registry.ts'
export { type TbatsFit, type TbatsSpec, tbats } from './tbats/index.ts'
export { type ThetaFit, type ThetaSpec, type ThetaVariant, theta } from './theta/index.ts'
export { type VarFit, type VarSpec, vectorAutoregression } from './var/index.ts'
