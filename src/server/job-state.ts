import type { JobState } from '../contract/job.ts'

/** States in which nothing more happens by itself. */
export const ENDED = ['completed', 'completed_with_failures', 'failed', 'cancelled'] as const satisfies JobState[]
/** States in which a job is still to end. */
export const OPEN = ['queued', 'running', 'paused'] as const satisfies JobState[]

export const isTerminal = (state: string): boolean => ENDED.some((ended) => ended === state)
