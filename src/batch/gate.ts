/** Where a run is paused: while the gate is closed no new chunk is handed out; what is under way ends. */
export class Gate {
  #closed = false
  #waiting: (() => void)[] = []

  get isOpen(): boolean {
    return !this.#closed
  }

  close(): void {
    this.#closed = true
  }

  open(): void {
    this.#closed = false
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }

  /** Calls back once, when the gate is next opened. */
  onceOpen(wake: () => void): void {
    this.#waiting.push(wake)
  }
}
