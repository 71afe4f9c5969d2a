/** Reads a source one piece ahead of whoever asks, without making him wait. */
export class Reader<T> {
  readonly #source: AsyncIterator<T>
  readonly #onRead: () => void
  #piece: { readonly value: T } | null = null
  #fault: { readonly error: unknown } | null = null
  #reading: Promise<void> | null = null
  #done = false

  /** `onRead` is called when a piece, the end, or a fault has come. */
  constructor(source: AsyncIterable<T>, onRead: () => void) {
    this.#source = source[Symbol.asyncIterator]()
    this.#onRead = onRead
  }

  get isReading(): boolean {
    return this.#reading !== null
  }

  /** Nothing is left to take. */
  get atEnd(): boolean {
    return this.#done && this.#piece === null && this.#fault === null
  }

  /** Begins to read the next piece, unless one is read already. */
  read(): void {
    if (this.#reading !== null || this.#done || this.#piece !== null || this.#fault !== null) return
    this.#reading = this.#next()
  }

  /** The piece that was read; null where none was. Throws what the source threw. */
  take(): T | null {
    if (this.#fault !== null) throw this.#fault.error
    const piece = this.#piece
    this.#piece = null
    return piece?.value ?? null
  }

  /** Lets the source clean up; one that is still at work is not waited for. */
  async close(): Promise<void> {
    if (this.#reading === null && !this.#done) await this.#source.return?.()
  }

  async #next(): Promise<void> {
    try {
      const { done, value } = await this.#source.next()
      if (done) this.#done = true
      else this.#piece = { value }
    } catch (error) {
      this.#fault = { error }
    }
    this.#reading = null
    this.#onRead()
  }
}
