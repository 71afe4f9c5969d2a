import type { Code } from '../messages.ts'
import type { InHand } from './hands.ts'
import type { Limits } from './messages.ts'

/** What may still be tried for a series whose workers died, and what is known of those deaths. */
export interface Rung {
  readonly step: 'first' | 'alone' | 'finished' | 'simple' | 'naive'
  readonly limits: Limits
  /** Models that have finished in any try, and those that were at work at a death. */
  readonly finished: readonly string[]
  readonly guilty: readonly string[]
}

const NO_LIMITS: Limits = { chain: 'full', only: null, refused: [], because: null, reduced: null }
/** The two models that take no time. */
export const NAIVE: Limits = { ...NO_LIMITS, chain: 'naive' }
export const FIRST: Rung = { step: 'first', limits: NO_LIMITS, finished: [], guilty: [] }

/**
 * The next try after a worker died with this series in its hands; null when all were in vain. Once more alone: as it was
 * after a crash, which need not be the model's fault; without the model after its time was up, for it has had it. Then
 * what the models give that have finished; then the short chain; then the naive ones.
 */
export function nextRung(rung: Rung, because: Code, { model, finished }: InHand): Rung | null {
  const late = because.code === 'time_limit_reached'
  const known = {
    finished: [...new Set([...rung.finished, ...finished])],
    guilty: model === '' ? rung.guilty : [...new Set([...rung.guilty, model])],
  }
  if (rung.step === 'first') {
    const limits = late && model !== '' ? { ...NO_LIMITS, refused: known.guilty, because } : NO_LIMITS
    // time that no model took would be taken again
    if (!late || model !== '') return { step: 'alone', limits, ...known }
  }
  const only = known.finished.filter((name) => !known.guilty.includes(name))
  if ((rung.step === 'first' || rung.step === 'alone') && only.length > 0)
    return { step: 'finished', limits: { ...NO_LIMITS, only, because }, ...known }
  const why = { because: rung.limits.because ?? because }
  if (rung.step === 'naive') return null
  if (rung.step === 'simple') return { step: 'naive', limits: { ...NAIVE, ...why }, ...known }
  return { step: 'simple', limits: { ...NO_LIMITS, chain: 'simple', ...why }, ...known }
}
