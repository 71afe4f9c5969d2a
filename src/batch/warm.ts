import { startThread, type Thread } from './thread.ts'

/** The engine of this package. */
export const ENGINE = new URL(
  `../automl/forecast-series.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`,
  import.meta.url,
)

export const HEAP_MB = 1024

let waiting: Thread | null = null

/** Starts a worker that loads the engine while something else is done; it ends with the process if no run takes it. */
export function warmUp(): void {
  // where there is none to be had the run will find that out, and say it
  waiting ??= startThread({ engine: ENGINE, heapMb: HEAP_MB }, () => {})
}

/** The worker that was started before; null where none was, or another run has it. */
export function takeWarm(): Thread | null {
  const thread = waiting
  waiting = null
  return thread
}
