import type { Budget } from '../../math/optimize/budget.ts'
import type { Random } from '../../math/random.ts'
import { Problem, problem } from '../../messages.ts'
import { guerreroLambda } from '../../series/guerrero.ts'
import { interpolate, observedRange } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import { quantilesAt, responseOf } from '../bands.ts'
import { chooseWaves } from '../choose-waves.ts'
import type { Forecast } from '../forecast.ts'
import type { FitBase, Model } from '../model.ts'
import { decomposeSeasons } from './decompose-seasons.ts'
import { check, type MstlSpec, type Remainder } from './spec.ts'

export type { MstlSpec } from './spec.ts'

/** A fit as plain data: the model of the series without its seasons, and the last cycle of each. */
export interface MstlFit extends FitBase {
  readonly remainder: Remainder
  readonly inner: FitBase
  readonly multiplicative: boolean
  readonly seasons: readonly { readonly period: number; readonly cycle: readonly number[] }[]
}

/** Below this power of Box and Cox a season grows with the level rather than not. */
const LOGARITHMIC = 0.5
const PROBABILITIES = Float64Array.from({ length: 99 }, (_, i) => (i + 1) / 100)

/** From so many observations on, what dependence is left between them can be estimated. */
const LONG = 200

/** A model of any family; its options and fits are its own affair. */
export type AnyModel = Model<object, FitBase>

/**
 * Takes the seasons out by STL, one after the other, gives what is left to another model, and puts the last cycle of each
 * season back (`stlm` of Hyndman & Athanasopoulos 2021, section 13.1). For seasons too long, or too many, for a model of
 * their own. Seasons of fewer than four cycles are taken out only where they show in a whitened regression on waves.
 * Missing observations are interpolated to find the seasons; the inner model skips them. Regressors go to the inner model.
 */
export function mstlOf(models: Readonly<Record<Remainder, AnyModel>>): Model<MstlSpec, MstlFit> {
  return { name: 'mstl', check, fit, forecast }

  function fit(series: Series, spec: MstlSpec, budget: Budget): MstlFit {
    const { values } = series
    const range = observedRange(values)
    if (range === null)
      throw new Problem(problem('series_too_short', { observations: 0, needed: 2 }, { model: 'mstl', stage: 'fit' }))
    const periods = periodsOf(series, range.last + 1 - range.first)
    const positive = values.every((value) => !(value <= 0))
    const multiplicative =
      positive &&
      periods.length > 0 &&
      (spec.multiplicative === 'auto' ? guerreroLambda(values, series.seasonLength) < LOGARITHMIC : spec.multiplicative)
    const scaled = multiplicative ? values.map(Math.log) : values
    const complete = interpolate(scaled.slice(range.first, range.last + 1), series.seasonLength)
    const { seasonal, adjusted } = decomposeSeasons(complete, periods, spec.seasonalWindow)
    const rest = scaled.map((value, t) =>
      Number.isNaN(value) || t < range.first || t > range.last ? Number.NaN : adjusted[t - range.first]!,
    )
    const { furtherSeasons: _, ...plain } = series
    const long = complete.length >= LONG || (series.regressors?.names.length ?? 0) > 0
    const remainder = spec.remainder !== 'auto' ? spec.remainder : long ? 'arima' : 'theta'
    const inner = models[remainder]
    const fitted = inner.fit({ ...plain, values: rest, seasonLength: 1 }, inner.check(), budget)
    const seasons = periods.map((period, i) => {
      const own = seasonal[i]!
      // the cycle begins with the period after the last one of the series
      const trailing = values.length - 1 - range.last
      const at = (h: number): number => own[own.length - period + ((trailing + h) % period)]!
      return { period, cycle: Array.from({ length: period }, (_, h) => at(h)) }
    })
    const names = periods.length === 0 ? '' : `[${periods.join(', ')}]`
    const label = `MSTL${names}${multiplicative ? ' of logarithms' : ''} + ${fitted.label}`
    return { model: 'mstl', label, evaluations: fitted.evaluations, remainder, inner: fitted, multiplicative, seasons }
  }

  function forecast(
    { remainder, inner, multiplicative, seasons }: MstlFit,
    horizon: number,
    random: Random,
    future?: readonly Float64Array[],
  ): Forecast {
    const level = models[remainder].forecast(inner, horizon, random, future)
    const season = new Float64Array(horizon)
    for (const { period, cycle } of seasons) for (let h = 0; h < horizon; h++) season[h]! += cycle[h % period]!
    const mean = level.mean.map((value, h) => value + season[h]!)
    const { spread } = level
    if (!multiplicative) return { mean, spread: moved(spread, season) }
    const values = quantilesAt(level, PROBABILITIES).map((value, i) =>
      Math.exp(value + season[Math.floor(i / PROBABILITIES.length)]!),
    )
    const grid = { kind: 'quantiles' as const, probabilities: PROBABILITIES, values, response: responseOf(level) }
    return { mean: mean.map(Math.exp), spread: spread.kind === 'none' ? spread : grid }
  }
}

/** Cycles from which a season is taken out unasked. */
const CLEAR_CYCLES = 4

/** Seasons of four cycles and more, and the main one where it shows in fewer, as whole periods, ascending. */
function periodsOf(series: Series, length: number): number[] {
  const { seasonLength, furtherSeasons = [] } = series
  const clear = [seasonLength, ...furtherSeasons].filter((period) => period > 1 && length >= CLEAR_CYCLES * period)
  const few = seasonLength > 1 && !clear.includes(seasonLength) && length > 2 * seasonLength
  const shown = few && chooseWaves({ ...series, furtherSeasons: [] }, 'auto').length > 0 ? [seasonLength] : []
  return [...new Set([...shown, ...clear].map(Math.round))].sort((a, b) => a - b)
}

function moved(spread: Forecast['spread'], by: Float64Array): Forecast['spread'] {
  const horizon = by.length
  switch (spread.kind) {
    case 'paths':
      return { ...spread, values: spread.values.map((value, i) => value + by[i % horizon]!) }
    case 'quantiles': {
      const width = spread.probabilities.length
      return { ...spread, values: spread.values.map((value, i) => value + by[Math.floor(i / width)]!) }
    }
    default:
      return spread
  }
}
