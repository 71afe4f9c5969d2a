import type { CheckpointStore } from './checkpoint.ts'
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
  readonly #copies: boolean
  readonly #engine: string
  readonly #recent = new Map<string, Uint8Array>()

  /** `other`: names an engine that is not this package's. */
  constructor(checkpoint: CheckpointStore | null, copies: boolean, other: string) {
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

  /** Tasks of one key, together; several only where copies share an answer. */
  group(tasks: readonly Task[]): Group[] {
    const groups = new Map<string, Group>()
    for (const task of tasks) {
      const key = this.#keyOf(task)
      const shared = this.#copies ? key : String(task.index)
      const group = groups.get(shared)
      if (group === undefined) groups.set(shared, { key, shared, tasks: [task] })
      else group.tasks.push(task)
    }
    return [...groups.values()]
  }

  find(keys: readonly string[]): Map<string, Uint8Array> {
    const known = this.#checkpoint?.find(keys) ?? new Map<string, Uint8Array>()
    for (const key of keys) {
      const body = this.#recent.get(key)
      if (body !== undefined) known.set(key, body)
    }
    return known
  }

  keep(answers: readonly { readonly key: string; readonly body: Uint8Array }[]): void {
    this.#checkpoint?.keep(answers)
    // the checkpoint finds them by itself
    if (!this.#copies || this.#checkpoint !== null) return
    for (const { key, body } of answers) {
      this.#recent.set(key, body)
      if (this.#recent.size > REMEMBERED) this.#recent.delete(this.#recent.keys().next().value!)
    }
  }
}
