import type { Outcome } from '../automl/outcome.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import type { Method, PastErrors } from '../hierarchy/covariance.ts'
import { type Hierarchy, hierarchyOf } from '../hierarchy/hierarchy.ts'
import { reconcileForecasts } from '../hierarchy/reconcile-forecasts.ts'
import type { Random } from '../math/random.ts'
import { code } from '../messages.ts'
import type { PublishedForecast } from '../models/published-forecast.ts'
import type { Grouping, Part } from './grouping.ts'
import { withFigures, withForecast } from './revise.ts'

/** Periods of the past whose errors are looked at: more would cost their square. */
const REMEMBERED = 100

/**
 * Results whose forecasts add up: those of the parts first, in the portfolio's order, then those of the totals. A part
 * without a forecast is in no sum; a total that lost one, or has no forecast of its own, is the sum of its parts, and so is
 * one of the same parts as another: a state of one region says nothing that the region does not.
 */
export function reconciled(
  parts: readonly Part[],
  results: readonly SeriesResult[],
  grouping: Grouping,
  wanted: Method,
  random: Random,
): SeriesResult[] {
  const own = grouping.members.map((i) => results[i]!)
  const totals = grouping.series.map((_, k) => results[parts.length + k]!)
  const kept = [...own.keys()].filter((k) => forecastOf(own[k]!) !== null)
  if (kept.length === 0) return [...results]
  const place = new Map(kept.map((part, k) => [part, k]))
  const whole = grouping.hierarchy.totals.map((total) => total.parts.every((part) => place.has(part)))
  const once = firstOfTheirParts(grouping.hierarchy)
  const hierarchy = without(grouping.hierarchy, place)
  const base: (PublishedForecast | null)[] = [
    ...kept.map((k) => forecastOf(own[k]!)),
    ...totals.map((total, k) => (whole[k] && once[k] ? forecastOf(total) : null)),
  ]
  const members = kept.map((k) => parts[grouping.members[k]!]!)
  const floors = members.map(
    ({ values }, k) => !values.some((value) => value < 0) && !base[k]!.bands?.values.some((value) => value < 0),
  )
  const errors = errorsOf([...kept.map((k) => own[k]!.outcome), ...totals.map(({ outcome }) => outcome)])
  const { forecasts, method } = reconcileForecasts(hierarchy, base, floors, errors, wanted, random)
  const revised = [...results]
  const publish = (at: number, forecast: PublishedForecast): void => {
    const result = results[at]!
    const before = forecastOf(result)
    if (before === null) return
    const sum = (mean: Float64Array): number => mean.reduce((all, value) => all + value, 0)
    const change = 100 * (sum(forecast.mean) / sum(before.mean) - 1)
    const percent = Number.isFinite(change) ? Number(change.toPrecision(3)) : 0
    revised[at] = withFigures(withForecast(result, forecast, [code('reconciled', { method, percent })]), {
      reconciliation: { method, base: before.mean },
    })
  }
  for (const [k, part] of kept.entries()) publish(grouping.members[part]!, forecasts[k]!)
  for (const [k, total] of grouping.hierarchy.totals.entries()) {
    const at = parts.length + k
    publish(at, forecasts[kept.length + k]!)
    const { level, group } = total
    revised[at] = withFigures(revised[at]!, {
      total: { level, group, parts: Array.from(total.parts, (part) => own[part]!.name) },
    })
  }
  return revised
}

/** For each total whether none before it has the same parts. */
function firstOfTheirParts({ totals }: Hierarchy): boolean[] {
  const seen = new Set<string>()
  return totals.map(({ parts }) => {
    const key = parts.join()
    const first = !seen.has(key)
    seen.add(key)
    return first
  })
}

const forecastOf = ({ outcome }: SeriesResult): PublishedForecast | null => outcome?.forecast ?? null

/** The same totals of those parts that are left; their order is kept. */
function without({ totals, partCount, overlaps }: Hierarchy, place: ReadonlyMap<number, number>): Hierarchy {
  if (place.size === partCount) return { totals, partCount, overlaps }
  const left = totals.map((total) => ({
    ...total,
    parts: total.parts.filter((part) => place.has(part)).map((part) => place.get(part)!),
  }))
  return hierarchyOf(place.size, left, true)
}

/**
 * Errors of each node's own trials by the period they were made for, each history ending with the others; of several for
 * one period the mean. Real errors several steps ahead: what one step of smoothing leaves unexplained goes together in
 * other ways, and weighs forecasts worse (bench/RESULTS.md).
 */
export function errorsOf(outcomes: readonly (Pick<Outcome, 'trialErrors'> | null)[]): PastErrors {
  const longest = outcomes.reduce(
    (most, outcome) => (outcome?.trialErrors ?? []).reduce((high, { back }) => Math.max(high, back), most),
    0,
  )
  const length = Math.min(REMEMBERED, longest)
  const values = new Float64Array(outcomes.length * length).fill(Number.NaN)
  for (const [i, outcome] of outcomes.entries()) {
    const sums = new Float64Array(length)
    const counts = new Float64Array(length)
    for (const { back, errors } of outcome?.trialErrors ?? [])
      for (const [h, error] of errors.entries()) {
        const t = length - back + h
        if (t < 0 || Number.isNaN(error)) continue
        sums[t]! += error
        counts[t]!++
      }
    for (let t = 0; t < length; t++) if (counts[t]! > 0) values[i * length + t] = sums[t]! / counts[t]!
  }
  return { values, length }
}
