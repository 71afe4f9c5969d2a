import { carriedFrom, stateKey } from './carried.ts'
import type { CheckpointStore, KeptAnswer } from './checkpoint.ts'
import type { Task } from './task.ts'
import { taskKey } from './task-key.ts'
import { engineVersion } from './version.ts'

/** Tasks that share an answer: all that have `shared`. */
export interface Group {
  readonly key: string
  readonly shared: string
  readonly tasks: Task[]
}

/** Bodies kept in memory where they may be asked for again: a few megabytes. */
const REMEMBERED = 2000

/**
 * What is known already, by key: answers of the checkpoint and of this run. `copies`: whether series of the same content
 * share one answer. Without either every task is computed.
 */
export class Reuse {
  readonly #checkpoint: CheckpointStore | null
  readonly #earlier: CheckpointStore | null
  readonly #copies: boolean
  readonly #engine: string
  readonly #recent = new Map<string, Uint8Array>()

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
      const group = { key, shared: this.#copies ? key : String(task.index), tasks: [task] }
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
    const answerKeys = stateKeys.map((key) => {
      const pointer = pointers.get(key)
      return pointer === undefined ? null : Buffer.from(pointer).toString('latin1')
    })
    const bodies = earlier.find(answerKeys.filter((key) => key !== null))
    return groups.map((group, i) => {
      const body = bodies.get(answerKeys[i] ?? '')
      const carried = body === undefined ? null : carriedFrom(body, group.tasks[0]!)
      if (carried === null) return group
      const tasks = group.tasks.map((task) => ({ ...task, carried }))
      return { ...group, tasks, key: taskKey(tasks[0]!, this.#engine) }
    })
  }

  /** Where the next run finds what was estimated for these tasks, which is in the answer of this key. */
  pointers({ tasks }: Group, key: string): KeptAnswer[] {
    return tasks.map((task) => ({ key: stateKey(task, this.#engine), body: Buffer.from(key, 'latin1') }))
  }

  find(keys: readonly string[]): Map<string, Uint8Array> {
    const known = this.#checkpoint?.find(keys) ?? new Map<string, Uint8Array>()
    if (this.#earlier !== null && this.#earlier !== this.#checkpoint)
      for (const [key, body] of this.#earlier.find(keys.filter((each) => !known.has(each)))) known.set(key, body)
    for (const key of keys) {
      const body = this.#recent.get(key)
      if (body !== undefined) known.set(key, body)
    }
    return known
  }

  /** Fulfilled when they are on disk; null where there is no checkpoint. */
  keep(answers: readonly KeptAnswer[]): Promise<void> | null {
    // which finds them by itself
    if (this.#checkpoint !== null) return this.#checkpoint.keep(answers)
    if (!this.#copies) return null
    for (const { key, body } of answers) {
      this.#recent.set(key, body)
      if (this.#recent.size > REMEMBERED) this.#recent.delete(this.#recent.keys().next().value!)
    }
    return null
  }
}
