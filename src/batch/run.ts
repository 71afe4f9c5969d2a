import { type Code, problem } from '../messages.ts'
import { cancelled, withoutValues } from './answer.ts'
import { decodeAnswer } from './answer-bytes.ts'
import { type CheckpointStore, GROUP } from './checkpoint.ts'
import type { BatchEvent } from './events.ts'
import { isFinal } from './final.ts'
import { Gate } from './gate.ts'
import { FIRST } from './ladder.ts'
import { memoryOfMachine } from './memory.ts'
import { DEFAULT_CHUNK_SIZE, plan } from './plan.ts'
import { Pool, type Work, type Workers } from './pool.ts'
import { type BatchProgress, ProgressMeter } from './progress.ts'
import { Reuse } from './reuse.ts'
import { SupervisedPool } from './supervised-pool.ts'
import type { Task, TaskResult } from './task.ts'
import type { Thread } from './thread.ts'
import { ENGINE, HEAP_MB } from './warm.ts'

export interface BatchOptions {
  /** Worker threads; never more than there are chunks. */
  readonly workers: number
  /** Most series handed to a worker at once; 10 by default. */
  readonly chunkSize?: number
  /** Time of one model for one series, after which its searches end; a second later its worker is ended. None by default. */
  readonly secondsPerModel?: number
  /** Heap of one worker, 1024 MB by default. */
  readonly heapMb?: number
  /** Memory of the whole process, above which the worker that holds most is ended; by default nine tenths of the machine's. */
  readonly memoryMb?: number
  /**
   * Seconds for the whole batch. What is not finished then is answered by the naive models (`deadline_reached`), and not kept:
   * another run computes it whole.
   */
  readonly deadlineSeconds?: number
  readonly onResult?: (result: TaskResult) => void
  readonly onProgress?: (progress: BatchProgress) => void
  readonly onEvent?: (event: BatchEvent) => void
  readonly signal?: AbortSignal
  /** Closed, no new chunk is handed out. */
  readonly gate?: Gate
  /** Size of the portfolio where it is known before it is read. */
  readonly totalTasks?: number
  /** Where finished answers are kept and found; a result is given only when it is on disk there. */
  readonly checkpoint?: CheckpointStore
  /** Computes anew what the checkpoint holds as failed or as cut short. */
  readonly retry?: boolean
  /** Series of the same content share one answer. */
  readonly shareCopies?: boolean
  /** Module that exports `forecastSeries`; the engine of this package by default. */
  readonly engine?: URL
  /** From `takeWarm`: it has been loading the engine meanwhile. */
  readonly warm?: Thread | null
  /**
   * The threads live in a child process: whatever ends a whole process (an abort, the system short of memory) costs the
   * series that were in hand another try, not the caller. [false]
   */
  readonly isolated?: boolean
}

interface Answered {
  readonly task: Task
  readonly bare: TaskResult
  /** What it took a worker; null where it took none. */
  readonly seconds: number | null
  /** Whether the checkpoint had it. */
  readonly kept: boolean
}

/** Forecasts every task and yields the answers as they come; their content does not depend on `workers`. */
export function runBatch(tasks: readonly Task[], options: BatchOptions): AsyncGenerator<TaskResult> {
  return runWindows([tasks], options)
}

/** The same for a portfolio read piece by piece: a window is read when the one before it is answered. */
export async function* runWindows(
  windows: Iterable<readonly Task[]> | AsyncIterable<readonly Task[]>,
  options: BatchOptions,
): AsyncGenerator<TaskResult> {
  const { signal, checkpoint = null, onEvent } = options
  const gate = options.gate ?? new Gate()
  const meter = new ProgressMeter(() => performance.now() / 1000, options.totalTasks)
  const workers = Math.max(1, Math.floor(options.workers))
  const engine = options.engine ?? ENGINE
  const reuse = new Reuse(checkpoint, options.shareCopies ?? false, engine === ENGINE ? '' : engine.href)
  const { retry = false, secondsPerModel = Number.POSITIVE_INFINITY } = options
  const poolOptions = {
    workers,
    engine,
    heapMb: options.heapMb ?? HEAP_MB,
    warm: options.warm,
    memoryMb: options.memoryMb ?? memoryOfMachine(),
    secondsPerModel,
    deadlineSeconds: options.deadlineSeconds ?? Number.POSITIVE_INFINITY,
    gatherMs: checkpoint === null ? 0 : GROUP.milliseconds,
    onDeath: (series: string, because: Code) =>
      onEvent?.({ kind: 'problem', problem: problem(because.code, because.params, { series }) }),
  }
  const pool: Workers = options.isolated ? new SupervisedPool(poolOptions) : new Pool(poolOptions)

  async function* answers(tasks: readonly Task[]): AsyncGenerator<Answered> {
    const open: Task[] = []
    for (const task of tasks) {
      const known = withoutValues(task)
      if (known === null) open.push(task)
      else yield { task, bare: known, seconds: null, kept: false }
    }
    const groups = reuse.group(open)
    const kept = reuse.find(groups.map(({ key }) => key))
    const leaders = new Map<number, (typeof groups)[number]>()
    for (const group of groups) {
      const body = kept.get(group.key)
      const found = body === undefined ? [] : group.tasks.map((task) => [task, decodeAnswer(body, task)] as const)
      if (found.every(([, result]) => !isFinal(result, secondsPerModel, retry)))
        leaders.set(group.tasks[0]!.index, group)
      else for (const [task, bare] of found) yield { task, bare, seconds: null, kept: true }
    }
    const first = [...leaders.values()].map((group) => group.tasks[0]!)
    const chunks = plan(first, workers, options.chunkSize ?? DEFAULT_CHUNK_SIZE)
    const work = chunks.map((tasks): Work => ({ tasks, rung: FIRST }))
    for await (const batch of pool.run(work, gate, signal)) {
      const lasting = batch.filter((each) => each.lasting)
      reuse.keep(lasting.map(({ index, body }) => ({ key: leaders.get(index)!.key, body })))
      for (const { index, body, seconds } of batch) {
        const [leader, ...copies] = leaders.get(index)!.tasks
        leaders.delete(index)
        yield { task: leader!, bare: decodeAnswer(body, leader!), seconds, kept: false }
        for (const copy of copies) yield { task: copy, bare: decodeAnswer(body, copy), seconds: null, kept: false }
      }
    }
    for (const { tasks: left } of leaders.values())
      for (const task of left) yield { task, bare: cancelled(task.index, task.series.name), seconds: null, kept: false }
  }

  let failed = false
  const forget = gate.onTurn(() => onEvent?.({ kind: 'state', state: gate.isOpen ? 'running' : 'paused' }))
  try {
    onEvent?.({ kind: 'state', state: 'running' })
    for await (const tasks of windows) {
      meter.expect(tasks)
      for await (const { task, bare, seconds, kept } of answers(tasks)) {
        const result = { ...bare, problems: [...task.problems, ...bare.problems] }
        failed ||= result.status === 'failed'
        meter.add(task, result, seconds)
        const { index, status } = result
        options.onResult?.(result)
        onEvent?.({
          kind: 'series',
          index,
          name: task.series.name,
          status,
          model: result.outcome?.used ?? '',
          seconds,
          kept,
        })
        const progress = options.onProgress || onEvent ? meter.read() : null
        if (progress !== null) {
          options.onProgress?.(progress)
          onEvent?.({ kind: 'progress', progress })
        }
        yield result
      }
      if (signal?.aborted) break
    }
    const state = signal?.aborted ? 'cancelled' : failed ? 'completed_with_failures' : 'completed'
    onEvent?.({ kind: 'state', state })
  } finally {
    forget()
    await pool.close()
  }
}
