import type { SeriesResult } from '../../batch/run-result.ts'
import type { Code } from '../../messages.ts'
import { forecastOf, problemsOf } from '../forecast-of.ts'
import { type Change, changeOf } from './last-year.ts'

/** Worst first; the shape beside the colour is the front ends'. */
export type Severity = 'bad' | 'attention' | 'info'

/** Why a series is in the list, worst first. */
const FINDINGS = [
  'failed',
  'cancelled',
  'fallback',
  'low_confidence',
  'worse_than_naive',
  'large_change',
  'outlier',
] as const
export type Finding = (typeof FINDINGS)[number]

/** One series that a person should look at. */
export interface Exception {
  readonly result: SeriesResult
  readonly severity: Severity
  readonly finding: Finding
  /** What the engine says of it. */
  readonly because: Code | null
  /** What to do. */
  readonly action: Code | null
  readonly change: Change | null
}

/** A forecast that differs from the season before by more than this is looked at before it is used. */
const LARGE_CHANGE = 0.3

const SEVERITY_OF: Readonly<Record<Finding, Severity>> = {
  failed: 'bad',
  cancelled: 'bad',
  fallback: 'attention',
  low_confidence: 'attention',
  worse_than_naive: 'attention',
  large_change: 'info',
  outlier: 'info',
}

/** The series that need a person, worst first: severity, finding, confidence, then the order of the portfolio. */
export function exceptionsOf(results: readonly SeriesResult[]): Exception[] {
  const found = results.flatMap((result, position) => {
    const exception = exceptionOf(result)
    return exception === null ? [] : [{ exception, position }]
  })
  const rank = ({ finding }: Exception): number => FINDINGS.indexOf(finding)
  const confidence = ({ result }: Exception): number => result.outcome?.confidenceScore ?? 0
  return found
    .sort(
      (a, b) =>
        rank(a.exception) - rank(b.exception) ||
        confidence(a.exception) - confidence(b.exception) ||
        a.position - b.position,
    )
    .map(({ exception }) => exception)
}

function exceptionOf(result: SeriesResult): Exception | null {
  const { status, outcome } = result
  const problems = problemsOf(result)
  const firstProblem = problems.find(({ severity }) => severity === 'error') ?? problems[0] ?? null
  const change = changeOf(result)
  const action = outcome?.businessRecommendation[0] ?? null
  const exception = (finding: Finding, because: Code | null): Exception => ({
    ...{ result, severity: SEVERITY_OF[finding], finding, because, action, change },
  })
  if (status === 'failed' || status === 'cancelled') return exception(status, firstProblem)
  const published = forecastOf(result)
  if (published === null || outcome === null) return exception('failed', firstProblem)
  if (status === 'fallback') return exception('fallback', outcome.because ?? firstProblem)
  const risk = (name: string): Code | undefined => outcome.risk.find(({ code }) => code === name)
  if (outcome.confidenceGrade === 'low') {
    // that the confidence is low is what the finding says; the cause is what helps
    const cause = outcome.risk.find(({ code }) => code !== 'risk_low_confidence')
    return exception('low_confidence', cause ?? outcome.risk[0] ?? null)
  }
  const naive = risk('risk_not_better_than_naive')
  if (naive !== undefined) return exception('worse_than_naive', naive)
  if (change?.share != null && Math.abs(change.share) > LARGE_CHANGE) return exception('large_change', null)
  const outlier = problems.find(({ code }) => code === 'outlier_set_aside')
  return outlier === undefined ? null : exception('outlier', outlier)
}
