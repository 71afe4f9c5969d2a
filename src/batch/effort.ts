import { type Code, code } from '../messages.ts'
import { milliseconds } from './hands.ts'
import { NAIVE } from './ladder.ts'
import type { Limits } from './messages.ts'
import { cost } from './plan.ts'
import type { Task } from './task.ts'

/** How much may be tried for a series: from what was asked for down to what takes next to nothing. */
export interface Effort {
  /** Enters the key of an answer; empty for what was asked for. */
  readonly name: string
  /** Models that may not try. */
  readonly without: readonly string[]
  /** Seconds beside those of what was asked for, until some have been measured. */
  readonly share: number
}

/** Searching orders, complex numbers, sampled futures: what takes most of the time, and brings least of the accuracy. */
const SLOW = ['arima', 'dynamic_harmonic_regression', 'ces', 'mstl', 'tbats', 'prophet', 'var'] as const
export const ASKED_EFFORT: Effort = { name: '', without: [], share: 1 }
const NAIVE_ONLY: Effort = { name: 'naive', without: [], share: 0.08 }
/** Whether an answer says more than that there was no time. */
export const isLasting = (effort: Effort): boolean => effort.name !== NAIVE_ONLY.name
const EFFORTS: readonly Effort[] = [
  ASKED_EFFORT,
  { name: 'quick', without: SLOW, share: 0.3 },
  { name: 'quickest', without: [...SLOW, 'ets'], share: 0.15 },
  NAIVE_ONLY,
]

/** Seconds for a unit of cost before any was measured: a present-day core. */
const PACE = 6e-6
/** Cost that an assumed pace weighs as much as: a few series. */
const ASSUMED_COST = 3e4
/** A worker's first series take many times as long as the next ones: code that has just been loaded is slow. */
const COLD = 2
/** Of what is known with each answer: the last few dozen count. */
const REMEMBERED = 0.97
/** Of the time there is, kept for what estimates miss; and at least so many series' worth. */
const SPARE = 0.06
const SPARE_SERIES = 2

/**
 * Chooses the effort series by series, so that all end by the deadline: the most with which all that is left would. What is
 * saved by a lower one comes back to those after it. No series is left out.
 */
export class EffortChooser {
  readonly #end: number
  readonly #seconds: number
  readonly #workers: number
  readonly #announced: number
  /** Of each effort, lately: cost done, and the seconds that it took. */
  readonly #done = EFFORTS.map(() => ({ cost: 0, seconds: 0 }))
  #answers = 0
  #left = 0
  #seen = 0
  #seenCost = 0

  readonly #now: () => number

  /** `announced`: series in all where that is known before they are read; `now`: the clock, in milliseconds. */
  constructor(seconds: number, workers: number, announced: number, now = milliseconds) {
    this.#now = now
    this.#seconds = seconds
    this.#end = now() + seconds * 1000
    this.#workers = workers
    this.#announced = announced
  }

  expect(tasks: readonly Task[]): void {
    for (const task of tasks) {
      this.#left += cost(task)
      this.#seenCost += cost(task)
    }
    this.#seen += tasks.length
  }

  answered(task: Task, effort: Effort, seconds: number): void {
    this.#left -= cost(task)
    if (++this.#answers <= COLD * this.#workers) return
    for (const sums of this.#done) {
      sums.cost *= REMEMBERED
      sums.seconds *= REMEMBERED
    }
    const sums = this.#done[EFFORTS.indexOf(effort)]!
    sums.cost += cost(task)
    sums.seconds += seconds
  }

  /** For a series that is about to be handed out. */
  choose(task: Task): Effort {
    const unread = this.#seen === 0 ? 0 : (Math.max(0, this.#announced - this.#seen) * this.#seenCost) / this.#seen
    const there = ((this.#end - this.#now()) / 1000) * (1 - SPARE) * this.#workers
    const fits = (i: number): boolean => {
      const pace = this.#pace(i)
      return pace * (this.#left + unread + SPARE_SERIES * this.#workers * cost(task)) <= there
    }
    const last = EFFORTS.length - 1
    for (let i = 0; i < last; i++) if (fits(i)) return EFFORTS[i]!
    return EFFORTS[last]!
  }

  /** What keeps the models of an effort to it. */
  limits(effort: Effort): Limits {
    const { without } = effort
    if (effort === NAIVE_ONLY) return { ...NAIVE, because: this.late }
    const reduced = code('effort_reduced', { seconds: this.#seconds, models: without.join(', ') })
    return { chain: 'full', only: null, refused: without, because: null, reduced }
  }

  get late(): Code {
    return code('deadline_reached', { seconds: this.#seconds })
  }

  /** Seconds for a unit of cost: as measured, drawn to what the other efforts' paces say. */
  #pace(of: number): number {
    const all = this.#done.reduce(
      (sum, { cost: done, seconds }, i) => ({
        cost: sum.cost + done * EFFORTS[i]!.share,
        seconds: sum.seconds + seconds,
      }),
      { cost: ASSUMED_COST / 10, seconds: (PACE * ASSUMED_COST) / 10 },
    )
    const assumed = (EFFORTS[of]!.share * all.seconds) / all.cost
    const { cost: done, seconds } = this.#done[of]!
    return (seconds + assumed * ASSUMED_COST) / (done + ASSUMED_COST)
  }
}
