import type { Budget } from '../../math/optimize/budget.ts'
import type { Random } from '../../math/random.ts'
import { Problem, problem } from '../../messages.ts'
import type { Series } from '../../series/series.ts'
import type { Forecast } from '../forecast.ts'
import type { FitBase } from '../model.ts'
import { demandOf } from './demand.ts'
import { chooseDistribution, type Distribution, relativeVariance } from './distribution.ts'
import { PATHS, simulateDemand } from './simulate.ts'
import { type Method, rateOf } from './smooth.ts'

/** A fit as plain data, on the scale of the series. */
export interface IntermittentFit extends FitBase {
  /** Expected demand of every future period. */
  readonly rate: number
  readonly sizeSmoothing: number
  readonly intervalSmoothing: number
  readonly distribution: Distribution
  /** Variance of the rate itself over its square. */
  readonly levelVariance: number
}

const LABELS: Readonly<Record<Method, string>> = {
  croston: 'Croston',
  sba: 'SBA',
  tsb: 'TSB',
  adida: 'ADIDA',
  imapa: 'IMAPA',
}
const LEAST_OBSERVED = 2
/** The rate is never taken to be less certain than this. */
const MOST_LEVEL_VARIANCE = 1

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
  // an exponential average of errors with variance v has variance v a / (2 − a)
  const smoothing = Math.max(sizeSmoothing, intervalSmoothing)
  const share = smoothing / (2 - smoothing)
  const levelVariance =
    level === 0 ? 0 : Math.min(MOST_LEVEL_VARIANCE, share * relativeVariance(distribution, Math.abs(level)))
  return {
    model: method,
    label: LABELS[method],
    evaluations,
    rate: level,
    sizeSmoothing,
    intervalSmoothing,
    distribution: within(distribution, levelVariance),
    levelVariance,
  }
}

/** The spread around the rate was found one period ahead, where the rate's own uncertainty is in it: here it is taken out. */
function within(distribution: Distribution, levelVariance: number): Distribution {
  if (distribution.kind !== 'negative_binomial') return distribution
  const rest = (1 / distribution.size - levelVariance) / (1 + levelVariance)
  return rest > 0 ? { kind: 'negative_binomial', size: 1 / rest } : { kind: 'poisson' }
}

export function forecastDemand(fit: IntermittentFit, horizon: number, random: Random): Forecast {
  const mean = new Float64Array(horizon).fill(fit.rate)
  const values = simulateDemand(fit.distribution, fit.rate, fit.levelVariance, horizon, random)
  return { mean, spread: { kind: 'paths', count: PATHS, values } }
}
