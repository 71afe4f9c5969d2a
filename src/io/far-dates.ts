import { parseTick, SECONDS_PER_DAY } from '../series/civil-day.ts'
import type { Observation } from '../series/observation.ts'

/** A first or last date so many years away from all others ... */
const FAR_YEARS = 10
/** ... and so many times the span of the others can only be a slip: 2042 for 2024, or 9999 for "no end". */
const FAR_SPANS = 2
/** Dates that must agree before one may be called far from them. */
const LEAST_OTHERS = 6
const YEAR = 365.25 * SECONDS_PER_DAY

/** Places of the observations whose date stands alone, far from all others; `years` to the nearest other date. */
export function farDates(observations: readonly Observation[]): { readonly at: number; readonly years: number }[] {
  const ticks = observations.map(({ date }) => (date === null ? Number.NaN : parseTick(date)))
  const distinct = [...new Set(ticks.filter((tick) => !Number.isNaN(tick)))].sort((a, b) => a - b)
  if (distinct.length < LEAST_OTHERS + 1) return []
  const [first, second] = distinct
  const [last, before] = [distinct.at(-1)!, distinct.at(-2)!]
  const least = Math.max(FAR_YEARS * YEAR, FAR_SPANS * (before - second))
  const gaps = new Map([
    [first, second - first],
    [last, last - before],
  ])
  return ticks.flatMap((tick, at) => {
    const gap = gaps.get(tick) ?? 0
    return gap > least ? [{ at, years: Math.round(gap / YEAR) }] : []
  })
}
