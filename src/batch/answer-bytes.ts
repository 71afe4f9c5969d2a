import { deserialize, serialize } from 'node:v8'
import type { Outcome } from '../automl/outcome.ts'
import type { LocatedProblem } from '../messages.ts'
import type { Task, TaskResult } from './task.ts'

/** An answer without its place in a portfolio. */
export interface Answer {
  readonly status: TaskResult['status']
  readonly outcome: Outcome | null
  readonly problems: readonly LocatedProblem[]
}

/** The bytes of an answer: what crosses threads and lies on disk. Throws where it is not plain data. */
export const encodeAnswer = ({ status, outcome, problems }: Answer): Uint8Array<ArrayBuffer> =>
  new Uint8Array(serialize({ status, outcome, problems }))

/** The answer for this task, told of its name: it may have been computed under another one. */
export function decodeAnswer(body: Uint8Array, { index, series: { name } }: Task): TaskResult {
  // the arrays of an answer are views of its bytes: a copy belongs to nobody else
  const { status, outcome, problems } = deserialize(body.slice()) as Answer
  const own = (all: readonly LocatedProblem[]): LocatedProblem[] =>
    all.map((each) => (each.series === undefined || each.series === name ? each : { ...each, series: name }))
  return {
    index,
    status,
    outcome: outcome && { ...outcome, problems: own(outcome.problems) },
    problems: own(problems),
  }
}
