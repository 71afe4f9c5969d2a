import type { Budget } from '../math/optimize/budget.ts'
import type { Random } from '../math/random.ts'
import { type Code, code, Problem } from '../messages.ts'
import { arima, dynamicHarmonicRegression } from '../models/arima/index.ts'
import {
  drift,
  mean,
  naive,
  seasonallyAdjustedDrift,
  seasonallyAdjustedNaive,
  seasonalNaive,
} from '../models/baseline/index.ts'
import { ces } from '../models/ces/index.ts'
import { chooseWaves, seasonsOf } from '../models/choose-waves.ts'
import { ets } from '../models/ets/index.ts'
import type { Forecast } from '../models/forecast.ts'
import { adida, croston, imapa, sba, tsb } from '../models/intermittent/index.ts'
import type { FitBase, Model } from '../models/model.ts'
import { prophet } from '../models/prophet/index.ts'
import { mstl } from '../models/registry.ts'
import { tbats } from '../models/tbats/index.ts'
import { theta } from '../models/theta/index.ts'
import { vectorAutoregression } from '../models/var/index.ts'
import { futureOf } from '../series/regressors.ts'
import type { Series } from '../series/series.ts'
import type { ForecastOptions } from './outcome.ts'
import { hasPattern, type PatternFinding } from './pattern.ts'
import { isSparse } from './sparse.ts'
import type { Watch } from './watch.ts'

export interface Member {
  readonly model: string
  readonly label: string
  readonly weight: number
}

export interface Answer {
  readonly model: string
  readonly label: string
  readonly evaluations: number
  readonly forecast: Forecast
  readonly members: readonly Member[]
  /** Names of the regressors that it uses. */
  readonly explainedBy: readonly string[]
  /** Of each companion: the probability by chance of what its past adds (Granger). */
  readonly leaders: readonly { readonly name: string; readonly p: number }[]
}

/** A fit that can forecast, and be carried through a longer history without a new estimation. */
export interface Fitted {
  readonly model: string
  readonly label: string
  readonly evaluations: number
  readonly members: readonly Member[]
  /** Names of the regressors that it uses. */
  readonly explainedBy: readonly string[]
  readonly leaders: Answer['leaders']
  /** Plain data. */
  readonly fit: FitBase
  forecast(steps: number, random: Random): Forecast
  /** Null where a new fit costs no more. */
  readonly carry: ((series: Series) => Fitted) | null
  /** The same form and orders estimated anew on another history; null where finding them is cheap. */
  readonly refit: ((series: Series, budget: Budget) => Fitted) | null
}

/** A model with its settings: fits what it is given. */
export interface Candidate {
  readonly name: string
  /** Model and settings: two candidates may be of one model. */
  readonly id: string
  /** The parameters of an earlier fit on the history as it is now; null where a new fit costs no more. */
  readonly carryOn: ((fit: FitBase, series: Series) => Fitted) | null
  fit(series: Series, budget: Budget): Fitted
}

/** An answer, or the code that says why there is none. */
export type Attempt<T> = { readonly answer: T } | { readonly refused: Code }

export const NAIVE: Candidate = candidate(naive, {})
const SEASONAL_NAIVE: Candidate = candidate(seasonalNaive, {})
const DRIFT = candidate(drift, {})
const ADJUSTED_NAIVE = candidate(seasonallyAdjustedNaive, {})
const ADJUSTED_DRIFT = candidate(seasonallyAdjustedDrift, {})
const MEAN = candidate(mean, {})
// the quantiles of several members are averaged: fewer futures than one that answers alone
const ETS = candidate(ets, { paths: 300 })
const THETA = candidate(theta, {})
/** What is only for the eye. */
const UNSEEN = { diagnostics: false }
const ARIMA = candidate(arima, UNSEEN)
const HARMONIC = candidate(dynamicHarmonicRegression, UNSEEN)
const MSTL = candidate(mstl, {})
const CES = candidate(ces, {})
const TBATS = candidate(tbats, {})
const PROPHET = candidate(prophet, {})
/** Tried, beyond the number asked for, where another series was found to lead. */
export const VAR = candidate(vectorAutoregression, {})
const RESAMPLED = candidate(mean, { distribution: 'empirical' })
const CROSTON = candidate(croston, {})
const SBA = candidate(sba, {})
const TSB = candidate(tsb, {})
const ADIDA = candidate(adida, {})
const IMAPA = candidate(imapa, {})
/** Whose futures are pooled for sparse demand. */
const SPARSE: readonly Candidate[] = [SBA, RESAMPLED, TSB, IMAPA]

/** The naive that every model has to beat. */
export const yardstick = (seasonLength: number): Candidate => (seasonLength > 1 ? SEASONAL_NAIVE : NAIVE)

export interface Pool {
  /** Who is tried on its own, the yardstick among them. */
  readonly candidates: readonly Candidate[]
  /** Whose forecasts are combined into the default answer; one or none: the first candidate is the default. */
  readonly members: readonly Candidate[]
  /** Naive ones that learned weights may mix in. */
  readonly ballast: readonly Candidate[]
  /** Members of the usual combination were not asked for: its bands are not what was learned of bands. */
  readonly incomplete?: boolean
}

const MAIN: readonly Candidate[] = [ETS, THETA, ARIMA, CES]

/**
 * Who may try: at most `maxModelsToTry` models that are estimated; the naive ones cost nothing and are always tried.
 * Exponential smoothing, theta, ARIMA and complex exponential smoothing err in different ways: their combination is the
 * default wherever two of them may try. For sparse demand the futures of three intermittent models and of the history
 * resampled are pooled: their distribution is what a stock needs. Where a further season shows, or the only one is long,
 * models that can hold it come in; with several seasons they are the default. Where regressors or days off show an effect,
 * those that use them answer, Prophet among them.
 */
export function poolFor(
  finding: PatternFinding,
  series: Series,
  options: ForecastOptions,
  chain: Watch['chain'],
): Pool {
  if (chain !== 'full') return shortChain(chain, series.seasonLength)
  const pool = poolAlone(finding, series, options)
  return series.companions === undefined ? pool : { ...pool, candidates: [...pool.candidates, VAR] }
}

function poolAlone(finding: PatternFinding, series: Series, options: ForecastOptions): Pool {
  const { seasonLength } = series
  if (finding.pattern === 'constant') return { candidates: [NAIVE], members: [], ballast: [] }
  const known = yardstick(seasonLength)
  const most = options.maxModelsToTry
  if (isSparse(finding, options)) {
    const season = hasPattern(finding, 'seasonal') ? [ETS] : []
    const estimated = [SBA, TSB, IMAPA, ...season, CROSTON, ADIDA].slice(0, most)
    const candidates = [estimated[0]!, RESAMPLED, known, ...estimated.slice(1)]
    return { candidates, members: candidates.filter((one) => SPARSE.includes(one)), ballast: [] }
  }
  const external = series.regressors !== undefined
  if (hasFurtherSeason(series)) {
    const estimated = (external ? [ARIMA, HARMONIC, PROPHET, MSTL] : [ARIMA, HARMONIC, MSTL, TBATS, THETA]).slice(
      0,
      most,
    )
    return { candidates: [...estimated, known], members: estimated.filter((one) => one !== THETA), ballast: [] }
  }
  // models that do not know of a price or a day off would halve its effect
  if (external) {
    const estimated = [ETS, ARIMA, PROPHET, THETA, CES].slice(0, most)
    return { candidates: [...estimated, known], members: estimated.slice(0, INFORMED), ballast: [] }
  }
  const long = seasonLength > LONG_SEASON
  const standard = long ? LONG : MAIN
  // finding orders is the dear part: two thirds of the time
  const affordable = options.effort === 'fast' ? standard.filter((one) => !SEARCHING.includes(one)) : standard
  const estimated = [...affordable, ...(long ? [MSTL, HARMONIC] : [])].slice(0, most)
  const season = seasonLength > 1
  // without a season the adjusted ones are the plain ones
  const adjusted = season ? [ADJUSTED_DRIFT, ADJUSTED_NAIVE] : [DRIFT, NAIVE]
  const ballast = long ? [] : [known, ...adjusted]
  const plain = season && options.seasonalPreference ? [] : season ? [MEAN, NAIVE] : [MEAN]
  const candidates = [...new Set([...estimated, known, ...(long ? [DRIFT] : adjusted), ...plain])]
  const members = estimated.filter((one) => standard.includes(one))
  return { candidates, members, ballast, incomplete: members.length < standard.length }
}

/** Of the candidates with regressors, the first ones use them. */
const INFORMED = 3

/** The order (1, 1, 1), and no search for another one. */
const SIMPLE_ARIMA = candidate(arima, { d: 1, D: 0, order: [1, 1, 0, 0], ...UNSEEN })

/** Who may answer where the full pool may not: one alone, the first that can. */
function shortChain(chain: Exclude<Watch['chain'], 'full'>, seasonLength: number): Pool {
  const naives = [...new Set([yardstick(seasonLength), NAIVE])]
  return { candidates: chain === 'naive' ? naives : [SIMPLE_ARIMA, ETS, ...naives], members: [], ballast: [] }
}

/** Beyond this a season has more states than most histories can fill. */
const LONG_SEASON = 24
/** Then one member knows no season, and one takes it as waves: that errs in yet other ways. */
const LONG: readonly Candidate[] = [ETS, candidate(theta, { season: 'none' }), ARIMA, CES, TBATS]

/** Left out with effort `fast`. */
const SEARCHING: readonly Candidate[] = [ARIMA, TBATS]

/** Does a season besides the main one show in a whitened regression on waves? */
function hasFurtherSeason(series: Series): boolean {
  const { furtherSeasons = [] } = series
  const isFurther = (period: number): boolean => furtherSeasons.includes(period)
  // the regression is dear: only where the history is long enough for such a season
  return seasonsOf(series).some(isFurther) && chooseWaves(series, 'auto').some(({ period }) => isFurther(period))
}

/** Runs a candidate's work. A model that cannot is no error of the series: its code is kept and shown. */
export function attempt<T>(name: string, watch: Watch, work: () => T): Attempt<T> {
  const kept = watch.begin(name)
  if (kept !== null) return { refused: kept }
  try {
    return { answer: work() }
  } catch (error) {
    if (error instanceof Problem) return { refused: code(error.code, error.params) }
    const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { refused: code('model_failed', { model: name, cause }) }
  } finally {
    watch.end(name)
  }
}

/** What an earlier run estimated, carried on; else estimated now, and remembered. */
export function estimated(
  candidate: Candidate,
  series: Series,
  stage: string,
  watch: Watch,
  estimate: () => Fitted,
): Fitted {
  const { id, carryOn } = candidate
  const before = carryOn === null ? null : (watch.recall?.(id, stage) ?? null)
  if (before !== null) return carryOn!(before, series)
  const fitted = estimate()
  if (carryOn !== null) watch.remember?.(id, stage, fitted.fit)
  return fitted
}

/** A forecast of so many finite steps; throws `model_failed` (`not_finite`) otherwise. */
export function forecastOf(fitted: Fitted, name: string, steps: number, random: Random): Forecast {
  const forecast = fitted.forecast(steps, random)
  if (forecast.mean.length !== steps || !forecast.mean.every(Number.isFinite))
    throw new Problem({ ...code('model_failed', { model: name, cause: 'not_finite' }), severity: 'error' })
  return forecast
}

interface Explained {
  readonly design?: { readonly plan: { readonly regressors: readonly string[] }; readonly kept: readonly number[] }
}

interface Led {
  readonly evidence?: Answer['leaders']
}

interface Averaged {
  readonly members?: readonly { readonly label: string; readonly weight: number }[]
}

function candidate<Spec, Fit extends FitBase>(model: Model<Spec, Fit>, options: Partial<Spec>): Candidate {
  const spec = model.check(options)
  const wrap = (fit: Fit, series: Series): Fitted => {
    const { members = [], design, evidence = [] } = fit as Averaged & Explained & Led
    const names = design?.plan.regressors ?? []
    const { regressors, values } = series
    return {
      model: fit.model,
      label: fit.label,
      evaluations: fit.evaluations,
      members: members.map(({ label, weight }) => ({ model: fit.model, label, weight })),
      explainedBy: names.filter((_, c) => design?.kept.includes(c)),
      leaders: evidence.map(({ name, p }) => ({ name, p })),
      fit,
      forecast: (steps, random) =>
        model.forecast(fit, steps, random, regressors && futureOf(regressors, values.length, steps)),
      carry: model.update === undefined ? null : (longer) => wrap(model.update!(fit, longer), longer),
      refit:
        model.refit === undefined ? null : (longer, budget) => wrap(model.refit!(fit, longer, spec, budget), longer),
    }
  }
  return {
    name: model.name,
    id: `${model.name} ${JSON.stringify(options)}`,
    fit: (series, budget) => wrap(model.fit(series, spec, budget), series),
    carryOn: model.update === undefined ? null : (fit, series) => wrap(model.update!(fit as Fit, series), series),
  }
}
