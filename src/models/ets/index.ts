import type { Model } from '../model.ts'
import { type EtsFit, fit, refit } from './fit.ts'
import { forecast } from './forecast.ts'
import { check, type EtsSpec } from './spec.ts'
import { update } from './update.ts'

export type { EtsFit, EtsMember } from './fit.ts'
export type { EtsSpec } from './spec.ts'

/**
 * Exponential smoothing in state space form, all 15 forms, averaged by default
 * (Hyndman, Koehler, Ord & Snyder 2008, "Forecasting with Exponential Smoothing").
 */
export const ets: Model<EtsSpec, EtsFit> = { name: 'ets', check, fit, update, refit, forecast }
