import type { LocatedProblem } from '../messages.ts'
import type { BatchProgress } from './progress.ts'

/** What happens while a batch runs, as plain data: for a screen, a stream, a log. */
export type BatchEvent =
  | {
      readonly kind: 'state'
      readonly state: 'running' | 'paused' | 'completed' | 'completed_with_failures' | 'cancelled'
    }
  | { readonly kind: 'progress'; readonly progress: BatchProgress }
  /**
   * A series is answered, and on disk where there is a checkpoint. `seconds`: what it took a worker, null for none; `kept`:
   * the checkpoint had it.
   */
  | {
      readonly kind: 'series'
      readonly index: number
      readonly name: string
      readonly status: string
      readonly model: string
      readonly seconds: number | null
      readonly kept: boolean
    }
  /** Something was amiss that the batch dealt with: a worker died, a part of the checkpoint was damaged. */
  | { readonly kind: 'problem'; readonly problem: LocatedProblem }
