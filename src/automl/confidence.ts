import type { Forecast } from '../models/forecast.ts'
import type { Gathered } from './gather.ts'
import { asScore } from './grade.ts'
import { confidenceInputs, type Described, probabilities } from './learned/index.ts'
import type { ForecastOptions } from './outcome.ts'

/** One value, or none, supports nothing. */
const UNKNOWN = 0.05

/**
 * The probability that the total over the horizon ends within `confidenceTolerance` of the total that comes, and that the
 * forecast is nearer to what comes than the seasonal naive (null where it is one): logistic regressions by a small network
 * on what is known before, calibrated on public series cut short (docs/ACCURACY.md). A series that never changed goes on
 * so with n / (n + 1) (Laplace's rule of succession).
 */
export function confidence(
  gathered: Gathered,
  forecast: Forecast,
  known: Described,
  { confidenceTolerance }: ForecastOptions,
): { score: number; beatsNaive: number | null } {
  const { observations, finding } = gathered
  if (finding.pattern === 'constant') return { score: asScore(observations / (observations + 1)), beatsNaive: null }
  if (observations < 2 || forecast.spread.kind === 'none') return { score: UNKNOWN, beatsNaive: null }
  const found = probabilities(confidenceInputs(known, forecast), confidenceTolerance)
  return { score: asScore(found.withinTolerance), beatsNaive: asScore(found.beatsNaive) }
}
