import { totalmem } from 'node:os'

const MEGABYTE = 1024 * 1024
/** Of what the machine has, or its container. */
const SHARE = 0.9
const EVERY_MS = 200
/** What a worker that is at ordinary work stays below: whoever holds less is not to blame. */
const ORDINARY = 100 * MEGABYTE

interface Holder {
  memory(): Promise<number>
}

/** Megabytes this process may have where nobody said how many. */
export function memoryOfMachine(): number {
  const contained = process.constrainedMemory()
  const all = contained > 0 ? Math.min(contained, totalmem()) : totalmem()
  return Math.floor((SHARE * all) / MEGABYTE)
}

/**
 * Looks at the memory of the whole process, for typed arrays are outside of a worker's heap limit: above the budget the
 * worker that holds most is given up, before the system ends them all.
 */
export function watchMemory<T extends Holder>(
  budgetMb: number,
  workers: () => readonly T[],
  giveUp: (worker: T) => void,
): { stop(): void } {
  const budget = budgetMb * MEGABYTE
  let looking = false
  const look = async (): Promise<void> => {
    if (looking || process.memoryUsage.rss() <= budget) return
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
  return { stop: () => clearInterval(timer) }
}
