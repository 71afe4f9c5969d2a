/** Used as it is. */
export const USED = 1
export const REPAIRED = 2
export const REJECTED = 3

/** What became of each row of a file, by the line it begins on: a row is counted once, by the worst that happened to it. */
export class RowStates {
  #states = new Uint8Array(4096)

  set(line: number, state: number): void {
    if (line >= this.#states.length) {
      const more = new Uint8Array(Math.max(line + 1, 2 * this.#states.length))
      more.set(this.#states)
      this.#states = more
    }
    if (state > this.#states[line]!) this.#states[line] = state
  }

  /** `unreadable`: lines that were no record. */
  count(unreadable: number): { rowsIn: number; used: number; repaired: number; rejected: number } {
    const counts = [0, 0, 0, 0]
    for (const state of this.#states) counts[state]!++
    const [, used, repaired, rejected] = counts as [number, number, number, number]
    return { rowsIn: used + repaired + rejected + unreadable, used, repaired, rejected: rejected + unreadable }
  }
}
