import { type Code, code } from '../messages.ts'
import { forecastDates, periodName } from '../series/calendar.ts'
import type { Series } from '../series/series.ts'
import { type Answer, VAR } from './candidates.ts'
import { ENSEMBLE } from './ensemble.ts'
import type { ForecastOptions, Metrics, Outcome, Pattern } from './outcome.ts'
import { hasPattern, type PatternFinding } from './pattern.ts'
import { THRESHOLDS } from './thresholds.ts'
import type { Trialled, Validation } from './validate.ts'

/** Everything the reasons are drawn from; numbers on the scale of the series. */
export interface Story {
  readonly series: Series
  readonly finding: PatternFinding
  readonly answer: Answer
  readonly validation: Validation | null
  readonly chosen: Trialled | null
  readonly metrics: Metrics | null
  /** Point forecasts, at least one season and one step long where there is a season. */
  readonly mean: Float64Array
  /** Mean half width of the 80 % band over the mean forecast; NaN without bands or level. */
  readonly bandWidth: number
  readonly score: number
  readonly options: ForecastOptions
}

const rounded = (value: number): number => Number(value.toPrecision(3))
const percent = (share: number): number => rounded(100 * share)
/** What the naive forecast repeats. */
const repeated = ({ seasonLength }: Series): 'season' | 'value' => (seasonLength > 1 ? 'season' : 'value')

export function whyChosen({ finding, answer, validation, chosen, series }: Story): Code[] {
  const reasons = [patternReason(finding, series.seasonLength)]
  const lead = answer.members.toSorted((a, b) => b.weight - a.weight)[0]
  if (answer.model === ENSEMBLE)
    reasons.push(
      code('models_combined', {
        count: answer.members.length,
        labels: answer.members.map(({ label }) => label).join(', '),
      }),
    )
  else if (lead !== undefined && answer.members.length > 1)
    reasons.push(
      code('forms_averaged', { forms: answer.members.length, leading: lead.label, percent: percent(lead.weight) }),
    )
  if (answer.explainedBy.length > 0) reasons.push(code('regressors_used', { names: answer.explainedBy.join(', ') }))
  const leader = series.companions?.links?.[0]
  if (leader !== undefined) {
    const { leader: name, lag, correlation } = leader
    reasons.push(code('follows_another', { name, lag, percent: percent(Math.abs(correlation)) }))
    if (answer.model === VAR.name)
      reasons.push(code('leaders_used', { names: answer.leaders.map(({ name }) => name).join(', ') }))
  }
  const observations = finding.features.observations
  if (validation === null || chosen === null || Number.isNaN(chosen.loss)) {
    if (finding.pattern !== 'constant') reasons.push(code('too_short_to_validate', { observations }))
    return reasons
  }
  const rivals = validation.tried.filter((one) => one !== chosen && one.loss >= 0).sort((a, b) => a.loss - b.loss)
  const rival = rivals[0]
  const relative = chosen.loss / validation.yardstickLoss
  if (rival !== undefined && rival.loss < chosen.loss)
    reasons.push(code('rival_within_chance', { model: rival.name, percent: percent(1 - rival.loss / chosen.loss) }))
  else if (answer.model === 'seasonal_naive' && rival !== undefined && Number.isFinite(rival.loss / chosen.loss))
    reasons.push(code('seasonal_naive_not_beaten', { percent: percent(rival.loss / chosen.loss - 1) }))
  else if (relative < 1)
    reasons.push(
      code('best_on_validation', {
        label: answer.label,
        origins: validation.origins.length,
        percent: percent(1 - relative),
        yardstick: repeated(series),
      }),
    )
  return reasons
}

function patternReason({ pattern, features, evidence }: PatternFinding, seasonLength: number): Code {
  const zeroPercent = percent(features.zeros / features.observations)
  const number = (value: number | undefined): number => rounded(value ?? 0)
  // an interval without end (no demand at all) has no number
  const interval = rounded(Math.min(features.interval, features.observations))
  switch (pattern) {
    case 'constant':
      return code('pattern_constant', { value: features.mean })
    case 'short':
      return code('pattern_short', { observations: features.observations })
    case 'intermittent':
      return code('pattern_intermittent', { zeroPercent, interval })
    case 'lumpy':
      return code('pattern_lumpy', { zeroPercent, cv2: rounded(features.cv2) })
    case 'seasonal':
      return code('pattern_seasonal', { seasonLength, strength: number(evidence.seasonStrength) })
    case 'trending':
      return code('pattern_trending', { strength: number(evidence.trendStrength) })
    case 'volatile':
      return code('pattern_volatile', { cv: rounded(Math.min(features.cv, 1e6)) })
    case 'erratic':
      return code('pattern_erratic', { cv2: rounded(features.cv2) })
    case 'smooth':
      return code('pattern_smooth', { cv: rounded(features.cv) })
  }
}

/** A forecast that moves by less than this over the horizon, without a trend found, is called stable. */
const MOVES = 0.1

export function recommend(story: Story): Code[] {
  const { finding, series, mean, options, score } = story
  const { features, pattern } = finding
  const has = (...names: readonly Pattern[]): boolean => hasPattern(finding, ...names)
  const m = series.seasonLength
  const advice: Code[] = []
  const ended = endOf(series.values, features)
  const isNew = features.observations < Math.max(NEW, Math.min(m, MOST_NEW))
  if (ended !== null) advice.push(code('advice_end_of_life', ended))
  else if (pattern === 'constant') advice.push(code('advice_constant', { value: features.mean }))
  else if (has('intermittent', 'lumpy'))
    advice.push(code('advice_spare_part', { interval: rounded(Math.min(features.interval, features.observations)) }))
  else {
    const step = slopeOf(mean, m)
    const peak = has('seasonal') ? peakOf(series, mean, step) : null
    if (peak !== null) advice.push(code('advice_season_peak', peak))
    const level = Math.abs(average(series.values.slice(-Math.max(m, 6))))
    const agrees = Math.sign(step) === Math.sign(finding.slope)
    const slope = has('trending') && !agrees ? finding.slope : step
    const change = (slope * options.horizon) / level
    if (Number.isFinite(change) && change !== 0 && (has('trending') || Math.abs(change) >= MOVES))
      advice.push(code(change > 0 ? 'advice_rising' : 'advice_falling', { percent: percent(Math.abs(change)) }))
    else if (advice.length === 0 && pattern !== 'short') advice.push(code('advice_stable'))
  }
  if (isNew) advice.push(code('advice_new_item', { observations: features.observations }))
  else if (features.observations < THRESHOLDS.advisedObservations)
    advice.push(
      code('advice_more_history', { observations: features.observations, advised: THRESHOLDS.advisedObservations }),
    )
  if (score < 0.6) advice.push(code('advice_review'))
  if (options.leadTimeAssumed) advice.push(code('lead_time_assumed', { leadTime: options.leadTime }))
  return advice
}

/** Fewer observations than this, or than one season, and an item is new. */
const NEW = 6
const MOST_NEW = 12
/** Of so long a silence by chance, if demand had gone on as before. */
const SILENCE = 0.001
const LEAST_SILENCE = 3

/** A silence at the end that demand as it was before would hardly have: its periods, and how often something was sold before. */
function endOf(values: Float64Array, { negatives }: PatternFinding['features']) {
  let end = values.length
  while (end > 0 && !(Math.abs(values[end - 1]!) > 0)) end--
  const before = values.subarray(0, end).filter((value) => !Number.isNaN(value))
  const silent = values.subarray(end).filter((value) => value === 0).length
  const sold = before.filter((value) => value !== 0).length
  if (negatives > 0 || silent < LEAST_SILENCE || sold < LEAST_SILENCE) return null
  // one sale less than were seen, as the rule of succession has it: a rate of one is never certain
  const quiet = 1 - sold / (before.length + 1)
  return quiet ** silent < SILENCE ? { periods: silent, interval: rounded(before.length / sold) } : null
}

/** Shares of the highest excess above the season's average that count as the high season; so many are named. */
const HIGH = 0.5
const MOST_NAMED = 4

/** The next high season of a forecast without its slope: its periods, and the highest above the average. */
function peakOf({ seasonLength: m, calendar, values }: Series, mean: Float64Array, step: number) {
  if (mean.length <= m) return null
  const flat = mean.slice(0, m).map((value, i) => value - step * (i - (m - 1) / 2))
  const average = flat.reduce((sum, value) => sum + value, 0) / m
  const excess = flat.map((value) => value / average - 1)
  const peak = excess.indexOf(Math.max(...excess))
  if (!(average > 0 && excess[peak]! >= 0.01)) return null
  const dates = calendar === null ? [] : forecastDates(calendar, values.length, m)
  const name = (i: number): string => periodName(calendar, dates[i] ?? null, values.length + i)
  const high = Array.from(excess.keys())
    .filter((i) => excess[i]! >= HIGH * excess[peak]!)
    .sort((a, b) => excess[b]! - excess[a]!)
    .slice(0, MOST_NAMED)
    .sort((a, b) => a - b)
  return { period: name(peak), periods: high.map(name).join(', '), percent: percent(excess[peak]!) }
}

/** Change per period of a forecast, whole seasons apart. */
function slopeOf(mean: Float64Array, m: number): number {
  if (mean.length <= m) return 0
  let total = 0
  for (let i = m; i < mean.length; i++) total += (mean[i]! - mean[i - m]!) / m
  return total / (mean.length - m)
}

/** Mean of the values that are there. */
function average(values: Float64Array): number {
  const present = values.filter((value) => !Number.isNaN(value))
  return present.reduce((sum, value) => sum + value / present.length, 0)
}

const WIDE = 0.5
const LEAST_COVERAGE = 0.65
const JUDGED = 12
const MISSING = 0.05

export function risks({ finding, series, metrics, chosen, bandWidth, score }: Story): Code[] {
  const { features } = finding
  const risk: Code[] = []
  const advised = Math.max(THRESHOLDS.advisedObservations, series.seasonLength > 1 ? 2 * series.seasonLength : 0)
  if (features.observations < advised)
    risk.push(code('risk_short_history', { observations: features.observations, advised }))
  if (bandWidth > WIDE) risk.push(code('risk_wide_bands', { percent: percent(bandWidth) }))
  const judged = chosen?.trials?.reduce((sum, trial) => sum + trial.actual.length, 0) ?? 0
  if (metrics !== null) {
    if (metrics.skill < -0.005)
      risk.push(code('risk_not_better_than_naive', { percent: percent(-metrics.skill), yardstick: repeated(series) }))
    if (judged >= JUDGED && metrics.coverage80 < LEAST_COVERAGE)
      risk.push(code('risk_undercoverage', { percent: percent(metrics.coverage80), level: 80 }))
  }
  if (features.outliers > 0) risk.push(code('risk_outliers', { count: features.outliers }))
  const missing = features.missing / (features.missing + features.observations)
  if (missing > MISSING) risk.push(code('risk_missing_values', { percent: percent(missing) }))
  if (score < 0.6) risk.push(code('risk_low_confidence', { percent: percent(score) }))
  return risk
}

/** The other models tried, the best first, at most three; never the one that answered. `score`: error over the yardstick's. */
export function alternatives({ validation, chosen }: Story): Outcome['alternatives'] {
  if (validation === null || chosen === null) return []
  return validation.tried
    .filter((one) => one !== chosen && Number.isFinite(one.loss / validation.yardstickLoss))
    .sort((a, b) => a.loss - b.loss)
    .slice(0, 3)
    .map((one) => {
      const worse = one.loss / chosen.loss - 1
      const model = one.name
      const because =
        worse >= 0 || Number.isNaN(worse)
          ? code('lower_validation_score', { percent: percent(Number.isFinite(worse) ? worse : 0) })
          : code('rival_within_chance', { model, percent: percent(1 - one.loss / chosen.loss) })
      return { model, score: rounded(one.loss / validation.yardstickLoss), because }
    })
}
