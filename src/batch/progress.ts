import { WorkEstimate } from './estimate.ts'
import { cost } from './plan.ts'
import type { KeptResult, Task } from './task.ts'

/** How far a run is; all times in seconds. */
export interface BatchProgress {
  readonly totalTasks: number
  readonly completedTasks: number
  /** Success and fallback. */
  readonly successfulTasks: number
  readonly failedTasks: number
  readonly elapsedTime: number
  /** Seconds probably left; NaN until 5 % of the work is done. */
  readonly estimatedCompletion: number
  /** Between which it will probably be. */
  readonly estimatedRange: readonly [number, number]
  readonly last?: { readonly name: string; readonly status: string; readonly model: string }
  /** Forecasts per registry name. */
  readonly models: Readonly<Record<string, number>>
}

const HIDDEN_BELOW = 0.05

type Told = Pick<KeptResult, 'status' | 'used'>

/**
 * Counts results and estimates what is left by the work in it, not by the number of series. `now` is the clock, in seconds;
 * `totalTasks` where the size of the portfolio is known before it is read.
 */
export class ProgressMeter {
  readonly #now: () => number
  readonly #start: number
  readonly #announced: number
  readonly #models = new Map<string, number>()
  readonly #estimate = new WorkEstimate()
  /** When the first worker began. */
  #begun: number | null = null
  #seen = 0
  #left = 0
  #completed = 0
  #successful = 0
  #failed = 0
  #last: { readonly task: Task; readonly result: Told } | null = null

  constructor(now: () => number, totalTasks = 0) {
    this.#now = now
    this.#start = now()
    this.#announced = totalTasks
  }

  expect(tasks: readonly Task[]): void {
    this.#seen += tasks.length
    this.#left += tasks.length
    for (const task of tasks) this.#estimate.expect(cost(task))
  }

  /** `seconds`: what it took a worker; null where the answer was there before. */
  add(task: Task, result: Told, seconds: number | null): void {
    const { status, used: model } = result
    this.#last = { task, result }
    if (status === 'cancelled') return
    this.#completed++
    this.#left--
    if (status === 'failed') this.#failed++
    else this.#successful++
    if (model !== '') this.#models.set(model, (this.#models.get(model) ?? 0) + 1)
    this.#estimate.add(cost(task), seconds)
    if (seconds !== null) this.#begun ??= this.#now() - seconds
  }

  read(): BatchProgress {
    const [estimatedCompletion, fastest, slowest] = this.#timeLeft()
    return {
      totalTasks: this.#total(),
      completedTasks: this.#completed,
      successfulTasks: this.#successful,
      failedTasks: this.#failed,
      elapsedTime: this.#now() - this.#start,
      estimatedCompletion,
      estimatedRange: [fastest, slowest],
      ...(this.#last === null ? {} : { last: lastOf(this.#last) }),
      models: Object.fromEntries([...this.#models].sort(([a], [b]) => (a < b ? -1 : 1))),
    }
  }

  #total(): number {
    return Math.max(this.#announced, this.#seen)
  }

  /** Estimate, then its range. */
  #timeLeft(): [number, number, number] {
    if (this.#completed > 0 && this.#completed === this.#total()) return [0, 0, 0]
    const { done, left } = this.#estimate.work
    const unread = this.#seen === 0 ? 0 : ((this.#total() - this.#seen) * (done + left)) / this.#seen
    const all = done + left + unread
    if (this.#begun === null || !(done > HIDDEN_BELOW * all)) return [Number.NaN, Number.NaN, Number.NaN]
    // seconds of work per second: the workers, less what they wait for
    const pace = done / (this.#now() - this.#begun)
    const estimate = (left + unread) / pace
    const [below, above] = this.#estimate.doubt
    return [estimate, estimate * (1 - below), estimate * (1 + above)]
  }
}

const lastOf = ({ task, result }: { readonly task: Task; readonly result: Told }): BatchProgress['last'] => ({
  ...{ name: task.series.name, status: result.status, model: result.used },
})
