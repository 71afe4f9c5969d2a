import type { SeriesResult } from '../../batch/run-result.ts'
import type { Portfolio } from '../../io/portfolio.ts'
import type { Exception } from '../../portfolio/exceptions.ts'
import { isTotal } from '../is-total.ts'

/** A run in numbers; `--json` prints it, `summary-text.ts` writes it for people. */
export interface Summary {
  readonly series: number
  /** Forecast beside the series, and adding up with them. */
  readonly totals: number
  readonly horizon: number
  readonly by_status: Readonly<Record<SeriesResult['status'], number>>
  readonly patterns: Readonly<Record<string, number>>
  readonly models: Readonly<Record<string, number>>
  readonly confidence: Readonly<Record<'high' | 'fair' | 'low', number>>
  /** Over the series where both could be measured on held-back history; nulls where there is none. */
  readonly against_seasonal_naive: {
    readonly compared: number
    readonly beating_share: number | null
    readonly median_skill: number | null
  }
  /** What a planner should look at: the worst first, then the most at stake. */
  readonly exceptions: readonly Exception[]
  readonly rows: Portfolio['totals'] | null
  readonly repairs: Readonly<Record<string, number>>
  /** Values so far out that they were not used; `check` lists them. */
  readonly set_aside: number
}

/** How often each word occurs, the most frequent first; equal counts by name. */
export function tally(words: Iterable<string>): Record<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)))
}

/** Null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** `rows`: what became of the rows of the files; null where there were none (a portfolio given by a program). */
export function summarise(
  all: readonly SeriesResult[],
  rows: Portfolio['totals'] | null,
  exceptions: readonly Exception[] = [],
): Summary {
  const totals = all.filter(isTotal)
  const results = all.filter((result) => !isTotal(result))
  const outcomes = results.flatMap(({ outcome }) => (outcome === null || outcome.forecast === null ? [] : [outcome]))
  const skills = outcomes.flatMap(({ metrics }) =>
    metrics !== null && Number.isFinite(metrics.skill) ? [metrics.skill] : [],
  )
  const status = (wanted: SeriesResult['status']): number => results.filter((each) => each.status === wanted).length
  const grade = (wanted: 'high' | 'fair' | 'low'): number =>
    outcomes.filter((each) => each.confidenceGrade === wanted).length
  return {
    series: results.length,
    totals: totals.length,
    horizon: results[0]?.horizon ?? 0,
    by_status: {
      success: status('success'),
      fallback: status('fallback'),
      failed: status('failed'),
      cancelled: status('cancelled'),
    },
    patterns: tally(outcomes.map((each) => each.pattern)),
    models: tally(outcomes.map((each) => each.used)),
    confidence: { high: grade('high'), fair: grade('fair'), low: grade('low') },
    against_seasonal_naive: {
      compared: skills.length,
      beating_share: skills.length === 0 ? null : skills.filter((skill) => skill > 0).length / skills.length,
      median_skill: median(skills),
    },
    exceptions,
    rows,
    repairs: tally(results.flatMap(({ repairs }) => repairs.map(({ kind }) => kind))),
    set_aside: outcomes.flatMap(({ problems }) => problems).filter(({ code }) => code === 'outlier_set_aside').length,
  }
}
