import type { Series } from '../../series/series.ts'
import type { Forecast } from '../forecast.ts'
import type { Model } from '../model.ts'
import { adjust, firstSeasonOf, type Season } from '../seasonal-figure.ts'
import { type BaselineFit, checkNothing, type NoOptions } from './baseline.ts'
import { drift } from './drift.ts'
import { naive } from './naive.ts'

/** A baseline of the history without its season, and the season of the steps to come; null where none shows. */
export interface AdjustedFit extends BaselineFit {
  readonly season: { readonly kind: 'additive' | 'multiplicative'; readonly next: readonly number[] } | null
}

/**
 * A baseline on seasonally adjusted data, its season put back: of the naive one this is Naive 2 of the M competitions
 * (Makridakis et al. 1982), with the season shrunk by its noise as theta's is. Without a season the baseline itself.
 */
function adjusted(name: string, base: Model<NoOptions, BaselineFit>): Model<NoOptions, AdjustedFit> {
  return {
    name,
    check: checkNothing(name),
    fit(series, spec, budget) {
      const { values, seasonLength } = series
      const season = seasonFor(values, seasonLength)
      const inner: Series = season === null ? series : { ...series, values: adjust(values, season) }
      const fitted = base.fit(inner, spec, budget)
      if (season === null) return { ...fitted, model: name, season: null }
      const { kind, figure } = season
      const next: number[] = []
      for (let h = 0; h < figure.length; h++) next.push(figure[(values.length + h) % figure.length]!)
      const label = `${fitted.label}(${kind === 'additive' ? 'A' : 'M'})[${seasonLength}]`
      return { ...fitted, model: name, label, season: { kind, next } }
    },
    forecast(fit, horizon, random) {
      return withSeason(base.forecast(fit, horizon, random), fit.season)
    },
  }
}

/** The seasons of the last histories that were asked for: both baselines ask at every origin. */
const KNOWN: { readonly values: Float64Array; readonly seasonLength: number; readonly season: Season | null }[] = []
const MOST_KNOWN = 8

function seasonFor(values: Float64Array, seasonLength: number): Season | null {
  const known = KNOWN.find((one) => one.seasonLength === seasonLength && isSame(one.values, values))
  if (known !== undefined) return known.season
  const season = firstSeasonOf(values, seasonLength)
  if (KNOWN.length === MOST_KNOWN) KNOWN.shift()
  KNOWN.push({ values: values.slice(), seasonLength, season })
  return season
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
  return true
}

function withSeason(forecast: Forecast, season: AdjustedFit['season']): Forecast {
  if (season === null) return forecast
  const { kind, next } = season
  const { mean, spread } = forecast
  const path = mean.slice()
  for (let h = 0; h < path.length; h++)
    path[h] = kind === 'additive' ? mean[h]! + next[h % next.length]! : mean[h]! * next[h % next.length]!
  if (kind === 'additive' || spread.kind !== 'normal') return { mean: path, spread }
  const sd = spread.sd.slice()
  for (let h = 0; h < sd.length; h++) sd[h]! *= next[h % next.length]!
  return { mean: path, spread: { ...spread, sd } }
}

export const seasonallyAdjustedNaive = adjusted('seasonally_adjusted_naive', naive)
export const seasonallyAdjustedDrift = adjusted('seasonally_adjusted_drift', drift)
