import { setImmediate } from 'node:timers/promises'
import { answer, cancelled, withoutValues } from './answer.ts'
import { Gate } from './gate.ts'
import type { ForecastSeries } from './messages.ts'
import { cost, DEFAULT_CHUNK_SIZE, plan } from './plan.ts'
import { Pool } from './pool.ts'
import { type BatchProgress, ProgressMeter } from './progress.ts'
import type { Task, TaskResult } from './task.ts'

export interface BatchOptions {
  /** Worker threads; never more than there are chunks. */
  readonly workers: number
  /** Most series handed to a worker at once; 10 by default. */
  readonly chunkSize?: number
  /** A series that keeps a worker longer is tried once more with the fast search, then failed; never by default. */
  readonly secondsPerSeries?: number
  /** Heap of one worker, 1024 MB by default. */
  readonly heapMb?: number
  readonly onResult?: (result: TaskResult) => void
  readonly onProgress?: (progress: BatchProgress) => void
  readonly signal?: AbortSignal
  /** Closed, no new chunk is handed out. */
  readonly gate?: Gate
  /** Size of the portfolio where it is known before it is read. */
  readonly totalTasks?: number
  /** Module that exports `forecastSeries`; the engine of this package by default. */
  readonly engine?: URL
}

const ENGINE = new URL(`../automl/forecast-series.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)
/** Below this a thread costs more than it brings. */
const FEW_SERIES = 8
const LITTLE_WORK = 8 * 1000
/** The caller's thread cannot be ended: nothing runs there that is meant to be ended soon. */
const PATIENCE_SECONDS = 10

/** Forecasts every task and yields the answers as they come; their content does not depend on `workers`. */
export function runBatch(tasks: readonly Task[], options: BatchOptions): AsyncGenerator<TaskResult> {
  return runWindows([tasks], options)
}

/** The same for a portfolio read piece by piece: a window is read when the one before it is answered. */
export async function* runWindows(
  windows: Iterable<readonly Task[]> | AsyncIterable<readonly Task[]>,
  options: BatchOptions,
): AsyncGenerator<TaskResult> {
  const { engine = ENGINE, heapMb = 1024, secondsPerSeries = Number.POSITIVE_INFINITY, signal } = options
  const gate = options.gate ?? new Gate()
  const meter = new ProgressMeter(() => performance.now() / 1000, options.totalTasks)
  const workers = Math.max(1, Math.floor(options.workers))
  const pool = new Pool({ workers, engine, heapMb, secondsPerSeries })
  async function* answers(tasks: readonly Task[]): AsyncGenerator<TaskResult> {
    const known = tasks.map(withoutValues)
    yield* known.filter((result) => result !== null)
    const open = tasks.filter((_, i) => known[i] === null)
    const here = options.engine === undefined && secondsPerSeries >= PATIENCE_SECONDS && isSmall(open)
    if (here) yield* runHere(open, gate, signal)
    else yield* pool.run(plan(open, workers, options.chunkSize ?? DEFAULT_CHUNK_SIZE), gate, signal)
  }
  try {
    for await (const tasks of windows) {
      const byIndex = new Map(tasks.map((task) => [task.index, task]))
      meter.expect(tasks)
      for await (const bare of answers(tasks)) {
        const task = byIndex.get(bare.index)!
        const result = { ...bare, problems: [...task.problems, ...bare.problems] }
        meter.add(task, result)
        options.onResult?.(result)
        options.onProgress?.(meter.read())
        yield result
      }
      if (signal?.aborted) return
    }
  } finally {
    await pool.close()
  }
}

const isSmall = (tasks: readonly Task[]): boolean =>
  tasks.length < FEW_SERIES && tasks.reduce((sum, task) => sum + cost(task), 0) <= LITTLE_WORK

/** A few cheap series in the caller's thread, which is given back to its other work between two of them. */
async function* runHere(tasks: readonly Task[], gate: Gate, signal?: AbortSignal): AsyncGenerator<TaskResult> {
  const { forecastSeries } = (await import(ENGINE.href)) as { forecastSeries: ForecastSeries }
  for (const task of tasks) {
    await setImmediate()
    if (!gate.isOpen && !signal?.aborted) await opened(gate, signal)
    yield signal?.aborted ? cancelled(task.index, task.series.name) : answer(task, forecastSeries)
  }
}

function opened(gate: Gate, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    gate.onceOpen(resolve)
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })
}
