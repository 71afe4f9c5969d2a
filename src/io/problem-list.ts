import { type LocatedProblem, problem } from '../messages.ts'
import { PROBLEM_LIMIT } from './read-options.ts'

/** Problems in the order they are met; beyond the limit they are counted, not kept. `onEach` sees them all. */
export class ProblemList {
  readonly #kept: LocatedProblem[] = []
  readonly #onEach: ((one: LocatedProblem) => void) | undefined
  readonly #always: LocatedProblem[] = []
  readonly #counts = new Map<string, number>()
  #total = 0

  constructor(onEach?: (one: LocatedProblem) => void) {
    this.#onEach = onEach
  }

  add(one: LocatedProblem): void {
    this.#onEach?.(one)
    this.#total++
    this.#counts.set(one.code, (this.#counts.get(one.code) ?? 0) + 1)
    if (this.#kept.length < PROBLEM_LIMIT) this.#kept.push(one)
  }

  /** A verdict on the whole: it is in the list however long that is. */
  addVerdict(one: LocatedProblem): void {
    this.#onEach?.(one)
    this.#total++
    this.#always.push(one)
  }

  countOf(code: string): number {
    return this.#counts.get(code) ?? 0
  }

  list(): LocatedProblem[] {
    const all = [...this.#kept, ...this.#always]
    if (this.#total === all.length) return all
    return [...all, problem('problems_not_listed', { listed: this.#kept.length, total: this.#total })]
  }
}
