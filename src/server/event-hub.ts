import type { StoredEvent } from '../store/queries/job-event.ts'

/** Takes events that were kept, in order. */
type Listener = (events: readonly StoredEvent[] | 'end') => void

/** Hands the events of jobs to whoever listens, after they are on disk. */
export class EventHub {
  readonly #listeners = new Map<string, Set<Listener>>()

  publish(jobId: string, events: readonly StoredEvent[]): void {
    if (events.length === 0) return
    for (const listener of this.#listeners.get(jobId) ?? []) listener(events)
  }

  /** Calls back until the function it returns is called. */
  listen(jobId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(jobId) ?? new Set()
    this.#listeners.set(jobId, listeners)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(jobId) === listeners) this.#listeners.delete(jobId)
    }
  }

  /** How many listen to a job. */
  listeners(jobId: string): number {
    return this.#listeners.get(jobId)?.size ?? 0
  }

  /** Tells every listener that nothing more will come. */
  close(): void {
    for (const listeners of [...this.#listeners.values()]) for (const listener of [...listeners]) listener('end')
  }
}
