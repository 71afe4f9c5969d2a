import { cost } from './plan.ts'
import type { Task, TaskResult } from './task.ts'

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
  /** The same if the rest goes as fast as the fastest, or as slowly as the slowest, quarter so far. */
  readonly estimatedRange: readonly [number, number]
  readonly last?: { readonly name: string; readonly status: string; readonly model: string }
  /** Forecasts per registry name. */
  readonly models: Readonly<Record<string, number>>
}

const HIDDEN_BELOW = 0.05
const QUARTERS = 4
/** Points of the way so far that are kept: memory does not grow with the portfolio. */
const MOST_POINTS = 1000

/**
 * Counts results and estimates what is left by the cost of the tasks, not their number: the long ones come first.
 * `now` is the clock, in seconds; `totalTasks` where the size of the portfolio is known before it is read.
 */
export class ProgressMeter {
  readonly #now: () => number
  readonly #start: number
  readonly #announced: number
  readonly #models = new Map<string, number>()
  /** Work done and the time it was done at, per result; thinned out as they grow. */
  #work: number[] = [0]
  #times: number[] = [0]
  #seen = 0
  #seenCost = 0
  #completed = 0
  #successful = 0
  #failed = 0
  #last: BatchProgress['last']

  constructor(now: () => number, totalTasks = 0) {
    this.#now = now
    this.#start = now()
    this.#announced = totalTasks
  }

  expect(tasks: readonly Task[]): void {
    this.#seen += tasks.length
    for (const task of tasks) this.#seenCost += cost(task)
  }

  add(task: Task, result: TaskResult): void {
    const model = result.outcome?.used ?? ''
    this.#last = { name: task.series.name, status: result.status, model }
    if (result.status === 'cancelled') return
    this.#completed++
    if (result.status === 'failed') this.#failed++
    else this.#successful++
    if (model !== '') this.#models.set(model, (this.#models.get(model) ?? 0) + 1)
    this.#work.push(this.#work.at(-1)! + cost(task))
    this.#times.push(this.#now() - this.#start)
    if (this.#work.length > MOST_POINTS) this.#thin()
  }

  #thin(): void {
    const last = this.#work.length - 1
    const kept = (_: number, i: number): boolean => i % 2 === 0 || i === last
    this.#work = this.#work.filter(kept)
    this.#times = this.#times.filter(kept)
  }

  read(): BatchProgress {
    const [estimatedCompletion, fastest, slowest] = this.#left()
    return {
      totalTasks: this.#total(),
      completedTasks: this.#completed,
      successfulTasks: this.#successful,
      failedTasks: this.#failed,
      elapsedTime: this.#now() - this.#start,
      estimatedCompletion,
      estimatedRange: [fastest, slowest],
      ...(this.#last === undefined ? {} : { last: this.#last }),
      models: Object.fromEntries([...this.#models].sort(([a], [b]) => (a < b ? -1 : 1))),
    }
  }

  #total(): number {
    return Math.max(this.#announced, this.#seen)
  }

  /** Estimate, then its range. */
  #left(): [number, number, number] {
    const done = this.#work.at(-1)!
    const unread = this.#seen === 0 ? 0 : ((this.#total() - this.#seen) * this.#seenCost) / this.#seen
    const left = this.#seenCost + unread - done
    if (this.#completed > 0 && this.#completed === this.#total()) return [0, 0, 0]
    if (!(done > HIDDEN_BELOW * (done + left))) return [Number.NaN, Number.NaN, Number.NaN]
    const estimate = (left * this.#times.at(-1)!) / done
    let fastest = estimate
    let slowest = estimate
    let from = 0
    for (let quarter = 1; quarter <= QUARTERS; quarter++) {
      const to = this.#position((done * quarter) / QUARTERS)
      const work = this.#work[to]! - this.#work[from]!
      if (!(work > 0)) continue
      const atThatPace = (left * (this.#times[to]! - this.#times[from]!)) / work
      fastest = Math.min(fastest, atThatPace)
      slowest = Math.max(slowest, atThatPace)
      from = to
    }
    return [estimate, fastest, slowest]
  }

  /** First result at which this much work was done. */
  #position(work: number): number {
    let low = 0
    let high = this.#work.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#work[middle]! >= work) high = middle
      else low = middle + 1
    }
    return low
  }
}
