import type { SeriesResult } from '../../batch/run-result.ts'
import type { Portfolio } from '../../io/portfolio.ts'
import type { Code } from '../../messages.ts'
import type { Exception } from '../../portfolio/exceptions.ts'
import { isTotal } from '../is-total.ts'

/** One series that a planner should look at, and why. */
export interface Attention {
  readonly name: string
  readonly status: 'failed' | 'cancelled' | 'fallback' | 'low_confidence'
  readonly confidence: number | null
  readonly because: Code | null
}

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
  readonly attention: readonly Attention[]
  /** The most at stake first: in money where every item of them has a price or a cost. */
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

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

const WORST_FIRST = ['failed', 'cancelled', 'fallback', 'low_confidence']

function attentionOf(result: SeriesResult): Attention[] {
  const { name, status, outcome } = result
  const problems = [...result.problems, ...(outcome?.problems ?? [])]
  const first = problems.find((each) => each.severity === 'error') ?? problems[0] ?? null
  const confidence = outcome?.confidenceScore ?? null
  if (status === 'failed' || status === 'cancelled') return [{ name, status, confidence, because: first }]
  if (outcome === null) return []
  if (status === 'fallback') return [{ name, status, confidence, because: outcome.because ?? first }]
  if (outcome.confidenceGrade !== 'low') return []
  // `risk_low_confidence` repeats what the grade says; the cause is what helps
  const because = outcome.risk.find((risk) => risk.code !== 'risk_low_confidence') ?? outcome.risk[0] ?? first
  return [{ name, status: 'low_confidence', confidence, because }]
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
  const rank = (each: Attention): number => WORST_FIRST.indexOf(each.status)
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
    attention: results
      .flatMap(attentionOf)
      .map((each, position) => ({ each, position }))
      .sort(
        (a, b) =>
          rank(a.each) - rank(b.each) || (a.each.confidence ?? 0) - (b.each.confidence ?? 0) || a.position - b.position,
      )
      .map(({ each }) => each),
    exceptions,
    rows,
    repairs: tally(results.flatMap(({ repairs }) => repairs.map(({ kind }) => kind))),
    set_aside: outcomes.flatMap(({ problems }) => problems).filter(({ code }) => code === 'outlier_set_aside').length,
  }
}
