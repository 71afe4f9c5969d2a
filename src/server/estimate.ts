import type { Estimate } from '../contract/estimate.ts'
import type { paceOf } from '../store/queries/job.ts'
import type { JobSize } from './work/size.ts'

/** Seconds until the first series is begun: a thread, its modules, the file read once more. */
export const START_SECONDS = 1
/** Seconds of one worker for a unit of work before any was measured: a middling core, workers that begin cold. */
const ASSUMED_PACE = 1.2e-5
/** How far an assumed pace may be off, as a factor; and a measured one at least. */
const ASSUMED_DOUBT = 3
const LEAST_DOUBT = 1.2
/** A job with less than this share of all work says nothing of the spread: its own start outweighs it. */
const TELLING = 0.025

/** How long a job takes that has the machine for itself: its work by the pace of the jobs before. */
export function estimateOf({ series, cost, workers }: JobSize, jobs: Awaited<ReturnType<typeof paceOf>>): Estimate {
  const measured = jobs.length > 0
  const work = jobs.reduce((sum, job) => sum + job.cost, 0)
  const pace = measured ? jobs.reduce((sum, job) => sum + job.work_seconds, 0) / work : ASSUMED_PACE
  const ratios = jobs.flatMap((job) => (job.cost < TELLING * work ? [] : [job.work_seconds / job.cost / pace]))
  const spread = Math.max(LEAST_DOUBT, ...ratios.map((ratio) => Math.max(ratio, 1 / ratio)))
  const doubt = measured ? Math.min(spread, ASSUMED_DOUBT) : ASSUMED_DOUBT
  const computing = (cost * pace) / Math.max(1, workers)
  const seconds = (factor: number): number => Math.round(10 * (START_SECONDS + computing * factor)) / 10
  return { series, workers, seconds: seconds(1), seconds_range: [seconds(1 / doubt), seconds(doubt)], measured }
}
