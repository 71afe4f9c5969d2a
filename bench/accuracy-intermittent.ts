import { scaledPinball } from '../src/evaluate/metrics.ts'
import { unlimited } from '../src/math/optimize/budget.ts'
import { randomStream } from '../src/math/random.ts'
import { quantileAt } from '../src/models/bands.ts'
import { mean, seasonalNaive } from '../src/models/baseline/index.ts'
import type { Forecast } from '../src/models/forecast.ts'
import { adida, croston, imapa, sba, tsb } from '../src/models/intermittent/index.ts'
import type { FitBase, Model } from '../src/models/model.ts'
import { asSeries, type BenchSeries, readSet } from './data.ts'
import { answered } from './models.ts'
import { textbookCounts } from './textbook-counts.ts'

export const INTERMITTENT = ['auto_monthly', 'carparts_monthly', 'man_weekly', 'oil_monthly', 'raf_monthly'].map(
  (name) => `intermittent/${name}`,
)
export const PROBABILITIES = [0.5, 0.8, 0.9, 0.95, 0.99] as const

export interface IntermittentRow {
  readonly set: string
  readonly model: string
  readonly series: number
  /** Mean pinball loss at each probability over the mean demand of the history, averaged over the series. */
  readonly pinball: readonly number[]
  /** The average over the probabilities, over seasonal naive's. */
  readonly relative: number
  readonly seconds: number
}

type Run = (series: BenchSeries) => Forecast

function run<Spec, Fit extends FitBase>(model: Model<Spec, Fit>, options: Partial<Spec> = {}): Run {
  const spec = model.check(options)
  return (series) =>
    model.forecast(model.fit(asSeries(series), spec, unlimited), series.test.length, randomStream(series.id))
}

/** The model's mean, with the spread that textbooks put around it. */
function textbook<Spec, Fit extends FitBase>(model: Model<Spec, Fit>): Run {
  const inner = run(model)
  return (series) => textbookCounts(inner(series), series.train, PROBABILITIES)
}

const MODELS: Readonly<Record<string, Run>> = {
  seasonal_naive: run(seasonalNaive),
  'mean (empirical)': run(mean, { distribution: 'empirical' }),
  croston: run(croston),
  sba: run(sba),
  tsb: run(tsb),
  adida: run(adida),
  imapa: run(imapa),
  'sba, negative binomial': textbook(sba),
  'tsb, negative binomial': textbook(tsb),
  default: (series) => answered(series),
}

/** Quantile losses of sparse demand; a quantile below zero counts as zero for every model. */
export function intermittentRows(data: string, set: string, limit: number): IntermittentRow[] {
  const all = readSet(data, set, limit).filter(({ train }) => train.some((value) => value > 0))
  const rows = Object.entries(MODELS).map(([model, forecast]) => {
    const sums = new Float64Array(PROBABILITIES.length)
    const begin = performance.now()
    for (const series of all) {
      const answer = forecast(series)
      const scale =
        series.train.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0) / series.train.length
      for (const [k, p] of PROBABILITIES.entries()) {
        const quantile = quantileAt(answer, p).map((value) => Math.max(0, value))
        sums[k]! += scaledPinball(series.test, quantile, p, scale) / all.length
      }
    }
    const seconds = (performance.now() - begin) / 1000
    return { set, model, series: all.length, pinball: Array.from(sums), seconds }
  })
  const total = (losses: readonly number[]): number => losses.reduce((sum, loss) => sum + loss, 0)
  return rows.map((row) => ({ ...row, relative: total(row.pinball) / total(rows[0]!.pinball) }))
}
