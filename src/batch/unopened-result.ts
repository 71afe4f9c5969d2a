import type { LocatedProblem } from '../messages.ts'
import { decodeAnswer, labelOf, usedOf } from './answer-bytes.ts'
import type { KeptResult, Task, TaskResult } from './task.ts'

/**
 * The result of an answer that is opened when somebody looks into it: what is counted and told of most is on its label. One
 * that was looked into keeps what it read, and no bytes.
 */
export class UnopenedResult implements KeptResult {
  readonly index: number
  readonly status: TaskResult['status']
  readonly used: string
  readonly key: string | null
  readonly #task: Task
  readonly #hasProblems: boolean
  #body: Uint8Array | null
  #opened: TaskResult | null = null

  constructor(task: Task, body: Uint8Array, key: string | null) {
    const { status, hasProblems } = labelOf(body)
    this.index = task.index
    this.status = status
    this.used = usedOf(body)
    this.key = key
    this.#task = task
    this.#hasProblems = hasProblems
    this.#body = body
  }

  get outcome(): TaskResult['outcome'] {
    return this.#open().outcome
  }

  get problems(): readonly LocatedProblem[] {
    const { problems } = this.#task
    return this.#hasProblems ? [...problems, ...this.#open().problems] : problems
  }

  /** As plain data: what is read from a prototype is written by nobody. */
  toJSON(): KeptResult {
    const { index, status, used, key, outcome, problems } = this
    return { index, status, used, key, outcome, problems }
  }

  #open(): TaskResult {
    this.#opened ??= decodeAnswer(this.#body!, this.#task)
    this.#body = null
    return this.#opened
  }
}
