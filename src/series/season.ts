import type { Frequency } from './calendar.ts'

const DAYS_A_YEAR = 365.25
const PER_CYCLE: Readonly<Record<Frequency['unit'], number>> = {
  year: 1,
  month: 12,
  week: 52,
  day: 7,
  businessDay: 5,
  hour: 24,
  minute: 1440,
  second: 60,
}

/**
 * Periods in the main season of a frequency: the year for months and weeks, the week for days, the day for hours and
 * minutes, the minute for seconds. 1 where the step does not divide it (3-day data has no whole week).
 */
export function defaultSeasonLength({ unit, step }: Frequency): number {
  const length = PER_CYCLE[unit] / step
  return Number.isInteger(length) && length >= 1 ? length : 1
}

/** Longer seasons that a frequency may show besides, in periods: the year of days, the week of hours and minutes. */
export function defaultFurtherSeasons(frequency: Frequency): number[] {
  const { unit, step } = frequency
  const main = defaultSeasonLength(frequency)
  if (unit === 'day') return [DAYS_A_YEAR / step]
  if (unit === 'businessDay') return [(5 * DAYS_A_YEAR) / 7 / step]
  return (unit === 'hour' || unit === 'minute') && main > 1 ? [7 * main] : []
}

/** Season lengths tried where nothing is known of the time step: quarters, days, months, hours, weeks. */
const SEASON_CANDIDATES: readonly number[] = [4, 7, 12, 24, 52]

export interface SeasonEvidence {
  /** The season length chosen, 1 where no candidate shows. */
  readonly seasonLength: number
  /** Autocorrelation of the differenced series at that lag, and the bound it had to pass; null where none was chosen. */
  readonly correlation: number | null
  readonly bound: number | null
}

/** Two-sided 1 % per candidate; several candidates share one series. */
const Z = 2.576
/** A season that explains less than this correlation is not worth its parameters. */
const LEAST_CORRELATION = 0.2
/** A longer season must be this much better than a shorter one: every multiple of a season looks like one. */
const BETTER_BY = 0.1
/** Observations looked at, the last ones: enough for any candidate, and a million points stay cheap. */
const SEASONS_SEEN = 200

/**
 * The season length for which there is evidence, for data without dates. Missing values are NaN.
 * The series is differenced first, so that neither a trend nor a random walk looks seasonal; a candidate m is then
 * accepted when the autocorrelation at lag m passes Bartlett's bound z sqrt((1 + 2 sum_{k<m} r_k^2) / n), stands above
 * its neighbours m - 1 and m + 1, and, where the series is long enough to tell, repeats at lag 2m.
 * Needs 3 full seasons of a candidate. Source of the bound: Bartlett (1946); used so in the M4 benchmarks
 * (Makridakis, Spiliotis & Assimakopoulos 2020) on the undifferenced series, where trends pass it.
 */
export function chooseSeasonLength(
  values: ArrayLike<number>,
  candidates: readonly number[] = SEASON_CANDIDATES,
): SeasonEvidence {
  const usable = [...new Set(candidates)]
    .filter((m) => Number.isInteger(m) && m >= 2 && values.length >= 3 * m + 1)
    .sort((a, b) => a - b)
  let best: SeasonEvidence = { seasonLength: 1, correlation: null, bound: null }
  if (usable.length === 0) return best
  const longest = usable[usable.length - 1]
  const differences = differenced(values, SEASONS_SEEN * longest)
  const r = autocorrelations(differences.values, 2 * longest)
  for (const m of usable) {
    let squares = 0
    for (let k = 1; k < m; k++) squares += r[k] * r[k]
    const bound = Z * Math.sqrt((1 + 2 * squares) / Math.max(1, differences.present))
    const correlation = r[m]
    const peak = correlation > r[m + 1] && (m === 2 || correlation > r[m - 1])
    const repeats = values.length < 4 * m || r[2 * m] > Math.min(bound, correlation / 2)
    if (!(correlation > Math.max(bound, LEAST_CORRELATION)) || !peak || !repeats) continue
    if (correlation > (best.correlation ?? -1) + BETTER_BY) best = { seasonLength: m, correlation, bound }
  }
  return best
}

function differenced(values: ArrayLike<number>, most: number): { values: Float64Array; present: number } {
  const from = Math.max(0, values.length - 1 - most)
  const result = new Float64Array(Math.max(0, values.length - 1 - from))
  let sum = 0
  let present = 0
  for (let i = 0; i < result.length; i++) {
    result[i] = values[from + i + 1] - values[from + i]
    if (!Number.isFinite(result[i])) continue
    sum += result[i]
    present++
  }
  const mean = sum / present
  for (let i = 0; i < result.length; i++) result[i] = Number.isFinite(result[i]) ? result[i] - mean : 0
  return { values: result, present }
}

/** Lags 0 to `lags`; all 0 for a constant. Missing differences stand at the mean, 0. */
function autocorrelations(x: Float64Array, lags: number): Float64Array {
  const r = new Float64Array(lags + 2)
  let size = 0
  for (const value of x) size = Math.max(size, Math.abs(value))
  if (!(size > 0)) return r
  let variance = 0
  for (const value of x) variance += (value / size) ** 2
  for (let k = 0; k <= lags + 1 && k < x.length; k++) {
    let sum = 0
    for (let i = k; i < x.length; i++) sum += (x[i] / size) * (x[i - k] / size)
    r[k] = sum / variance
  }
  return r
}
