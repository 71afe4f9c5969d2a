import { forecastSeries } from '../src/automl/forecast-series.ts'
import { unlimited } from '../src/math/optimize/budget.ts'
import { randomStream } from '../src/math/random.ts'
import { arima } from '../src/models/arima/index.ts'
import { ets } from '../src/models/ets/index.ts'
import type { Forecast } from '../src/models/forecast.ts'
import type { FitBase, Model } from '../src/models/model.ts'
import { registry } from '../src/models/registry.ts'
import { theta } from '../src/models/theta/index.ts'
import { DEFAULT_CONFIG } from '../src/processor/config.ts'
import { optionsFor } from '../src/processor/options-for.ts'
import { asSeries, type BenchSeries } from './data.ts'

/** The product's models with their default options, by the name they have in the tables. */
export const MODELS: Readonly<Record<string, (series: BenchSeries) => Forecast>> = {
  ets: byDefault(ets),
  dot: byDefault(theta),
  arima: byDefault(arima),
  default: (series) => answered(series),
}

/** Run only where they are named: slow, or made for seasons that the usual sets do not have. */
const BY_NAME: typeof MODELS = {
  'arima-exhaustive': byDefault(arima, { search: 'exhaustive' }),
  ces: byDefault(registry.ces),
  mstl: byDefault(registry.mstl),
  tbats: byDefault(registry.tbats),
  prophet: byDefault(registry.prophet),
  dhr: byDefault(registry.dynamic_harmonic_regression),
  fast: (series) => answered(series, { effort: 'fast' }),
  thorough: (series) => answered(series, { effort: 'thorough' }),
  median: (series) => answered(series, { combination: 'median' }),
}

/** What the product publishes: everything it does for one series, with its default configuration but for `changes`. */
export function answered(series: BenchSeries, changes: Partial<typeof DEFAULT_CONFIG> = {}): Forecast {
  const item = asSeries(series)
  const { forecast } = forecastSeries(item, optionsFor(item, { ...DEFAULT_CONFIG, ...changes }, series.test.length))
  if (forecast === null) throw new Error('no forecast')
  const { mean, bands } = forecast
  return { mean, spread: bands === null ? { kind: 'none' } : { kind: 'quantiles', ...bands } }
}

function byDefault<Spec, Fit extends FitBase>(
  model: Model<Spec, Fit>,
  options: Partial<Spec> = {},
): (series: BenchSeries) => Forecast {
  const spec = model.check(options)
  return (series) =>
    model.forecast(model.fit(asSeries(series), spec, unlimited), series.test.length, randomStream(series.id))
}

/** The models named in `--models a,b`, all without. */
export function chosenModels(names: string | undefined): [name: string, run: (series: BenchSeries) => Forecast][] {
  if (names === undefined) return Object.entries(MODELS)
  return names.split(',').map((name) => {
    const known = { ...MODELS, ...BY_NAME }
    const run = known[name]
    if (run === undefined) throw new Error(`--models ${name}: one of ${Object.keys(known).join(', ')} is expected`)
    return [name, run]
  })
}
