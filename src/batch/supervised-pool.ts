import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Code, code, Problem, problem } from '../messages.ts'
import { crashed } from './answer.ts'
import { encodeAnswer } from './answer-bytes.ts'
import type { FromChild, ToChild } from './child-messages.ts'
import type { Gate } from './gate.ts'
import { type InHand, readHands } from './hands.ts'
import { FIRST, nextRung } from './ladder.ts'
import type { PoolAnswer, PoolOptions, Work, Workers } from './pool.ts'

const childFile = new URL(import.meta.url.endsWith('.ts') ? './child.ts' : './child.js', import.meta.url)
/** Children that end without having taken up a series, one after the other, before it is given up. */
const MOST_IN_VAIN = 3

/** One child process and what it has said that nobody has read yet. */
interface Child {
  readonly process: ChildProcess
  readonly journals: string
  readonly heard: FromChild[]
  wake: () => void
  /** Why it ended; null while it lives. */
  end: string | null
  /** Processes that the system had ended for want of memory before this one began; null where it does not tell. */
  readonly oomKills: number | null
}

/**
 * A pool in a child process. When the child dies the series that its workers had in hand, which their journals tell, are
 * tried again by the rungs of `ladder.ts`, each alone in it; then all others.
 */
export class SupervisedPool implements Workers {
  readonly #options: PoolOptions
  #child: Child | null = null
  #isAsked = false

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Nothing is read ahead: each piece of the source is done before the next one. */
  async *run(
    source: AsyncIterable<readonly Work[]>,
    gate: Gate,
    signal?: AbortSignal,
  ): AsyncGenerator<readonly PoolAnswer[]> {
    for await (const work of source) {
      yield []
      yield* this.#all(work, gate, signal)
      if (signal?.aborted) return
    }
  }

  async *#all(work: readonly Work[], gate: Gate, signal?: AbortSignal): AsyncGenerator<readonly PoolAnswer[]> {
    let groups: Work[][] = [[...work]]
    let inVain = 0
    const forget = gate.onTurn(() => this.#tell({ kind: 'gate', isOpen: gate.isOpen }))
    const onAbort = (): void => this.#child?.wake()
    signal?.addEventListener('abort', onAbort)
    try {
      for (let group = groups.shift(); group !== undefined && !signal?.aborted; group = groups.shift()) {
        const open = new Set(group.flatMap(({ tasks }) => tasks.map(({ index }) => index)))
        if (open.size === 0) continue
        const child = this.#child ?? this.#start(gate)
        this.#tell({ kind: 'work', work: group })
        for await (const answers of this.#listen(child, signal)) {
          for (const { index } of answers) open.delete(index)
          yield answers
        }
        if (child.end === null || signal?.aborted) continue
        this.#child = null
        const hands = handsOf(child)
        inVain = hands.length === 0 ? inVain + 1 : 0
        if (inVain === MOST_IN_VAIN) throw new Problem(problem('internal_error', { cause: child.end }))
        const { again, answers } = this.#afterDeath(group, open, hands, child)
        if (answers.length > 0) yield answers
        groups = [...again, ...groups]
      }
      if (signal?.aborted) await this.close()
    } finally {
      forget()
      signal?.removeEventListener('abort', onAbort)
    }
  }

  wake(): void {
    this.#isAsked = true
    this.#child?.wake()
  }

  async close(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child === null) return
    const ended = new Promise((resolve) => child.process.once('exit', resolve))
    if (child.end === null) {
      child.process.kill('SIGKILL')
      await ended
    }
    rmSync(child.journals, { recursive: true, force: true })
  }

  #start(gate: Gate): Child {
    const journals = mkdtempSync(join(tmpdir(), 'arfc-hands-'))
    const child: Child = {
      process: fork(childFile, { serialization: 'advanced' }),
      journals,
      heard: [],
      wake: () => {},
      end: null,
      oomKills: oomKills(),
    }
    child.process.on('message', (message: FromChild) => {
      child.heard.push(message)
      child.wake()
    })
    child.process.on('exit', (status, name) => {
      child.end = name ?? `exit ${status}`
      child.wake()
    })
    this.#child = child
    const { onDeath: _, warm: __, keyOf: ___, engine, ...options } = this.#options
    this.#tell({ kind: 'setup', options: { ...options, engine: engine.href, journals } })
    this.#tell({ kind: 'gate', isOpen: gate.isOpen })
    return child
  }

  /** A child that has just died hears nothing: its end is seen where it is listened to. */
  #tell(message: ToChild): void {
    if (this.#child?.process.connected) this.#child.process.send(message, () => {})
  }

  /** What it says, until it is done with its work or dead. */
  async *#listen(child: Child, signal?: AbortSignal): AsyncGenerator<readonly PoolAnswer[]> {
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        child.wake = resolve
      })
      for (let said = child.heard.shift(); said !== undefined; said = child.heard.shift()) {
        if (said.kind === 'answers') yield said.answers
        else if (said.kind === 'death') this.#options.onDeath?.(said.name, said.because)
        else if (said.kind === 'fault') throw new Problem(problem('internal_error', { cause: said.cause }))
        else return
      }
      if (child.end !== null || signal?.aborted) return
      if (!this.#isAsked) await woken
      if (!this.#isAsked) continue
      this.#isAsked = false
      yield []
    }
  }

  #afterDeath(group: readonly Work[], open: ReadonlySet<number>, hands: readonly InHand[], child: Child) {
    const again: Work[][] = []
    const answers: PoolAnswer[] = []
    const held = new Map(hands.map((hand) => [hand.index, hand]))
    const rest: Work[] = []
    for (const { tasks, rung } of group) {
      const left = tasks.filter(({ index }) => open.has(index))
      for (const task of left) {
        const hand = held.get(task.index)
        if (hand === undefined) continue
        const because = reason(child, hand.model, this.#options.memoryMb)
        this.#options.onDeath?.(task.series.name, because)
        const next = nextRung(rung, because, hand)
        if (next !== null) again.push([{ tasks: [task], rung: next }])
        else
          answers.push({
            index: task.index,
            body: encodeAnswer(crashed(task, because)),
            row: null,
            seconds: 0,
            lasting: true,
            effort: '',
          })
      }
      const others = left.filter(({ index }) => !held.has(index))
      if (others.length > 0) rest.push({ tasks: others, rung: others.length === tasks.length ? rung : FIRST })
    }
    if (rest.length > 0) again.push(rest)
    return { again, answers }
  }
}

function reason({ end, oomKills: before }: Child, at: string, megabytes: number): Code {
  const model = at === '' ? 'none' : at
  const now = oomKills()
  if (end === 'SIGKILL' && now !== null && before !== null && now > before)
    return code('memory_exhausted', { model, megabytes })
  return code('worker_crashed', { model, cause: end ?? '' })
}

/** How many processes Linux has ended for want of memory, containers included; null elsewhere. */
function oomKills(): number | null {
  if (process.platform !== 'linux') return null
  const count = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))
  return count === null ? null : Number(count[1])
}

/** What the workers of a dead child had in their hands. */
function handsOf({ journals }: Child): InHand[] {
  if (!existsSync(journals)) return []
  const hands = readdirSync(journals).flatMap((name) => {
    const bytes = readFileSync(join(journals, name))
    const memory = new Uint8Array(bytes).buffer
    // made, but nothing taken up yet
    return bytes.length === 0 ? [] : [readHands(memory)]
  })
  rmSync(journals, { recursive: true, force: true })
  return hands.filter(({ index }) => index >= 0)
}
