import { median } from '../math/quantile.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import { periodDate, periodName } from '../series/calendar.ts'
import { grossOutliers } from '../series/gross-outliers.ts'
import type { Series } from '../series/series.ts'
import { THRESHOLDS } from './thresholds.ts'

export interface Prepared {
  /** What the engine works on: finite or NaN, of a size that squares do not overflow, a usable season. */
  readonly series: Series
  /** The same, its last values alone where there are very many. */
  readonly fitted: Series
  /** A power of 2: times this, numbers are on the scale of the input. */
  readonly scale: number
  readonly observations: number
  readonly problems: readonly LocatedProblem[]
}

const LIMIT = 1e300
/** Sizes beyond these are rescaled: their squares would leave the range of doubles. */
const LARGE = 1e100
const SMALL = 1e-100
/** Values that models are fitted on, and seasons where those are more. */
const FITTED = 5000
const FITTED_SEASONS = 10

/** The last `most` periods of a series; regressors keep their future, the calendar begins later. */
export function tailOf(series: Series, most: number): Series {
  const { values, regressors, companions, calendar } = series
  const from = values.length - most
  const start = calendar === null ? null : periodDate(calendar, from)
  return {
    ...series,
    values: values.slice(from),
    calendar: calendar === null || start === null ? null : { ...calendar, start },
    ...(regressors && { regressors: { ...regressors, columns: regressors.columns.map((each) => each.slice(from)) } }),
    ...(companions && { companions: { ...companions, columns: companions.columns.map((each) => each.slice(from)) } }),
  }
}

/** Checks and bounds a series; throws `series_empty`, `series_no_values` or `series_out_of_range`. */
export function prepare(input: Series): Prepared {
  const place = { series: input.name }
  const n = input.values.length
  if (n === 0) throw new Problem(problem('series_empty', {}, place))
  const problems: LocatedProblem[] = []
  let observations = 0
  let size = 0
  const values = input.values.map((value) => {
    if (!Number.isFinite(value)) return Number.NaN
    observations++
    size = Math.max(size, Math.abs(value))
    return value + 0
  })
  if (observations === 0) throw new Problem(problem('series_no_values', { observations: n }, place))
  if (input.values.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY))
    problems.push(problem('not_finite_treated_missing', {}, place))
  if (size > LIMIT) throw new Problem(problem('series_out_of_range', { value: size, limit: LIMIT }, place))
  if (observations === 1) problems.push(problem('series_too_short', { observations, needed: 2 }, place))
  else if (observations < THRESHOLDS.advisedObservations)
    problems.push(problem('series_short', { observations, advised: THRESHOLDS.advisedObservations }, place))

  let { seasonLength } = input
  if (!Number.isInteger(seasonLength) || seasonLength < 1 || (seasonLength > 1 && seasonLength > n / 2)) {
    const shown = Number.isFinite(seasonLength) ? seasonLength : String(seasonLength)
    problems.push(problem('season_length_unusable', { seasonLength: shown, observations: n }, place))
    seasonLength = 1
  }
  const typical = median(values.filter((value) => !Number.isNaN(value)))
  for (const t of grossOutliers(values, seasonLength)) {
    const period = periodName(input.calendar, input.calendar && periodDate(input.calendar, t), t)
    problems.push(problem('outlier_set_aside', { value: values[t]!, period, typical }, place))
    values[t] = Number.NaN
    observations--
  }
  const extreme = size > LARGE || (size > 0 && size < SMALL)
  const scale = extreme ? 2 ** Math.max(-1000, Math.floor(Math.log2(size))) : 1
  const series = { ...input, seasonLength, values: extreme ? values.map((value) => value / scale) : values }
  const most = Math.max(FITTED, FITTED_SEASONS * seasonLength)
  let fitted: Series = series
  // a tail without a value would leave nothing to fit on
  if (n > most && series.values.subarray(n - most).some((value) => !Number.isNaN(value))) {
    fitted = tailOf(series, most)
    problems.push(problem('history_limited', { observations: n, used: most }, place))
  }
  return { series, fitted, scale, observations, problems }
}
