import { type Code, problem } from '../messages.ts'
import { cancelled, withoutValues } from './answer.ts'
import { decodeAnswer, labelOf, stateOf } from './answer-bytes.ts'
import { type CheckpointStore, GROUP, type KeptAnswer, type SealedRow } from './checkpoint.ts'
import type { BatchEvent } from './events.ts'
import { isFinal } from './final.ts'
import { Gate } from './gate.ts'
import { FIRST } from './ladder.ts'
import { memoryOfMachine, workersWithin } from './memory.ts'
import { DEFAULT_CHUNK_SIZE, plan } from './plan.ts'
import { Pool, type PoolAnswer, type Work, type Workers } from './pool.ts'
import { type BatchProgress, ProgressMeter } from './progress.ts'
import { type Group, Reuse } from './reuse.ts'
import { isFilled } from './seal.ts'
import type { KeptResult, Task, TaskResult } from './task.ts'
import type { Thread } from './thread.ts'
import { UnopenedResult } from './unopened-result.ts'
import { ENGINE, HEAP_MB } from './warm.ts'

export interface BatchOptions {
  /** Worker threads; never more than there are chunks, or memory for. */
  readonly workers: number
  /** Most series handed to a worker at once; by default ten, and more where they take next to nothing. */
  readonly chunkSize?: number
  /** Time of one model for one series, after which its searches end; a second later its worker is ended. None by default. */
  readonly secondsPerModel?: number
  /** Heap of one worker, 1024 MB by default. */
  readonly heapMb?: number
  /** Memory of the whole process, above which the worker that holds most is ended; by default nine tenths of the machine's. */
  readonly memoryMb?: number
  /**
   * Seconds for the whole batch. Where what is asked for would take longer, less is tried, series by series
   * (`effort_reduced`); what is not finished then is answered by the naive models (`deadline_reached`), and not kept:
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
  /** What is estimated lies beside each answer in the checkpoint, for a run that continues this one. [false] */
  readonly keepStates?: boolean
  /**
   * The checkpoint of the run that this one continues; it may be its own. A series that has grown since, or was corrected,
   * is forecast with the parameters that are there, as long as they hold (`updated_without_refit`).
   */
  readonly earlier?: CheckpointStore | null
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

/** Bytes of answers that wait to be on disk, beyond which no more are asked for. */
const MOST_UNKEPT = 64_000_000
/** Series looked up together. */
const SLICE = 512

interface Answered {
  readonly task: Task
  readonly result: KeptResult
  /** What it took a worker; null where it took none. */
  readonly seconds: number | null
  /** Whether the checkpoint had it. */
  readonly kept: boolean
}

/** What was handed to the checkpoint together. */
interface Kept {
  readonly onDisk: Promise<void>
  isSettled: boolean
}

/** Forecasts every task and yields the answers as they come; their content does not depend on `workers`. */
export async function* runBatch(tasks: readonly Task[], options: BatchOptions): AsyncGenerator<KeptResult> {
  for await (const some of runWindows([tasks], options)) for (const result of some) yield result
}

/**
 * The same for a portfolio read piece by piece, no further ahead than keeps the workers busy; answers that come together
 * are given together.
 */
export async function* runWindows(
  windows: Iterable<readonly Task[]> | AsyncIterable<readonly Task[]>,
  options: BatchOptions,
): AsyncGenerator<readonly KeptResult[]> {
  const { signal, checkpoint = null, onEvent } = options
  const gate = options.gate ?? new Gate()
  const meter = new ProgressMeter(() => performance.now() / 1000, options.totalTasks)
  const memoryMb = options.memoryMb ?? memoryOfMachine()
  const workers = Math.max(1, Math.min(Math.floor(options.workers), workersWithin(memoryMb)))
  const engine = options.engine ?? ENGINE
  const { earlier = null, shareCopies = false } = options
  const reuse = new Reuse(checkpoint, shareCopies, engine === ENGINE ? '' : engine.href, earlier)
  const { retry = false, secondsPerModel = Number.POSITIVE_INFINITY } = options
  /** Series in the hands of the pool: the first of those that share an answer, by its index and by what they share. */
  const leaders = new Map<number, Group>()
  const sharing = new Map<Group['shared'], Group>()
  /** Of a series in the hands of the pool, answered with this effort. */
  const keyOfAnswer = (index: number, effort: string): string => {
    const { key, tasks } = leaders.get(index)!
    return effort === '' ? key : reuse.reducedKey(tasks[0]!, effort)
  }
  const poolOptions = {
    keyOf: checkpoint === null ? undefined : keyOfAnswer,
    workers,
    engine,
    heapMb: options.heapMb ?? Math.min(HEAP_MB, memoryMb),
    warm: options.warm,
    memoryMb,
    secondsPerModel,
    deadlineSeconds: options.deadlineSeconds ?? Number.POSITIVE_INFINITY,
    // what a checkpoint knows needs none
    ahead: checkpoint === null ? (options.totalTasks ?? 0) : 0,
    gatherMs: checkpoint === null ? 0 : GROUP.milliseconds,
    mergeChunks: options.chunkSize === undefined,
    keepStates: options.keepStates === true && checkpoint !== null,
    totalTasks: options.totalTasks,
    onDeath: (series: string | null, because: Code) =>
      onEvent?.({ kind: 'problem', problem: problem(because.code, because.params, series === null ? {} : { series }) }),
  }
  const pool: Workers = options.isolated
    ? new (await import('./supervised-pool.ts')).SupervisedPool(poolOptions)
    : new Pool(poolOptions)

  /** Series that were read and not answered. */
  const waiting = new Map<number, Task>()
  /** Answers that take no worker, until they are given. */
  const ready: Answered[] = []

  let readyBytes = 0
  /** What was handed to the checkpoint last; when that is on disk, so is all before it. */
  let lastKept: Kept = { onDisk: Promise.resolve(), isSettled: true }
  /** Answers that are given when this much is on disk, in their order. */
  const unkept: { readonly answers: readonly Answered[]; readonly bytes: number; readonly kept: Kept }[] = []
  let unkeptBytes = 0

  function keep(answers: readonly KeptAnswer[], rows: readonly SealedRow[] = []): void {
    const onDisk = reuse.keep(answers, rows)
    if (onDisk === null) return
    const kept: Kept = { onDisk, isSettled: false }
    const settle = (): void => {
      kept.isSettled = true
      pool.wake()
    }
    onDisk.then(settle, settle)
    lastKept = kept
  }

  /** What is ready waits for what was kept before it. */
  function enqueue(): void {
    if (ready.length === 0) return
    for (const { task } of ready) waiting.delete(task.index)
    unkept.push({ answers: ready.splice(0), bytes: readyBytes, kept: lastKept })
    unkeptBytes += readyBytes
    readyBytes = 0
  }

  /** What may be given; beyond so many bytes, what may be given next is waited for. */
  async function* onDisk(most: number): AsyncGenerator<readonly Answered[]> {
    while (unkept.length > 0 && (unkept[0]!.kept.isSettled || unkeptBytes > most)) {
      const { answers, bytes, kept } = unkept.shift()!
      await kept.onDisk
      unkeptBytes -= bytes
      yield answers
    }
  }

  /** As they came sealed, where they fill a page; and where what was estimated for them is. */
  function keepAnswers(batch: readonly PoolAnswer[]): void {
    const answers: KeptAnswer[] = []
    const rows = new Set<SealedRow>()
    for (const { index, body, row, lasting, effort } of batch) {
      if (!lasting) continue
      const isSealed = row !== null && isFilled(row)
      if (isSealed) rows.add(row)
      if (isSealed && stateOf(body) === null) continue
      const key = keyOfAnswer(index, effort)
      if (!isSealed) answers.push({ key, body })
      if (stateOf(body) !== null) answers.push(...reuse.pointers(leaders.get(index)!, key))
    }
    if (answers.length > 0 || rows.size > 0) keep(answers, [...rows])
  }

  const keyOf = (key: string): string | null => (checkpoint === null ? null : key)

  /** Whether what was found needs no other try; few are opened to tell. */
  const stands = (body: Uint8Array, task: Task): boolean => {
    const { status, cutShort } = labelOf(body)
    if (!cutShort) return !(retry && status === 'failed')
    return isFinal(decodeAnswer(body, task), secondsPerModel, retry)
  }

  /** Hands out what is there; gives back what is not. */
  function known(groups: readonly Group[]): Group[] {
    const kept = reuse.find(groups.map(({ key }) => key))
    const copied: KeptAnswer[] = []
    const left: Group[] = []
    for (const [i, group] of groups.entries()) {
      const { key, tasks } = group
      const body = kept[i]!
      if (body === null || !stands(body, tasks[0]!)) {
        left.push(group)
        continue
      }
      for (const task of tasks)
        ready.push({ task, result: new UnopenedResult(task, body, keyOf(key)), seconds: null, kept: true })
      readyBytes += body.length
      if (earlier !== null && earlier !== checkpoint) copied.push({ key, body }, ...reuse.pointers(group, key))
    }
    // the next run continues this one, wherever the answer came from
    if (copied.length > 0) keep(copied)
    return left
  }

  /** Finds what is known; yields what is to be computed, and often nothing, so that `ready` never gets long. */
  async function* work(): AsyncGenerator<readonly Work[]> {
    for await (const tasks of windows) {
      meter.expect(tasks)
      for (const task of tasks) waiting.set(task.index, task)
      const first: Task[] = []
      const open: Task[] = []
      for (const task of tasks) {
        const bare = withoutValues(task)
        if (bare === null) open.push(task)
        else ready.push({ task, result: resultOf(task, bare), seconds: null, kept: false })
      }
      const all = reuse.group(open)
      for (let from = 0; from < all.length; from += SLICE) {
        const left = known(all.slice(from, from + SLICE))
        const groups = earlier === null ? left : known(reuse.carriedOn(left, earlier))
        for (const group of groups) {
          const leader = sharing.get(group.shared)
          if (leader !== undefined) leader.tasks.push(...group.tasks)
          else {
            sharing.set(group.shared, group)
            leaders.set(group.tasks[0]!.index, group)
            first.push(group.tasks[0]!)
          }
        }
        if (ready.length > 0) yield []
        if (signal?.aborted) return
      }
      yield plan(first, workers, options.chunkSize ?? DEFAULT_CHUNK_SIZE).map((tasks) => ({ tasks, rung: FIRST }))
    }
  }

  async function* answers(): AsyncGenerator<readonly Answered[]> {
    for await (const batch of pool.run(work(), gate, signal)) {
      enqueue()
      yield* onDisk(MOST_UNKEPT)
      keepAnswers(batch)
      for (const { index, body, seconds, lasting, effort } of batch) {
        readyBytes += body.length
        const key = lasting ? keyOf(keyOfAnswer(index, effort)) : null
        const { shared, tasks } = leaders.get(index)!
        leaders.delete(index)
        sharing.delete(shared)
        tasks.forEach((task, i) => {
          const result = new UnopenedResult(task, body, key)
          ready.push({ task, result, seconds: i === 0 ? seconds : null, kept: false })
        })
      }
      enqueue()
      yield* onDisk(MOST_UNKEPT)
    }
    enqueue()
    yield* onDisk(-1)
    for (const task of waiting.values())
      yield [{ task, result: resultOf(task, cancelled(task.index, task.series.name)), seconds: null, kept: false }]
  }

  let failed = false
  /** Counts an answer and says that it is there. */
  function tell({ task, result, seconds, kept }: Answered): void {
    const { index, status, used } = result
    failed ||= status === 'failed'
    meter.add(task, result, seconds)
    options.onResult?.(result)
    onEvent?.({ kind: 'series', index, name: task.series.name, status, model: used, seconds, kept })
    if (!options.onProgress && !onEvent) return
    const progress = meter.read()
    options.onProgress?.(progress)
    onEvent?.({ kind: 'progress', progress })
  }

  const forget = gate.onTurn(() => onEvent?.({ kind: 'state', state: gate.isOpen ? 'running' : 'paused' }))
  try {
    onEvent?.({ kind: 'state', state: 'running' })
    for await (const some of answers()) {
      for (const answered of some) tell(answered)
      yield some.map(({ result }) => result)
    }
    const state = signal?.aborted ? 'cancelled' : failed ? 'completed_with_failures' : 'completed'
    onEvent?.({ kind: 'state', state })
  } finally {
    forget()
    await pool.close()
  }
}

/** Of one that no worker was asked for. */
const resultOf = (task: Task, bare: TaskResult): KeptResult => ({
  ...bare,
  problems: [...task.problems, ...bare.problems],
  ...{ used: '', key: null },
})
