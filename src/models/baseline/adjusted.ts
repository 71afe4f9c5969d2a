import type { Series } from '../../series/series.ts'
import type { Forecast } from '../forecast.ts'
import type { Model } from '../model.ts'
import { adjust, seasonsOf } from '../seasonal-figure.ts'
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
      const [season] = seasonsOf(values, seasonLength, 'auto', 'map')
      const inner: Series = season === undefined ? series : { ...series, values: adjust(values, season) }
      const fitted = base.fit(inner, spec, budget)
      if (season === undefined) return { ...fitted, model: name, season: null }
      const { kind, figure } = season
      const next = Array.from(figure, (_, h) => figure[(values.length + h) % figure.length]!)
      const label = `${fitted.label}(${kind === 'additive' ? 'A' : 'M'})[${seasonLength}]`
      return { ...fitted, model: name, label, season: { kind, next } }
    },
    forecast(fit, horizon, random) {
      return withSeason(base.forecast(fit, horizon, random), fit.season)
    },
  }
}

function withSeason(forecast: Forecast, season: AdjustedFit['season']): Forecast {
  if (season === null) return forecast
  const index = (h: number): number => season.next[h % season.next.length]!
  const { mean, spread } = forecast
  if (season.kind === 'additive') return { mean: mean.map((value, h) => value + index(h)), spread }
  const path = mean.map((value, h) => value * index(h))
  return {
    mean: path,
    spread: spread.kind === 'normal' ? { ...spread, sd: spread.sd.map((sd, h) => sd * index(h)) } : spread,
  }
}

export const seasonallyAdjustedNaive = adjusted('seasonally_adjusted_naive', naive)
export const seasonallyAdjustedDrift = adjusted('seasonally_adjusted_drift', drift)
