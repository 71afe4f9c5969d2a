/** Where a run is paused: while the gate is closed no new chunk is handed out; what is under way ends. */
export class Gate {
  #isOpen = true
  readonly #listeners = new Set<() => void>()

  get isOpen(): boolean {
    return this.#isOpen
  }

  close(): void {
    this.#turn(false)
  }

  open(): void {
    this.#turn(true)
  }

  /** Calls back whenever the gate is opened or closed, until the function it returns is called. */
  onTurn(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #turn(isOpen: boolean): void {
    if (this.#isOpen === isOpen) return
    this.#isOpen = isOpen
    for (const listener of [...this.#listeners]) listener()
  }
}
