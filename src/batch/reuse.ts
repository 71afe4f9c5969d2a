import { carriedFrom, stateKey } from './carried.ts'
import type { CheckpointStore, KeptAnswer, SealedRow } from './checkpoint.ts'
import type { Task } from './task.ts'
import { taskKey } from './task-key.ts'
import { engineVersion } from './version.ts'

/** Tasks that share an answer: all that have `shared`. */
export interface Group {
  readonly key: string
  readonly shared: string | number
  readonly tasks: Task[]
}

/** Bodies kept in memory where they may be asked for again, twice as many at most: a few megabytes. */
const REMEMBERED = 1000

/**
 * What is known already, by key: answers of the checkpoint and of this run. `copies`: whether series of the same content
 * share one answer. Without either every task is computed.
 */
export class Reuse {
  readonly #checkpoint: CheckpointStore | null
  readonly #earlier: CheckpointStore | null
  readonly #copies: boolean
  readonly #engine: string
  /** Without a checkpoint; what is older is forgotten all at once, for one by one takes longer than to keep it. */
  #recent = new Map<string, Uint8Array>()
  #older = new Map<string, Uint8Array>()

  /** `other`: names an engine that is not this package's; `earlier`: of the run that this one continues. */
  constructor(checkpoint: CheckpointStore | null, copies: boolean, other: string, earlier: CheckpointStore | null) {
    this.#earlier = earlier
    this.#engine = engineVersion() + other
    this.#checkpoint = checkpoint
    this.#copies = copies
  }

  /** The key of a task; one of its own where nothing may be shared. */
  #keyOf(task: Task): string {
    if (this.#checkpoint !== null || this.#copies) return taskKey(task, this.#engine)
    return String(task.index)
  }

  /** The key of an answer that was found with less effort than the task asks for. */
  reducedKey(task: Task, effort: string): string {
    return taskKey(task, `${this.#engine}|effort ${effort}`)
  }

  /** Tasks of one key, together; several only where copies share an answer. What is kept comes as it lies on the disk. */
  group(tasks: readonly Task[]): readonly Group[] {
    const all: Group[] = []
    const groups = new Map<string, Group>()
    for (const task of tasks) {
      const key = this.#keyOf(task)
      const known = this.#copies ? groups.get(key) : undefined
      if (known !== undefined) {
        known.tasks.push(task)
        continue
      }
      const group = { key, shared: this.#copies ? key : task.index, tasks: [task] }
      all.push(group)
      if (this.#copies) groups.set(key, group)
    }
    return this.#checkpoint === null ? all : this.#checkpoint.inOrder(all)
  }

  /**
   * The same groups, with what an earlier run estimated for them where that can be carried on: another task then, with a
   * key of its own.
   */
  carriedOn(groups: readonly Group[], earlier: CheckpointStore): Group[] {
    const stateKeys = groups.map(({ tasks }) => stateKey(tasks[0]!, this.#engine))
    const pointers = earlier.find(stateKeys)
    const places = [...groups.keys()].filter((i) => pointers[i] != null)
    const bodies = earlier.find(places.map((i) => Buffer.from(pointers[i]!).toString('latin1')))
    const bodyOf = new Map(places.map((i, n) => [i, bodies[n] ?? null]))
    return groups.map((group, i) => {
      const body = bodyOf.get(i) ?? null
      const carried = body === null ? null : carriedFrom(body, group.tasks[0]!)
      if (carried === null) return group
      const tasks = group.tasks.map((task) => ({ ...task, carried }))
      return { ...group, tasks, key: taskKey(tasks[0]!, this.#engine) }
    })
  }

  /** Where the next run finds what was estimated for these tasks, which is in the answer of this key. */
  pointers({ tasks }: Group, key: string): KeptAnswer[] {
    return tasks.map((task) => ({ key: stateKey(task, this.#engine), body: Buffer.from(key, 'latin1') }))
  }

  /** A body for each key; null for what is not known. */
  find(keys: readonly string[]): readonly (Uint8Array | null)[] {
    const known =
      this.#checkpoint?.find(keys) ?? keys.map((key) => this.#recent.get(key) ?? this.#older.get(key) ?? null)
    if (this.#earlier === null || this.#earlier === this.#checkpoint) return known
    const open = [...keys.keys()].filter((i) => known[i] === null)
    const before = this.#earlier.find(open.map((i) => keys[i]!))
    const all = [...known]
    for (const [n, i] of open.entries()) all[i] = before[n]!
    return all
  }

  /** Fulfilled when they are on disk; null where there is no checkpoint, for which alone they are sealed. */
  keep(answers: readonly KeptAnswer[], rows: readonly SealedRow[] = []): Promise<void> | null {
    // which finds them by itself
    if (this.#checkpoint !== null) return this.#checkpoint.keep(answers, rows)
    if (!this.#copies) return null
    for (const { key, body } of answers) {
      if (this.#recent.size === REMEMBERED) {
        this.#older = this.#recent
        this.#recent = new Map()
      }
      this.#recent.set(key, body)
    }
    return null
  }
}
