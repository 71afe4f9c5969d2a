import { Worker } from 'node:worker_threads'
import { type Code, code, Problem, problem } from '../messages.ts'
import { afterTimeout, cancelled, causeOf, crashed } from './answer.ts'
import { Gate } from './gate.ts'
import type { Job, Report, WorkerSetup } from './messages.ts'
import type { Task, TaskResult } from './task.ts'

export interface PoolOptions {
  readonly workers: number
  /** Module that exports `forecastSeries`. */
  readonly engine: URL
  /** Heap of one worker; typed arrays are outside of it. */
  readonly heapMb: number
  /** A worker that spends longer on one series, counted from when it is begun, is ended; Infinity never. */
  readonly secondsPerSeries: number
}

/** A piece of work: how often its first series has brought a worker down, and why. */
interface Work {
  readonly tasks: readonly Task[]
  readonly deaths: number
  readonly timedOut: boolean
}

interface Slot {
  readonly worker: Worker
  work: Work | null
  /** Series of `work` that are answered; the next one is the one in the worker's hands. */
  done: number
  ready: boolean
  cause: string | null
  timer: NodeJS.Timeout | null
}

const TIMEOUT = 'timeout'
/** What a series that ran out of time is tried with, alone, before it is given up. */
const AFTER_TIMEOUT = { effort: 'fast', maxModelsToTry: 3 } as const
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

/**
 * The life of the worker threads. A worker that dies (thrown, exited, out of memory, out of time) is replaced; the
 * series it was on is tried once more, alone on a fresh one; the rest of its chunk goes back to the queue.
 * One `run` at a time; workers live until `close`.
 */
export class Pool {
  readonly #options: PoolOptions
  readonly #slots = new Set<Slot>()
  readonly #queue: Work[] = []
  readonly #results: TaskResult[] = []
  #capacity: number
  #gate = new Gate()
  #wake: () => void = () => {}
  #fault: Problem | null = null
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.#capacity = options.workers
  }

  /** Results as they come. On abort the workers are ended and every series without an answer is `cancelled`. */
  async *run(
    chunks: readonly (readonly Task[])[],
    gate = new Gate(),
    signal?: AbortSignal,
  ): AsyncGenerator<TaskResult> {
    this.#gate = gate
    const open = new Map(chunks.flat().map((task) => [task.index, task]))
    for (const tasks of chunks) this.#queue.push({ tasks, deaths: 0, timedOut: false })
    const onAbort = (): void => this.#wake()
    signal?.addEventListener('abort', onAbort)
    try {
      while (open.size > 0) {
        const woken = new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        if (!signal?.aborted) this.#feed()
        while (this.#results.length > 0) {
          const result = this.#results.shift()!
          if (open.delete(result.index)) yield result
        }
        if (open.size === 0) return
        if (signal?.aborted) break
        if (this.#fault !== null) throw this.#fault
        await woken
      }
      await this.close()
      for (const { index, series } of open.values()) yield cancelled(index, series.name)
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }

  /** Ends every worker at once, in the middle of what it does. */
  async close(): Promise<void> {
    this.#closed = true
    this.#queue.length = 0
    const slots = [...this.#slots]
    for (const slot of slots) this.#stopClock(slot)
    await Promise.all(slots.map((slot) => slot.worker.terminate()))
    this.#slots.clear()
  }

  #feed(): void {
    if (!this.#gate.isOpen) {
      this.#gate.onceOpen(() => this.#wake())
      return
    }
    for (const slot of this.#slots)
      if (slot.work === null && this.#queue.length > 0) this.#give(slot, this.#queue.shift()!)
    while (this.#queue.length > 0 && this.#slots.size < this.#capacity) this.#give(this.#spawn(), this.#queue.shift()!)
  }

  #spawn(): Slot {
    const setup: WorkerSetup = { engine: this.#options.engine.href }
    const resourceLimits = { maxOldGenerationSizeMb: this.#options.heapMb }
    const worker = new Worker(workerFile, { workerData: setup, resourceLimits })
    const slot: Slot = { worker, work: null, done: 0, ready: false, cause: null, timer: null }
    this.#slots.add(slot)
    worker.on('message', (report: Report) => this.#hear(slot, report))
    worker.on('messageerror', (error) => {
      slot.cause ??= causeOf(error)
      void worker.terminate()
    })
    worker.on('error', (error: NodeJS.ErrnoException) => {
      slot.cause ??= error?.code ?? causeOf(error)
    })
    worker.on('exit', (status) => this.#bury(slot, slot.cause ?? `exit ${status}`))
    return slot
  }

  #give(slot: Slot, work: Work): void {
    slot.work = work
    slot.done = 0
    slot.worker.postMessage(work.tasks.map((task) => jobOf(task, work.timedOut)))
    if (slot.ready) this.#startClock(slot)
  }

  #hear(slot: Slot, report: Report): void {
    if (this.#closed || slot.cause === TIMEOUT) return
    if (report.kind === 'ready') {
      slot.ready = true
      this.#startClock(slot)
      return
    }
    const work = slot.work!
    this.#results.push(work.timedOut ? afterTimeout(report.result, this.#reason(TIMEOUT)) : report.result)
    slot.done++
    if (slot.done === work.tasks.length) {
      slot.work = null
      this.#stopClock(slot)
    } else this.#startClock(slot)
    this.#wake()
  }

  #startClock(slot: Slot): void {
    this.#stopClock(slot)
    const milliseconds = this.#options.secondsPerSeries * 1000
    if (slot.work === null || !(milliseconds < 2 ** 31)) return
    slot.timer = setTimeout(() => {
      slot.cause = TIMEOUT
      void slot.worker.terminate()
    }, milliseconds)
  }

  #stopClock(slot: Slot): void {
    if (slot.timer !== null) clearTimeout(slot.timer)
    slot.timer = null
  }

  /** After a death: the series in its hands once more, alone; what it had not begun back to the queue. */
  #bury(slot: Slot, cause: string): void {
    this.#slots.delete(slot)
    this.#stopClock(slot)
    if (this.#closed) return
    const { work } = slot
    if (!slot.ready) this.#neverStarted(work, cause)
    else if (work !== null) {
      const [suspect, ...rest] = work.tasks.slice(slot.done)
      if (rest.length > 0) this.#queue.unshift({ tasks: rest, deaths: 0, timedOut: false })
      if (work.deaths > 0) this.#results.push(crashed(suspect!.index, suspect!.series.name, this.#reason(cause)))
      else this.#give(this.#spawn(), { tasks: [suspect!], deaths: 1, timedOut: cause === TIMEOUT })
    }
    this.#wake()
  }

  /** Why a worker ended, as a code. */
  #reason(cause: string): Code {
    if (cause !== TIMEOUT) return code('worker_crashed', { cause })
    return code('time_limit_reached', { seconds: this.#options.secondsPerSeries })
  }

  /** A worker that dies before the engine is loaded is no series' fault: go on with fewer, or stop when none is left. */
  #neverStarted(work: Work | null, cause: string): void {
    if (work !== null) this.#queue.unshift(work)
    this.#capacity = Math.max(1, Math.min(this.#capacity - 1, this.#slots.size))
    if (this.#slots.size === 0) this.#fault = new Problem(problem('internal_error', { cause }))
  }
}

/** Plain data of its own: a view into a larger buffer would be cloned with all of it. */
function jobOf({ index, series, options }: Task, afterTimeout: boolean): Job {
  const { values } = series
  const whole = values.byteLength === values.buffer.byteLength
  return {
    index,
    series: { ...series, values: whole ? values : values.slice() },
    options: afterTimeout ? { ...options, ...AFTER_TIMEOUT } : options,
  }
}
