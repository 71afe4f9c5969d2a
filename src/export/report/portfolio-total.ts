import type { SeriesResult } from '../../batch/run-result.ts'
import { frequencyName } from '../../series/frequency-name.ts'
import { bandAt } from '../bands.ts'
import { forecastOf } from '../forecast-of.ts'
import { historyDates } from './history-dates.ts'

/** One period of a total over series: what was, or what is forecast. */
export interface TotalPeriod {
  readonly date: string
  readonly actual: number | null
  readonly forecast: number | null
  /** Sums of the bounds of all series: where the total lies if all err to the same side. Null without bands. */
  readonly lower: number | null
  readonly upper: number | null
}

export interface PortfolioTotal {
  readonly periods: readonly TotalPeriod[]
  /** How many series are in it, of how many. */
  readonly series: number
  readonly of: number
  readonly unit: string | null
  readonly frequency: string
  /** Of the bounds. */
  readonly level: number
}

const MOST_HISTORY = 160

/**
 * The total of the series that can be added up: those of the most common unit and frequency with the same last date.
 * Null where no two series can be.
 */
export function portfolioTotal(results: readonly SeriesResult[]): PortfolioTotal | null {
  const groups = new Map<string, SeriesResult[]>()
  for (const result of results) {
    if (result.calendar === null || forecastOf(result) === null) continue
    const key = `${result.unit ?? ''}\n${frequencyName(result.calendar.frequency)}\n${result.dates[0]}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [result])
    else group.push(result)
  }
  const [group] = [...groups.values()].sort((a, b) => b.length - a.length)
  if (group === undefined || group.length < 2) return null
  const longest = group.reduce((a, b) => (b.history.length > a.history.length ? b : a))
  const kept = Math.min(longest.history.length, MOST_HISTORY)
  const actual = new Float64Array(kept)
  for (const { history } of group)
    for (let back = 1; back <= Math.min(kept, history.length); back++) {
      const value = history[history.length - back]!
      if (!Number.isNaN(value)) actual[kept - back]! += value
    }
  const [level = 0.8] = longest.levels
  const { horizon } = longest
  const sums = Array.from({ length: horizon }, () => ({ mean: 0, lower: 0, upper: 0 }))
  for (const result of group) {
    const { forecast } = forecastOf(result)!
    const band = bandAt(forecast, level)
    for (const [step, sum] of sums.entries()) {
      sum.mean += forecast.mean[step]!
      sum.lower += band?.lower[step] ?? Number.NaN
      sum.upper += band?.upper[step] ?? Number.NaN
    }
  }
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
  const before = historyDates(longest, kept)
  return {
    periods: [
      ...before.map((date, i) => ({ date, actual: actual[i]!, forecast: null, lower: null, upper: null })),
      ...sums.map(({ mean, lower, upper }, step) => ({
        date: longest.dates[step] ?? '',
        ...{ actual: null, forecast: mean, lower: finite(lower), upper: finite(upper) },
      })),
    ],
    series: group.length,
    of: results.length,
    unit: longest.unit,
    frequency: frequencyName(longest.calendar!.frequency),
    level,
  }
}
