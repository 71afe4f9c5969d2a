import type { Budget } from '../../math/optimize/budget.ts'
import type { Random } from '../../math/random.ts'
import { Problem, problem } from '../../messages.ts'
import type { Series } from '../../series/series.ts'
import type { Forecast } from '../forecast.ts'
import type { FitBase } from '../model.ts'
import { demandOf } from './demand.ts'
import { chooseDistribution, type Distribution, demandSd, hasBothSigns } from './distribution.ts'
import { PATHS, simulateDemand } from './simulate.ts'
import { type Method, type Rate, rateOf } from './smooth.ts'

/** A fit as plain data, on the scale of the series. */
export interface IntermittentFit extends FitBase {
  /** Expected demand of every future period. */
  readonly rate: number
  readonly sizeSmoothing: number
  readonly intervalSmoothing: number
  readonly distribution: Distribution
  /** Standard deviation of the rate itself, which no history tells exactly. */
  readonly levelSd: number
}

const LABELS: Readonly<Record<Method, string>> = {
  croston: 'Croston',
  sba: 'SBA',
  tsb: 'TSB',
  adida: 'ADIDA',
  imapa: 'IMAPA',
}
const LEAST_OBSERVED = 2

/** Fits one method. A history without demand has rate 0 and no spread. Throws `series_too_short`. */
export function fitMethod(series: Series, method: Method, budget: Budget): IntermittentFit {
  const seen = series.values.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
  if (seen < LEAST_OBSERVED) {
    const params = { observations: seen, needed: LEAST_OBSERVED }
    throw new Problem(problem('series_too_short', params, { model: method, stage: 'fit' }))
  }
  const demand = demandOf(series.values)
  const rate = rateOf(demand, method, budget)
  const distribution = chooseDistribution(demand, rate)
  const { level, sizeSmoothing, intervalSmoothing, evaluations } = rate
  const sd = demandSd(distribution, level) * Math.sqrt(uncertainty(rate, demand.observed))
  const levelSd = hasBothSigns(distribution) ? sd : Math.min(Math.abs(level), sd)
  return {
    model: method,
    label: LABELS[method],
    evaluations,
    rate: level,
    sizeSmoothing,
    intervalSmoothing,
    distribution: within(distribution, level, levelSd),
    levelSd,
  }
}

/**
 * Variance of the rate over that of a period's demand: of an exponential average, a / (2 − a), and of its start, an
 * average over the history, which leaves something unknown even where nothing is smoothed.
 */
function uncertainty({ sizeSmoothing, intervalSmoothing }: Rate, observed: number): number {
  const smoothing = Math.max(sizeSmoothing, intervalSmoothing)
  return smoothing / (2 - smoothing) + 1 / Math.max(1, observed)
}

/** The spread around the rate was found one period ahead, where the rate's own uncertainty is in it: here it is taken out. */
function within(distribution: Distribution, rate: number, levelSd: number): Distribution {
  if (distribution.kind !== 'negative_binomial') return distribution
  const relative = (levelSd / rate) ** 2
  const rest = (1 / distribution.size - relative) / (1 + relative)
  return rest > 0 ? { kind: 'negative_binomial', size: 1 / rest } : { kind: 'poisson' }
}

export function forecastDemand(fit: IntermittentFit, horizon: number, random: Random): Forecast {
  const mean = new Float64Array(horizon).fill(fit.rate)
  const values = simulateDemand(fit.distribution, fit.rate, fit.levelSd, horizon, random)
  return { mean, spread: { kind: 'paths', count: PATHS, values } }
}
