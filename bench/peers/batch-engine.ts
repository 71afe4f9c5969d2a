import type { ForecastOptions, Outcome } from '../../src/automl/outcome.ts'
import { publish } from '../../src/automl/publish.ts'
import { unlimited } from '../../src/math/optimize/budget.ts'
import { randomStream } from '../../src/math/random.ts'
import { ets } from '../../src/models/ets/index.ts'
import { theta } from '../../src/models/theta/index.ts'
import type { Series } from '../../src/series/series.ts'
import { NOTHING_SAID } from '../../test/batch/engines/nothing-said.ts'

const smoothing = ets.check()
const dynamic = theta.check()

/** What the peers are asked as well: automatic exponential smoothing and dynamic optimised theta, each with its bands. */
export function forecastSeries(series: Series, { horizon, levels }: ForecastOptions): Outcome {
  const random = randomStream(series.name)
  const fit = ets.fit(series, smoothing, unlimited)
  const second = theta.fit(series, dynamic, unlimited)
  const forecast = publish(ets.forecast(fit, horizon, random), horizon, levels, false, 1)
  const other = publish(theta.forecast(second, horizon, random), horizon, levels, false, 1)
  return {
    ...{ status: 'success', requested: 'ets', used: 'ets', label: fit.label, because: null },
    members: [],
    ...{ pattern: 'smooth', flags: [], patternEvidence: { theta: other.mean[0]! } },
    forecast,
    ...{ confidenceScore: 0.5, confidenceTolerance: 0.25, beatsNaive: null, confidenceGrade: 'fair' },
    ...NOTHING_SAID,
  }
}
