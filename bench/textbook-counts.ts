import { negativeBinomialQuantile } from '../src/math/distribution/negative-binomial.ts'
import type { Forecast } from '../src/models/forecast.ts'

/**
 * The textbook's stock of sparse demand: a negative binomial with the mean of the forecast and the variance of the history
 * (Poisson where that is smaller), the same at every step (Syntetos & Boylan 2006).
 */
export function textbookCounts(forecast: Forecast, history: Float64Array, probabilities: readonly number[]): Forecast {
  const seen = history.filter((value) => !Number.isNaN(value))
  const average = seen.reduce((sum, value) => sum + value / seen.length, 0)
  const variance = seen.reduce((sum, value) => sum + (value - average) ** 2 / Math.max(1, seen.length - 1), 0)
  const quantiles = Array.from(forecast.mean, (mean) => {
    const rate = Math.max(0, mean)
    const size = variance > rate ? rate ** 2 / (variance - rate) : Number.POSITIVE_INFINITY
    return probabilities.map((p) => (rate > 0 ? negativeBinomialQuantile(p, rate, size) : 0))
  })
  return {
    mean: forecast.mean,
    spread: {
      kind: 'quantiles',
      probabilities: Float64Array.from(probabilities),
      values: Float64Array.from(quantiles.flat()),
      response: new Float64Array(forecast.mean.length),
    },
  }
}
