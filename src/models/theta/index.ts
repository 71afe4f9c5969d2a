import type { Model } from '../model.ts'
import { fit, refit, type ThetaFit } from './fit.ts'
import { forecast } from './forecast.ts'
import { check, type ThetaSpec } from './spec.ts'

export type { ThetaFit } from './fit.ts'
export type { ThetaSpec, ThetaVariant } from './spec.ts'

/**
 * The theta method: exponential smoothing pulled by a line (Assimakopoulos & Nikolopoulos 2000, Int. J. Forecasting 16), by
 * default in its dynamic optimised form (Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, Int. J. Forecasting 32).
 */
export const theta: Model<ThetaSpec, ThetaFit> = { name: 'theta', check, fit, refit, forecast }
