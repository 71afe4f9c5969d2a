import type { Model } from '../model.ts'
import { type ArimaFit, fit, refit } from './fit.ts'
import { forecast } from './forecast.ts'
import { type ArimaSpec, check } from './spec.ts'
import { update } from './update.ts'

export type { ArimaFit, ArimaMember } from './fit.ts'
export type { ArimaSpec } from './spec.ts'

/**
 * Autoregressive integrated moving averages with seasons, chosen automatically and averaged by default
 * (Box & Jenkins 1970; Hyndman & Khandakar 2008, J. Statistical Software 27(3)).
 */
export const arima: Model<ArimaSpec, ArimaFit> = { name: 'arima', check, fit, update, refit, forecast }

const HARMONIC = 'dynamic_harmonic_regression'

/**
 * Waves for every season of the series, with ARIMA errors: for seasons too long, too many or not whole for seasonal
 * orders (Young, Pedregal & Tych 1999; Hyndman & Athanasopoulos 2021, section 12.1). Options as ARIMA's.
 */
export const dynamicHarmonicRegression: Model<ArimaSpec, ArimaFit> = {
  name: HARMONIC,
  check: (options) => check({ fourier: 'auto', ...options }),
  fit: (series, spec, budget) => ({ ...fit(series, spec, budget), model: HARMONIC }),
  update,
  refit: (earlier, series, spec, budget) => ({ ...refit(earlier, series, spec, budget), model: HARMONIC }),
  forecast,
}
