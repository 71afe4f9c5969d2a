import { type LocatedProblem, problem } from '../messages.ts'
import { PROBLEM_LIMIT } from './read-options.ts'

/** Problems in the order they are met; beyond the limit they are counted, not kept. */
export class ProblemList {
  readonly #kept: LocatedProblem[] = []
  #total = 0

  add(one: LocatedProblem): void {
    this.#total++
    if (this.#kept.length < PROBLEM_LIMIT) this.#kept.push(one)
  }

  list(): LocatedProblem[] {
    if (this.#total === this.#kept.length) return this.#kept
    return [...this.#kept, problem('problems_not_listed', { listed: this.#kept.length, total: this.#total })]
  }
}

/** Used as it is: 0. */
export const REPAIRED = 1
export const REJECTED = 2
/** Blank, header or preamble: not counted. */
export const NO_ROW = 3

/** What became of each record of one file: a row is counted once, by the worst that happened to it. */
export class RowStates {
  readonly #lines: readonly number[]
  readonly states: Uint8Array

  constructor(lines: readonly number[]) {
    this.#lines = lines
    this.states = new Uint8Array(lines.length)
  }

  set(index: number, state: number): void {
    if (state > this.states[index]) this.states[index] = state
  }

  /** By the line a record begins on. */
  setLine(line: number, state: number): void {
    let low = 0
    let high = this.#lines.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#lines[middle] < line) low = middle + 1
      else high = middle
    }
    if (this.#lines[low] === line) this.set(low, state)
  }

  count(unreadable: number): { rowsIn: number; used: number; repaired: number; rejected: number } {
    const counts = [0, 0, 0, 0]
    for (const state of this.states) counts[state]++
    const [used, repaired, rejected] = counts
    return { rowsIn: used + repaired + rejected + unreadable, used, repaired, rejected: rejected + unreadable }
  }
}
