import { quantileAt, quantileOfTotal } from '../automl/published-quantiles.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import { type Code, code } from '../messages.ts'
import { type Calendar, periodDate } from '../series/calendar.ts'
import { type Member, unitValue } from './member.ts'

/** Something a planner should look at, with what is at stake. */
export interface Exception {
  readonly series: string
  /** What is the matter, in numbers. */
  readonly because: Code
  /** Units over the horizon that are in question. */
  readonly quantity: number
  /** The same in money; null where the item has neither price nor cost. */
  readonly value: number | null
}

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
  /** Of the total over the periods that both runs forecast. */
  change: 0.2,
  /** Of not lasting the lead time. */
  stockOut: 0.1,
} as const

const percent = (share: number): number => Number((100 * share).toPrecision(3))

/**
 * Exceptions of a portfolio, the most at stake first: in money where every item of them has a price or a cost, else in
 * units. `earlier` is the last run by series name. Pure: equal stakes keep the order of the portfolio.
 */
export function exceptionsOf(
  members: readonly Member[],
  earlier: ReadonlyMap<string, Earlier> = new Map(),
): Exception[] {
  const found = members.flatMap((member) => exceptionsIn(member, earlier.get(member.result.name) ?? null))
  const money = found.every(({ value }) => value !== null)
  const stake = ({ quantity, value }: Exception): number => (money ? value! : quantity)
  return found.sort((a, b) => stake(b) - stake(a))
}

function exceptionsIn(member: Member, earlier: Earlier | null): Exception[] {
  const { result } = member
  const { outcome } = result
  const forecast = outcome?.forecast ?? null
  if (outcome === null || forecast === null) return []
  const price = unitValue(member.supply)
  const found: Exception[] = []
  const add = (because: Code, quantity: number): void => {
    if (!(quantity > 0)) return
    found.push({ series: result.name, because, quantity, value: price === null ? null : quantity * price })
  }
  const { mean, bands } = forecast
  const total = mean.reduce((sum, value) => sum + value, 0)
  const last = mean.length - 1
  const end = (p: number): number => (bands === null ? Number.NaN : quantileOfTotal(mean, bands, 0, last, p))
  const { metrics } = outcome
  if (metrics !== null) {
    const { bias, trackingSignal, skill } = metrics
    if (Math.abs(bias) >= LIMITS.bias && Math.abs(trackingSignal) >= LIMITS.trackingSignal)
      add(
        code('exception_bias', { percent: percent(Math.abs(bias)), direction: bias > 0 ? 'high' : 'low' }),
        Math.abs(bias * total),
      )
    if (skill < 0) add(code('exception_worse_than_naive', { percent: percent(-skill) }), -skill * halfWidth(end))
  }
  if (outcome.confidenceGrade === 'low')
    add(code('exception_low_confidence', { percent: percent(outcome.confidenceScore) }), halfWidth(end))
  const supply = result.portfolio?.supply ?? null
  if (supply !== null && supply.stockOutRisk >= LIMITS.stockOut) {
    const at = supply.projectedRisk.findIndex((risk) => risk >= LIMITS.stockOut)
    const period = result.dates[Math.max(0, at)] ?? String(Math.max(0, at) + 1)
    add(code('exception_stock_out', { percent: percent(supply.stockOutRisk), period }), supply.expectedShortage)
  }
  if (earlier !== null) for (const [because, quantity] of against(member, earlier)) add(because, quantity)
  return found
}

const halfWidth = (end: (p: number) => number): number => (end(0.9) - end(0.1)) / 2

/** What came outside the earlier band, and by how much the forecast of the same periods has changed since. */
function against({ result, values, calendar }: Member, earlier: Earlier): [Code, number][] {
  const found: [Code, number][] = []
  const { mean } = result.outcome!.forecast!
  const now = new Map(result.dates.map((date, h) => [date, mean[h]!]))
  if (calendar === null || earlier.dates[0] == null) return found
  let before = 0
  let after = 0
  let outside = 0
  let came = 0
  let off = 0
  const history = byDate(calendar, values, earlier.dates.length + mean.length)
  for (const [h, date] of earlier.dates.entries()) {
    const actual = history.get(date)
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
  if (outside > 0) found.push([code('exception_outside_band', { count: outside, of: came, level: earlier.level }), off])
  const change = Math.abs(after - before) / Math.abs(before)
  if (change >= LIMITS.change)
    found.push([
      code('exception_changed', { percent: percent(change), direction: after > before ? 'up' : 'down' }),
      Math.abs(after - before),
    ])
  return found
}

/** The last values by date. */
function byDate(calendar: Calendar, values: Float64Array, count: number): ReadonlyMap<string | null, number> {
  const from = Math.max(0, values.length - count)
  return new Map(Array.from(values.subarray(from), (value, i) => [periodDate(calendar, from + i), value]))
}
