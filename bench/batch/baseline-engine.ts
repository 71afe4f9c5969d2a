import type { ForecastOptions, Outcome } from '../../src/automl/outcome.ts'
import { publish } from '../../src/automl/publish.ts'
import { unlimited } from '../../src/math/optimize/budget.ts'
import { randomStream } from '../../src/math/random.ts'
import { seasonalNaive } from '../../src/models/baseline/index.ts'
import type { Series } from '../../src/series/series.ts'
import { NOTHING_SAID } from '../../test/batch/engines/nothing-said.ts'

const random = randomStream('unused')

/** An engine that costs as little as a forecast with bands can: what is measured is the batch around it. */
export function forecastSeries(series: Series, options: ForecastOptions): Outcome {
  const fit = seasonalNaive.fit(series, seasonalNaive.check(), unlimited)
  const forecast = publish(
    seasonalNaive.forecast(fit, options.horizon, random),
    options.horizon,
    options.levels,
    false,
    1,
  )
  return {
    status: 'success',
    requested: fit.model,
    used: fit.model,
    label: fit.label,
    because: null,
    members: [{ model: fit.model, label: fit.label, weight: 1 }],
    pattern: 'seasonal',
    flags: [],
    patternEvidence: {},
    forecast,
    confidenceScore: 0.5,
    confidenceTolerance: options.confidenceTolerance,
    beatsNaive: null,
    confidenceGrade: 'fair',
    ...NOTHING_SAID,
  }
}
