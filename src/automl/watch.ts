import type { Budget } from '../math/optimize/budget.ts'
import type { Code } from '../messages.ts'
import type { FitBase } from '../models/model.ts'
import type { ForecastOptions } from './outcome.ts'

/** How the batch follows a forecast while it is made, and keeps its models within their time. */
export interface Watch {
  /** Before a model works on this series. A code keeps it from working, and is written down as its refusal. */
  begin(model: string): Code | null
  /** When it is done, with an answer or without. */
  end(model: string): void
  /** Asked by every search now and then: true ends it with the best point so far. */
  expired(): boolean
  /**
   * What may answer: the models that the pattern asks for; the short chain of simple ARIMA, exponential smoothing,
   * seasonal naive and naive, whichever answers first; or the two naive ones alone.
   */
  readonly chain: 'full' | 'simple' | 'naive'
  /**
   * What was estimated for this candidate (`Candidate.id`) at this stage of an earlier run, to be carried through the
   * history as it is now; null to estimate it.
   */
  recall?(candidate: string, stage: string): FitBase | null
  /** Told of what was estimated, and can be carried. */
  remember?(candidate: string, stage: string, fit: FitBase): void
}

/** Nobody waits. */
export const unwatched: Watch = { begin: () => null, end: () => {}, expired: () => false, chain: 'full' }

/** What one fit may spend: far more than any search needs that is not astray. */
const EVALUATIONS = { fast: 10_000, balanced: 20_000, thorough: 100_000 } as const

/** The watch with what each fit may spend: evaluations, which are the same everywhere, and time. */
export interface Bounded extends Watch {
  readonly budget: Budget
}

export const bounded = (watch: Watch, { effort }: ForecastOptions): Bounded => ({
  ...watch,
  budget: { maxEvaluations: EVALUATIONS[effort], expired: watch.expired },
})
