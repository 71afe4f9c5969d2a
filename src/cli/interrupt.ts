import { EXIT } from './exit-codes.ts'

/** How long threads may take to stop before the process ends without them. */
const PATIENCE_MS = 3000

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A signal that the first SIGINT, SIGTERM or SIGHUP raises; a second one, or lost patience, ends the process at once. */
export function interruptible(patienceMs = PATIENCE_MS): { readonly signal: AbortSignal; done(): void } {
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted)
    controller.abort()
    setTimeout(() => process.exit(EXIT.interrupted), patienceMs).unref()
  }
  for (const name of SIGNALS) process.on(name, stop)
  const done = (): void => {
    for (const name of SIGNALS) process.off(name, stop)
  }
  return { signal: controller.signal, done }
}
