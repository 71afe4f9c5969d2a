import { quantileAt, quantileOfTotal } from '../automl/published-quantiles.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import { type Code, code } from '../messages.ts'
import { type Calendar, periodDate, periodName } from '../series/calendar.ts'
import { type Member, unitValue } from './member.ts'
import { changeOf, totalBefore } from './season-before.ts'

/** Worst first; the shape beside the colour is the front ends'. */
export const SEVERITIES = ['bad', 'attention', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What may be the matter, and how bad that is. */
const SEVERITY_OF = {
  failed: 'bad',
  cancelled: 'bad',
  stock_out: 'bad',
  fallback: 'attention',
  low_confidence: 'attention',
  worse_than_naive: 'attention',
  bias: 'attention',
  outside_band: 'attention',
  changed: 'info',
  large_change: 'info',
  outlier: 'info',
} as const satisfies Record<string, Severity>
export type ExceptionKind = keyof typeof SEVERITY_OF

/** Something a planner should look at, with what is at stake. A series may have several, each of its own kind. */
export interface Exception {
  readonly series: string
  /** Of the series among those given, from 0. */
  readonly position: number
  readonly kind: ExceptionKind
  readonly severity: Severity
  /** What is the matter, in numbers. */
  readonly because: Code
  /** Units over the horizon that are in question. */
  readonly quantity: number
  /** The same in money; null where the item has neither price nor cost. */
  readonly value: number | null
  /** What to do. */
  readonly advice: Code | null
}

/** A result, and what its item is worth. */
type Watched = Pick<Member, 'result' | 'supply'>

/** What an earlier run said of a series, and what came: dates as in the results. */
export interface Earlier {
  readonly dates: readonly (string | null)[]
  readonly mean: readonly number[]
  /** Ends of the widest band. */
  readonly lower: readonly (number | null)[]
  readonly upper: readonly (number | null)[]
  /** Level of that band, in percent. */
  readonly level: number
}

/** What a result said, for a later run to be held against; null where it said nothing. */
export function earlierOf({ outcome, dates, levels }: SeriesResult): Earlier | null {
  const forecast = outcome?.forecast ?? null
  if (forecast === null) return null
  const { mean, bands } = forecast
  const level = levels.at(-1)!
  const end = (p: number): (number | null)[] =>
    Array.from(mean, (_, h) => (bands === null ? null : quantileAt(bands, h, p)))
  return {
    dates,
    mean: [...mean],
    lower: end((1 - level) / 2),
    upper: end((1 + level) / 2),
    level: Number((100 * level).toPrecision(12)),
  }
}

/** Limits beyond which something is an exception. */
const LIMITS = {
  /** Of the mean forecast error over the mean demand. */
  bias: 0.1,
  /** Tracking signals in use lie between 3.75 and 4. */
  trackingSignal: 4,
  /** Probability of a smaller error than that of repeating the past. */
  beatsNaive: 0.5,
  /** Of the total over the periods that both runs forecast. */
  change: 0.2,
  /** Of the total over the same periods a season before. */
  seasonBefore: 0.3,
  /** Of not lasting the lead time. */
  stockOut: 0.1,
} as const

/** Answers that repeat the past themselves. */
const REPEATING: ReadonlySet<string> = new Set(['naive', 'seasonal_naive'])

const percent = (share: number): number => Number((100 * share).toPrecision(3))

/**
 * Exceptions of a portfolio: the worst first, of equal severity the most at stake first, in money where every one of them
 * has a price or a cost, else in units. `earlier` is the last run by series name. Pure: equal ones keep the order of the
 * portfolio.
 */
export function exceptionsOf(
  members: readonly Watched[],
  earlier: ReadonlyMap<string, Earlier> = new Map(),
): Exception[] {
  const found = members.flatMap((member, i) => exceptionsIn(member, i, earlier.get(member.result.name) ?? null))
  const stake = stakeOf(found)
  const rank = ({ severity }: Exception): number => SEVERITIES.indexOf(severity)
  return found.sort((a, b) => rank(a) - rank(b) || stake(b) - stake(a) || a.position - b.position)
}

/** Money where every exception has a price or a cost, else units: the two do not add up. */
export const basisOf = (exceptions: readonly Pick<Exception, 'value'>[]): 'value' | 'quantity' =>
  exceptions.length > 0 && exceptions.every(({ value }) => value !== null) ? 'value' : 'quantity'

/** What an exception is ranked by among these. */
export function stakeOf(exceptions: readonly Exception[]): (exception: Exception) => number {
  const basis = basisOf(exceptions)
  return ({ quantity, value }) => (basis === 'value' ? value! : quantity)
}

/** The first, which is the worst, of each series, in the order given. */
export function worstOfEach(exceptions: readonly Exception[]): Exception[] {
  const told = new Set<number>()
  return exceptions.filter(({ position }) => !told.has(position) && told.add(position))
}

function exceptionsIn({ result, supply }: Watched, position: number, earlier: Earlier | null): Exception[] {
  const { outcome, status, name } = result
  const price = unitValue(supply)
  const problems = [...result.problems, ...(outcome?.problems ?? [])]
  const firstProblem = problems.find(({ severity }) => severity === 'error') ?? problems[0]
  const found: Exception[] = []
  const add = (kind: ExceptionKind, because: Code, quantity: number): void => {
    const units = quantity > 0 ? quantity : 0
    found.push({
      ...{ series: name, position, kind, severity: SEVERITY_OF[kind] },
      because: { code: because.code, params: because.params },
      ...{ quantity: units, value: price === null ? null : units * price },
      advice: outcome?.businessRecommendation[0] ?? null,
    })
  }
  const forecast = outcome?.forecast ?? null
  if (status === 'failed' || status === 'cancelled' || outcome === null || forecast === null) {
    // nothing is forecast: what was sold over as many periods is in question
    const kind = status === 'cancelled' ? 'cancelled' : 'failed'
    add(kind, firstProblem ?? code(kind === 'failed' ? 'exception_failed' : 'cancelled'), totalBefore(result))
    return found
  }
  const { mean, bands } = forecast
  const total = mean.reduce((sum, value) => sum + value, 0)
  const last = mean.length - 1
  const end = (p: number): number => (bands === null ? Number.NaN : quantileOfTotal(mean, bands, 0, last, p))
  const halfWidth = (end(0.9) - end(0.1)) / 2
  const supplied = result.portfolio?.supply ?? null
  if (supplied !== null && supplied.stockOutRisk >= LIMITS.stockOut && supplied.expectedShortage > 0) {
    const at = Math.max(
      0,
      supplied.projectedRisk.findIndex((risk) => risk >= LIMITS.stockOut),
    )
    const period = periodName(result.calendar, result.dates[at] ?? null, at)
    const params = { percent: percent(supplied.stockOutRisk), period }
    add('stock_out', code('exception_stock_out', params), supplied.expectedShortage)
  }
  if (status === 'fallback') add('fallback', outcome.because ?? firstProblem ?? code('exception_fallback'), halfWidth)
  if (outcome.confidenceGrade === 'low') {
    // that the confidence is low is what the kind says; the cause is what helps
    const cause = outcome.risk.find((risk) => risk.code !== 'risk_low_confidence')
    const low = code('exception_low_confidence', { percent: percent(outcome.confidenceScore) })
    add('low_confidence', cause ?? low, halfWidth)
  }
  const { beatsNaive, used } = outcome
  if (beatsNaive !== null && beatsNaive < LIMITS.beatsNaive && !REPEATING.has(used))
    add('worse_than_naive', code('exception_worse_than_naive', { percent: percent(beatsNaive) }), halfWidth)
  if (outcome.metrics !== null) {
    const { bias, trackingSignal, oneSided } = outcome.metrics
    const lean = Math.abs(bias * total)
    const isLarge = Math.abs(bias) >= LIMITS.bias && Math.abs(trackingSignal) >= LIMITS.trackingSignal
    if (isLarge && oneSided && lean > 0) {
      const params = { percent: percent(Math.abs(bias)), direction: bias > 0 ? 'high' : 'low' }
      add('bias', code('exception_bias', params), lean)
    }
  }
  if (earlier !== null) against(result, earlier, add)
  const change = changeOf(result)
  if (change?.share != null && Math.abs(change.share) >= LIMITS.seasonBefore) {
    const params = { percent: percent(Math.abs(change.share)), direction: change.share > 0 ? 'up' : 'down' }
    add('large_change', code('exception_large_change', params), Math.abs(change.forecast - change.before))
  }
  const outlier = problems.find((one) => one.code === 'outlier_set_aside')
  if (outlier !== undefined)
    add('outlier', outlier, Math.abs(Number(outlier.params.value) - Number(outlier.params.typical)))
  return found
}

/** What came outside the earlier band, and by how much the forecast of the same periods has changed since. */
function against(
  { outcome, dates, calendar, history }: SeriesResult,
  earlier: Earlier,
  add: (kind: ExceptionKind, because: Code, quantity: number) => void,
): void {
  const { mean } = outcome!.forecast!
  const now = new Map(dates.map((date, h) => [date, mean[h]!]))
  if (calendar === null || earlier.dates[0] == null) return
  let before = 0
  let after = 0
  let outside = 0
  let came = 0
  let off = 0
  const known = byDate(calendar, history, earlier.dates.length + mean.length)
  for (const [h, date] of earlier.dates.entries()) {
    const actual = known.get(date)
    if (actual !== undefined && !Number.isNaN(actual)) {
      came++
      const lower = earlier.lower[h] ?? Number.NEGATIVE_INFINITY
      const upper = earlier.upper[h] ?? Number.POSITIVE_INFINITY
      if (actual >= lower && actual <= upper) continue
      outside++
      off += Math.abs(actual - earlier.mean[h]!)
    } else if (now.has(date)) {
      before += earlier.mean[h]!
      after += now.get(date)!
    }
  }
  if (outside > 0)
    add('outside_band', code('exception_outside_band', { count: outside, of: came, level: earlier.level }), off)
  const change = Math.abs(after - before) / Math.abs(before)
  if (change >= LIMITS.change)
    add(
      'changed',
      code('exception_changed', { percent: percent(change), direction: after > before ? 'up' : 'down' }),
      Math.abs(after - before),
    )
}

/** The last values by date. */
function byDate(calendar: Calendar, values: Float64Array, count: number): ReadonlyMap<string | null, number> {
  const from = Math.max(0, values.length - count)
  return new Map(Array.from(values.subarray(from), (value, i) => [periodDate(calendar, from + i), value]))
}
