import { type Code, code, Problem, problem } from '../messages.ts'
import { crashed } from './answer.ts'
import { encodeAnswer } from './answer-bytes.ts'
import { GROUP, type SealedRow } from './checkpoint.ts'
import { ASKED_EFFORT, type Effort, EffortChooser, isLasting } from './effort.ts'
import { Gate } from './gate.ts'
import { milliseconds } from './hands.ts'
import { FIRST, NAIVE, nextRung, type Rung } from './ladder.ts'
import { type MemoryWatch, watchMemory } from './memory.ts'
import type { Limits, Report } from './messages.ts'
import { hasFilesForWorker } from './open-files.ts'
import { unpackAnswers } from './packed-answers.ts'
import { pack } from './packed-jobs.ts'
import { Reader } from './reader.ts'
import type { Task } from './task.ts'
import { joinTexts } from './texts.ts'
import { startThread, type Thread, type ThreadOptions } from './thread.ts'

export interface PoolOptions extends ThreadOptions {
  readonly workers: number
  /** Of one model for one series; Infinity for no limit. */
  readonly secondsPerModel: number
  /** Memory of the whole process above which the worker that holds most is ended. */
  readonly memoryMb: number
  /** Seconds in which all is to be done, and after which only the naive models answer; Infinity: no limit. */
  readonly deadlineSeconds: number
  /** Series in all, where that is known. */
  readonly totalTasks?: number
  /** Workers that are started before the first series is read, for it is certain to need them. */
  readonly ahead: number
  /** Answers are gathered this long before they are handed on. */
  readonly gatherMs: number
  /** What is estimated lies beside each answer, for the next run. */
  readonly keepStates: boolean
  /** Chunks may be given several at once. */
  readonly mergeChunks: boolean
  /** A thread with the same options that was started before there was work. */
  readonly warm?: Thread | null
  /** The key under which the answer to a task is to be kept, found with this effort; without it answers come unsealed. */
  readonly keyOf?: (index: number, effort: string) => string
  /** Told of every worker that died, with the series it was on; null for one that the system did not give. */
  readonly onDeath?: (name: string | null, because: Code) => void
}

/** The bytes of an answer, and what it took a worker. */
export interface PoolAnswer {
  readonly index: number
  readonly body: Uint8Array
  /** Where it is sealed, with all others that are given together with it; null where it is not. */
  readonly row: SealedRow | null
  readonly seconds: number
  /** False after the deadline: the answer is one for want of time. */
  readonly lasting: boolean
  /** Of the effort that a deadline left; empty for what was asked for. */
  readonly effort: string
}

/** Tasks for one worker, one after the other. */
export interface Work {
  readonly tasks: readonly Task[]
  readonly rung: Rung
  /** Of the first try, where there is a deadline. */
  readonly effort?: Effort
}

/** What computes: threads of this process (`Pool`), or of a child of it (`SupervisedPool`). */
export interface Workers {
  /**
   * Answers as they come, some at a time; none where more work was read. Work is read ahead as far as keeps the workers
   * busy. On abort all is ended, and what is not answered never will be.
   */
  run(source: AsyncIterable<readonly Work[]>, gate: Gate, signal?: AbortSignal): AsyncGenerator<readonly PoolAnswer[]>
  /** Whoever reads `run` gets something soon, if nothing else then none: he has news of his own to look at. */
  wake(): void
  close(): Promise<void>
}

interface Slot {
  readonly thread: Thread
  /** What it was given last, in this order. */
  work: Work | null
  /** Of `work`, where its answers are to be kept. */
  keys: readonly string[]
  /** Series of `work` that are answered; the next one is the one in the worker's hands. */
  done: number
  /** When the work was handed over, or the worker was ready for it. */
  since: number
}

const TIMEOUT = 'timeout'
const MEMORY = 'memory'
const DEADLINE = 'deadline'
/** Past its time a model is left so long to end by itself. */
const GRACE_MS = 1000
const MOST_STILLBORN = 3
/** Series that are read and not answered, beyond which no more are read. */
const AHEAD = 1000
/** A worker is given so much work at once, where a chunk is less. */
const WORTH_SECONDS = 0.01
/** Weight of the last series in what one takes. */
const LATELY = 0.1

/**
 * The life of the worker threads. A worker that dies (thrown, exited, out of memory, out of time) is replaced; the
 * series it was on is tried again by the rungs of `ladder.ts`, alone; the rest of its chunk goes back to the queue.
 * One `run` at a time; workers live until `close`.
 */
export class Pool implements Workers {
  readonly #options: PoolOptions
  readonly #slots = new Set<Slot>()
  readonly #queue: Work[] = []
  /** Seconds that a series took lately. */
  #pace = Number.POSITIVE_INFINITY
  #answers: PoolAnswer[] = []
  #gatheredSince = 0
  #capacity: number
  #gate = new Gate()
  #wake: () => void = () => {}
  #isAsked = false
  #clock: NodeJS.Timeout | null = null
  #gathering: NodeJS.Timeout | null = null
  /** Workers that died before they were ready, one after the other. */
  #stillborn = 0
  #fault: Problem | null = null
  /** Whether the warm thread is taken. */
  #adopted = false
  #closed = false
  /** Why there is no more time; null while there is. */
  #late: Code | null = null
  readonly #deadline: NodeJS.Timeout | null
  readonly #efforts: EffortChooser | null
  readonly #memory: MemoryWatch

  constructor(options: PoolOptions) {
    this.#options = options
    this.#capacity = options.workers
    const { deadlineSeconds: seconds } = options
    this.#deadline = Number.isFinite(seconds)
      ? setTimeout(() => this.#hurry(seconds), Math.min(seconds * 1000, 2 ** 31 - 1))
      : null
    this.#efforts = Number.isFinite(seconds)
      ? new EffortChooser(seconds, options.workers, options.totalTasks ?? 0)
      : null
    this.#memory = watchMemory(
      options.memoryMb,
      () => [...this.#slots].map(({ thread }) => thread),
      (thread) => thread.kill(MEMORY),
    )
  }

  async *run(
    source: AsyncIterable<readonly Work[]>,
    gate: Gate,
    signal?: AbortSignal,
  ): AsyncGenerator<readonly PoolAnswer[]> {
    this.#gate = gate
    const open = new Set<number>()
    const reader = new Reader(source, () => this.#wake())
    let begun = false
    while (this.#slots.size < Math.min(this.#options.ahead, this.#capacity) && this.#spawn() !== null);
    const onAbort = (): void => this.#wake()
    signal?.addEventListener('abort', onAbort)
    const forget = gate.onTurn(() => this.#wake())
    try {
      while (open.size > 0 || !reader.atEnd) {
        const woken = new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        const read = reader.take()
        if (read !== null) {
          this.#queue.push(...read)
          for (const { tasks } of read) {
            this.#efforts?.expect(tasks)
            for (const { index } of tasks) open.add(index)
          }
        }
        this.#memory.relieve()
        const aborted = signal?.aborted === true
        if (!aborted) this.#feed()
        // of a run that is aborted before it begins the first piece is read all the same: it tells what is cancelled
        if (!begun || (!aborted && open.size < AHEAD)) reader.read()
        begun = true
        if (this.#isTime(reader.isReading ? Number.POSITIVE_INFINITY : open.size, aborted)) {
          const all = this.#answers
          const answers = all.filter(({ index }) => open.delete(index))
          this.#answers = []
          // a row is kept whole or not at all
          yield answers.length === all.length ? answers : answers.map((answer) => ({ ...answer, row: null }))
          continue
        }
        if (read !== null || this.#isAsked) {
          this.#isAsked = false
          yield []
          continue
        }
        if (aborted && !reader.isReading) break
        if (this.#fault !== null) throw this.#fault
        await woken
      }
      if (open.size > 0) await this.close()
    } finally {
      forget()
      signal?.removeEventListener('abort', onAbort)
      await reader.close()
    }
  }

  wake(): void {
    this.#isAsked = true
    this.#wake()
  }

  /** Ends every worker at once, in the middle of what it does. */
  async close(): Promise<void> {
    this.#closed = true
    this.#queue.length = 0
    this.#memory.stop()
    for (const timer of [this.#clock, this.#gathering, this.#deadline]) if (timer !== null) clearTimeout(timer)
    const slots = [...this.#slots]
    this.#slots.clear()
    await Promise.all(slots.map(({ thread }) => thread.close()))
  }

  /** Whether what is gathered is handed on: at the end, when it is much, or when it has waited long enough. */
  #isTime(open: number, atOnce: boolean): boolean {
    const { length } = this.#answers
    if (length === 0) return false
    const waited = milliseconds() - this.#gatheredSince
    const { gatherMs } = this.#options
    if (atOnce || length >= Math.min(open, GROUP.answers) || waited >= gatherMs) return true
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null
      this.#wake()
    }, gatherMs - waited)
    return false
  }

  #push(answer: PoolAnswer): void {
    if (this.#answers.length === 0) this.#gatheredSince = milliseconds()
    this.#answers.push(answer)
  }

  #feed(): void {
    if (!this.#gate.isOpen) return
    for (const slot of this.#slots) if (slot.work === null && this.#queue.length > 0) this.#give(slot, this.#next())
    while (this.#queue.length > 0 && this.#slots.size < this.#capacity) {
      const slot = this.#spawn()
      if (slot === null) return
      this.#give(slot, this.#next())
    }
  }

  /** The next chunk; several together where series take next to nothing and there is enough for everybody. */
  #next(): Work {
    const first = this.#queue.shift()!
    if (first.rung !== FIRST) return first
    if (!this.#options.mergeChunks || this.#efforts !== null) return first
    const tasks = [...first.tasks]
    while (tasks.length * this.#pace < WORTH_SECONDS && this.#queue.length > 2 * this.#capacity) {
      if (this.#queue[0]!.rung !== FIRST) break
      tasks.push(...this.#queue.shift()!.tasks)
    }
    return { tasks, rung: FIRST }
  }

  /** Null where the system gives no more threads: those that there are go on. */
  #spawn(): Slot | null {
    const { warm = null } = this.#options
    const isNew = this.#adopted || warm === null || warm.ended !== null
    if (isNew && this.#slots.size > 0 && !hasFilesForWorker()) {
      this.#refused('EMFILE: too many open files')
      return null
    }
    const thread = isNew ? startThread(this.#options, (cause) => this.#refused(cause)) : warm
    this.#adopted = true
    if (thread === null) return null
    const slot: Slot = { thread, work: null, keys: [], done: 0, since: milliseconds() }
    this.#slots.add(slot)
    thread.listen({ report: (report) => this.#hear(slot, report), end: (cause) => this.#bury(slot, cause) })
    return slot
  }

  #refused(cause: string): void {
    const because = code('workers_refused', { started: this.#slots.size, wanted: this.#capacity, cause })
    this.#capacity = this.#slots.size
    if (this.#capacity === 0) this.#fault = new Problem({ ...because, severity: 'error' })
    else this.#options.onDeath?.(null, because)
  }

  #give(slot: Slot, work: Work): void {
    slot.work = work
    slot.done = 0
    // one that is not ready gets it then: by that time there may be none left
    if (slot.thread.ready) this.#send(slot, work)
  }

  #send(slot: Slot, { tasks, rung }: Work): void {
    slot.since = milliseconds()
    // with an effort that lets all end in time
    const effort = rung === FIRST && this.#efforts !== null ? this.#efforts.choose(tasks[0]!) : ASKED_EFFORT
    const work = { tasks, rung, effort }
    slot.work = work
    const limits = this.#late === null ? this.#limitsOf(work) : { ...NAIVE, because: this.#late }
    const { secondsPerModel, keepStates, keyOf } = this.#options
    const isKept = keyOf !== undefined && this.#late === null && isLasting(effort)
    slot.keys = isKept ? tasks.map(({ index }) => keyOf(index, effort.name)) : []
    const keys = isKept ? joinTexts(slot.keys) : null
    const jobs = tasks.map(({ index, series, options, carried = null }) => ({ index, series, options, carried }))
    slot.thread.give({ jobs: pack(jobs), keys, limits, secondsPerModel, keepStates })
    this.#startClock()
  }

  #limitsOf({ rung, effort = ASKED_EFFORT }: Work): Limits {
    return rung !== FIRST || effort === ASKED_EFFORT ? rung.limits : this.#efforts!.limits(effort)
  }

  #hear(slot: Slot, report: Report): void {
    if (this.#closed) return
    if (report.kind === 'ready') {
      this.#stillborn = 0
      if (slot.work !== null) this.#send(slot, slot.work)
      return
    }
    const { indexes } = report
    const { effort = ASKED_EFFORT, tasks } = slot.work!
    const lasting = this.#late === null && isLasting(effort)
    const answers = unpackAnswers(report, slot.keys.slice(slot.done, slot.done + indexes.length))
    answers.forEach(({ body, row }, i) => {
      const seconds = report.seconds[i]!
      this.#push({ index: indexes[i]!, body, row, seconds, lasting, effort: effort.name })
      this.#efforts?.answered(tasks[slot.done + i]!, effort, seconds)
      this.#pace = Number.isFinite(this.#pace) ? this.#pace + LATELY * (seconds - this.#pace) : seconds
    })
    slot.done += indexes.length
    if (slot.done === slot.work!.tasks.length) slot.work = null
    this.#wake()
  }

  /**
   * The outer fence. The clock of a model runs in the worker, in shared memory: it is read only here, so that a busy
   * pool never charges a series for its own delay.
   */
  #startClock(): void {
    const limit = this.#options.secondsPerModel * 1000 + GRACE_MS
    if (this.#clock !== null || !Number.isFinite(limit)) return
    const ends = [...this.#slots]
      .filter(({ work, thread }) => work !== null && thread.ready && thread.sentence === null)
      .map((slot) => this.#sinceOf(slot) + limit)
    if (ends.length === 0) return
    const wait = Math.min(Math.max(1, Math.min(...ends) - milliseconds()), 2 ** 30)
    this.#clock = setTimeout(() => {
      this.#clock = null
      for (const slot of this.#slots) {
        if (slot.work === null || !slot.thread.ready || milliseconds() < this.#sinceOf(slot) + limit) continue
        slot.thread.kill(TIMEOUT)
      }
      this.#startClock()
    }, Math.ceil(wait))
  }

  /** A worker that has not even taken up its work counts from when it got it. */
  #sinceOf({ thread, since }: Slot): number {
    return Math.max(since, thread.hand.since)
  }

  /** There is no more time: whoever is at work on a model is ended, and only the naive ones are asked from now on. */
  #hurry(seconds: number): void {
    this.#late = code('deadline_reached', { seconds })
    for (const { work, thread } of this.#slots) if (work !== null && thread.ready) thread.kill(DEADLINE)
  }

  /** After a death: the series in its hands tried again, alone; what it had not begun back to the queue. */
  #bury(slot: Slot, cause: string): void {
    this.#slots.delete(slot)
    if (this.#closed) return
    const { work, thread } = slot
    if (!thread.ready) this.#neverStarted(work, cause)
    else if (work !== null) this.#again(work, work.tasks.slice(slot.done), thread, cause)
    this.#wake()
  }

  #again({ rung }: Work, left: readonly Task[], { hand, sentence }: Thread, cause: string): void {
    if (left.length === 0) return
    const held = left.find(({ index }) => index === hand.index)
    // what it had answered and not yet sent is asked again; where it had taken up none, the first one is to blame
    const suspect = held ?? left[0]!
    const rest = left.filter((task) => task !== suspect)
    // the one it was ended for was answered just then, or none was to blame
    if (cause === DEADLINE || (sentence !== null && held === undefined)) {
      this.#queue.unshift({ tasks: left, rung })
      return
    }
    if (rest.length > 0) this.#queue.unshift({ tasks: rest, rung: FIRST })
    const because = this.#reason(cause, hand.model)
    this.#options.onDeath?.(suspect.series.name, because)
    const next = nextRung(rung, because, hand)
    if (next !== null) this.#queue.unshift({ tasks: [suspect], rung: next })
    else
      this.#push({
        index: suspect.index,
        body: encodeAnswer(crashed(suspect, because)),
        row: null,
        seconds: 0,
        lasting: this.#late === null,
        effort: '',
      })
  }

  /** Why a worker ended, as a code. */
  #reason(cause: string, at: string): Code {
    const model = at === '' ? 'none' : at
    const { secondsPerModel: seconds, heapMb, memoryMb } = this.#options
    if (cause === TIMEOUT) return code('time_limit_reached', { model, seconds })
    if (cause === MEMORY || cause === 'ERR_WORKER_OUT_OF_MEMORY')
      return code('memory_exhausted', { model, megabytes: cause === MEMORY ? memoryMb : heapMb })
    return code('worker_crashed', { model, cause })
  }

  /**
   * A worker that dies before the engine is loaded is no series' fault: another one is started, after some in a row no more
   * than there are already; where there is none the run ends.
   */
  #neverStarted(work: Work | null, cause: string): void {
    if (work !== null) this.#queue.unshift(work)
    this.#stillborn++
    if (this.#stillborn < MOST_STILLBORN) return
    this.#capacity = Math.max(1, this.#slots.size)
    if (this.#slots.size === 0) this.#fault = new Problem(problem('internal_error', { cause }))
  }
}
