import type { Worker } from 'node:worker_threads'
import { type BatchOptions, runBatch } from '../../src/batch/run.ts'
import type { Task, TaskResult } from '../../src/batch/task.ts'
import { randomStream } from '../../src/math/random.ts'
import { options } from '../batch/tasks.ts'
import { madePortfolio } from './portfolio.ts'

const engine = new URL('./poisoned-engine.ts', import.meta.url)

/** Cheap monthly series of these names, each with values of its own. */
export function namedTasks(names: readonly string[], seed: string): Task[] {
  return madePortfolio(names.length, 24, seed).map(([, values], index) => ({
    index,
    series: { name: names[index]!, values: Float64Array.from(values), seasonLength: 12, calendar: null },
    options: { ...options, effort: 'fast', maxModelsToTry: 4, horizon: 6 },
    unit: null,
    repairs: [],
    problems: [],
  }))
}

export async function results(tasks: readonly Task[], given: BatchOptions): Promise<TaskResult[]> {
  const all: TaskResult[] = []
  for await (const result of runBatch(tasks, { engine, ...given })) all.push(result)
  return all.sort((a, b) => a.index - b.index)
}

export const bytesOf = (result: TaskResult): string =>
  JSON.stringify(result, (_, value) => (value instanceof Float64Array ? [...value] : value))

/** F03: ends a random worker thread every so many milliseconds, at most so often; a thread is all that a pool's worker is. */
export function threadNemesis(
  seed: string,
  [least, most]: readonly [number, number],
  limit = Number.POSITIVE_INFINITY,
) {
  const random = randomStream(seed)
  const living = new Set<Worker>()
  let kills = 0
  const born = (worker: Worker): void => {
    // only one that has begun: else none ever would
    worker.once('message', () => living.add(worker))
    worker.on('exit', () => living.delete(worker))
  }
  process.on('worker', born)
  let timer: NodeJS.Timeout
  const strike = (): void => {
    const all = [...living]
    const victim = all[Math.floor(random.uniform() * all.length)]
    if (victim !== undefined && kills < limit) {
      kills++
      living.delete(victim)
      void victim.terminate()
    }
    timer = setTimeout(strike, least + random.uniform() * (most - least))
  }
  timer = setTimeout(strike, most)
  return {
    kills: () => kills,
    stop(): void {
      clearTimeout(timer)
      process.off('worker', born)
    },
  }
}
