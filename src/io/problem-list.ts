import { type LocatedProblem, problem } from '../messages.ts'
import { PROBLEM_LIMIT } from './read-options.ts'

/** Problems in the order they are met; beyond the limit they are counted, not kept. `onEach` sees them all. */
export class ProblemList {
  readonly #kept: LocatedProblem[] = []
  readonly #onEach: ((one: LocatedProblem) => void) | undefined
  #total = 0

  constructor(onEach?: (one: LocatedProblem) => void) {
    this.#onEach = onEach
  }

  add(one: LocatedProblem): void {
    this.#onEach?.(one)
    this.#total++
    if (this.#kept.length < PROBLEM_LIMIT) this.#kept.push(one)
  }

  list(): LocatedProblem[] {
    if (this.#total === this.#kept.length) return this.#kept
    return [...this.#kept, problem('problems_not_listed', { listed: this.#kept.length, total: this.#total })]
  }
}
