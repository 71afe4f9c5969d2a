import type { Code } from '../messages.ts'
import type { TaskResult } from './task.ts'

type Told = Pick<TaskResult, 'status' | 'outcome' | 'problems'>

const codesOf = ({ outcome, problems }: Told): readonly Code[] =>
  outcome?.because ? [outcome.because, ...problems] : problems

const GAVE_OUT = new Set<string>(['worker_crashed', 'memory_exhausted', 'deadline_reached', 'effort_reduced'])

const metTheClock = ({ code }: Code): boolean => code === 'time_limit_reached' || code === 'search_cut_short'

/** Whether time, memory or a worker gave out before the models were done: another try may say more. */
export const wasCutShort = (result: Told): boolean =>
  codesOf(result).some((each) => metTheClock(each) || GAVE_OUT.has(each.code))

/**
 * Whether an answer that was found needs no other try. What met a time limit stands as long as the limit is the same one;
 * a retry takes back whatever failed or was cut short.
 */
export function isFinal(result: Told, secondsPerModel: number, retry: boolean): boolean {
  if (retry && (result.status === 'failed' || wasCutShort(result))) return false
  return codesOf(result)
    .filter(metTheClock)
    .every(({ params }) => params.seconds === secondsPerModel)
}
