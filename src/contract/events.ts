import { z } from 'zod'
import { JobState, Progress } from './job.ts'
import { LocatedProblem } from './problem.ts'
import { SeriesStatus } from './result.ts'

/** What the stream of a job carries: the SSE `event` is the name, its `data` one of these, its `id` counts from 1. */
export const EVENTS = {
  state: z.strictObject({ state: JobState }).meta({ id: 'StateEvent' }),
  progress: Progress,
  series: z
    .strictObject({
      position: z.int(),
      name: z.string(),
      status: SeriesStatus,
      model: z.string().nullable(),
      confidence: z.number().nullable(),
    })
    .meta({ id: 'SeriesEvent' }),
  problem: LocatedProblem,
} as const

export type EventKind = keyof typeof EVENTS
