import { Problem } from '../../messages.ts'
import type { Model } from '../model.ts'
import { unknownOptions } from '../unknown-options.ts'
import { fitMethod, forecastDemand, type IntermittentFit } from './fit.ts'
import type { Method } from './smooth.ts'

export type { Distribution } from './distribution.ts'
export type { IntermittentFit } from './fit.ts'

/** None of the methods has an option: both smoothing constants are found. */
export type IntermittentSpec = Readonly<Record<string, never>>

const method = (name: Method): Model<IntermittentSpec, IntermittentFit> => ({
  name,
  check(options = {}) {
    const faults = unknownOptions(options, {}, name)
    if (faults.length > 0) throw new Problem(faults[0]!, faults)
    return Object.freeze({})
  },
  fit: (series, _spec, budget) => fitMethod(series, name, budget),
  forecast: forecastDemand,
})

/** Sizes and intervals smoothed apart (Croston 1972). */
export const croston = method('croston')
/** Croston's rate without its bias (Syntetos & Boylan 2005). */
export const sba = method('sba')
/** The probability of demand smoothed every period: for items that die out (Teunter, Syntetos & Babai 2011). */
export const tsb = method('tsb')
/** Demand summed over its average interval, then smoothed (Nikolopoulos et al. 2011). */
export const adida = method('adida')
/** The average over several such sums (Petropoulos & Kourentzes 2015). */
export const imapa = method('imapa')
