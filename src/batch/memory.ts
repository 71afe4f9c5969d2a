import { totalmem } from 'node:os'

const MEGABYTE = 1024 * 1024
/** Of what the machine has, or its container. */
const SHARE = 0.9
/** A worker that hoards takes a gigabyte a second. */
const EVERY_MS = 20
/** Of the budget, above which this thread's own garbage is collected first, if it was not just now. */
const NEAR = 0.9
const COLLECT_EVERY_MS = 100
/** At most one part in so many of the time is spent on it: what is kept cannot be collected. */
const COLLECT_SHARE = 20
/** What a worker that is at ordinary work stays below: whoever holds less is not to blame. */
const ORDINARY = 100 * MEGABYTE
/** What a process has before it has workers, and what each of them adds at ordinary work. */
const PROCESS_MB = 140
const WORKER_MB = 100

interface Holder {
  memory(): Promise<number>
}

/** Megabytes this process may have where nobody said how many. */
export function memoryOfMachine(): number {
  const contained = process.constrainedMemory()
  const all = contained > 0 ? Math.min(contained, totalmem()) : totalmem()
  return Math.floor((SHARE * all) / MEGABYTE)
}

/** Workers that there is memory for; at least one. */
export const workersWithin = (budgetMb: number): number => Math.max(1, Math.floor((budgetMb - PROCESS_MB) / WORKER_MB))

/** Even to ask how much is held takes most of a millisecond: a stream would ask thousands of times a second. */
const APART_MS = 25

export interface MemoryWatch {
  /** Collects garbage where the budget is nearly spent; costs next to nothing where it is not. */
  relieve(): void
  stop(): void
}

/**
 * Looks at the memory of the whole process, for typed arrays are outside of a worker's heap limit: near the budget this
 * thread's garbage is collected, above it the worker that holds most is given up, before the system ends them all.
 */
export function watchMemory<T extends Holder>(
  budgetMb: number,
  workers: () => readonly T[],
  giveUp: (worker: T) => void,
): MemoryWatch {
  const budget = budgetMb * MEGABYTE
  let looking = false
  let next = Number.NEGATIVE_INFINITY
  /** Until then it was far from the budget a moment ago. */
  let calm = next
  const relieve = (): void => {
    const now = performance.now()
    if (now < next) return
    next = now + APART_MS
    if (process.memoryUsage.rss() <= NEAR * budget) {
      calm = next
      return
    }
    collectGarbage()
    next = performance.now() + Math.max(COLLECT_EVERY_MS, COLLECT_SHARE * (performance.now() - now))
  }
  const look = async (): Promise<void> => {
    relieve()
    if (looking || performance.now() < calm || process.memoryUsage.rss() <= budget) return
    looking = true
    try {
      const all = workers()
      const held = await Promise.all(all.map((worker) => worker.memory()))
      const most = held.indexOf(Math.max(...held))
      if (most >= 0 && held[most]! > ORDINARY && process.memoryUsage.rss() > budget) giveUp(all[most]!)
    } finally {
      looking = false
    }
  }
  const timer = setInterval(() => void look(), EVERY_MS).unref()
  return { relieve, stop: () => clearInterval(timer) }
}

let collector: (() => void) | null = null

/** V8 puts collecting off as long as the machine has memory; it knows of no budget. */
function collectGarbage(): void {
  if (collector === null) {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
    collector = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
  }
  collector()
}
