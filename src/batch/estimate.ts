/** Costs within this factor of each other are taken as alike. */
const ALIKE = 1.25
/** The mean of a class counts as if so many more had taken what the others' pace predicts. */
const PRIOR = 1
/** The n-th answer weighs n to this power: what is later is more like what is left. */
const FORGETTING = 0.15
/** The engine begins cold: at first it takes so many times more, half a second of work later a quarter of that. */
const COLD = 1.5
const WARMING_SECONDS = 0.5
/** One answer counts as at most so many times what was predicted. */
const MOST_RATIO = 5
/** Half width of the range, as a share of the estimate: at least, per standard error, and per error of the predictions so far. */
const LEAST_DOUBT = 0.04
const PER_ERROR = 2.3
const PER_BIAS = 0.5
const MOST_DOUBT = 0.6
/** How far the fate of the predictions is believed to go on, as a power of their ratio. */
const BELIEVED = 0.75
/** Runs end late more often than early. */
const EARLY = 0.9

/** What a warm engine would have done in the first so many seconds of a run: the integral of 1 / (1 + COLD / (1 + s / WARMING_SECONDS)²). */
function warmSeconds(seconds: number): number {
  const u = 1 + seconds / WARMING_SECONDS
  return WARMING_SECONDS * (u - Math.sqrt(COLD) * Math.atan(u / Math.sqrt(COLD)))
}

/** Weighted sums over the answers of one class, and what is still to come. */
interface CostClass {
  left: number
  costLeft: number
  weight: number
  cost: number
  seconds: number
}

const emptyClass = (): CostClass => ({ left: 0, costLeft: 0, weight: 0, cost: 0, seconds: 0 })

/**
 * Seconds of work that are left, learned from those done: each class of similar cost has its own mean, for cost is no more
 * than a guess; a class of which nothing is known goes at the pace of the others. Each answer was predicted before it came:
 * how these predictions fared, all in all, corrects the next ones. What is learned, and foretold, are seconds of a warm engine.
 */
export class WorkEstimate {
  readonly #classes = new Map<number, CostClass>()
  /** The cost that was asked for last, and its class: mostly the next one is the same. */
  #asked = Number.NaN
  #found = emptyClass()
  #count = 0
  #left = 0
  #seconds = 0
  /** Weighted sums over the answers that were predicted: seconds predicted, and taken; squares of their ratio; weights. */
  #predicted = { seconds: 0, taken: 0, squares: 0, weight: 0, weightSquares: 0 }
  /** Sums over all classes. */
  #cost = 0
  #weightedSeconds = 0

  expect(cost: number): void {
    const one = this.#of(cost)
    one.left++
    one.costLeft += cost
    this.#left++
  }

  /** `seconds`: null where it took none. */
  add(cost: number, seconds: number | null): void {
    const one = this.#of(cost)
    const predicted = this.#count === 0 ? null : this.#meanOf(one, cost)
    one.left--
    one.costLeft -= cost
    this.#left--
    if (seconds === null) return
    const warm = warmSeconds(this.#seconds + seconds) - warmSeconds(this.#seconds)
    this.#count++
    this.#seconds += seconds
    const weight = this.#count ** FORGETTING
    if (predicted !== null && predicted > 0) {
      const sums = this.#predicted
      const taken = Math.min(warm, MOST_RATIO * predicted)
      sums.seconds += weight * predicted
      sums.taken += weight * taken
      sums.squares += weight * (taken / predicted) ** 2
      sums.weight += weight
      sums.weightSquares += weight * weight
    }
    one.weight += weight
    one.cost += weight * cost
    one.seconds += weight * warm
    this.#cost += weight * cost
    this.#weightedSeconds += weight * warm
  }

  /** Seconds of one worker that are done, and those probably left. */
  get work(): { readonly done: number; readonly left: number } {
    let left = 0
    if (this.#count > 0)
      for (const one of this.#classes.values())
        if (one.left > 0) left += one.left * this.#meanOf(one, one.costLeft / one.left)
    return { done: this.#seconds, left: left * this.#ratio ** BELIEVED }
  }

  /** How far the estimate may be off, as a share of it: too long, and too short. */
  get doubt(): readonly [number, number] {
    const doubt = this.#doubt
    return [doubt * EARLY, doubt / EARLY]
  }

  get #doubt(): number {
    const { squares, weight, weightSquares } = this.#predicted
    if (weight === 0) return MOST_DOUBT
    const variance = Math.max(0, squares / weight - this.#ratio ** 2)
    const error = Math.sqrt(variance * (weightSquares / weight ** 2 + 1 / Math.max(1, this.#left)))
    return Math.min(MOST_DOUBT, LEAST_DOUBT + PER_ERROR * error + PER_BIAS * Math.abs(Math.log(this.#ratio)))
  }

  /** What was taken over what was predicted. */
  get #ratio(): number {
    const { seconds, taken } = this.#predicted
    return seconds > 0 && taken > 0 ? taken / seconds : 1
  }

  /** Seconds that a task of this class and cost will probably take. */
  #meanOf(one: CostClass, cost: number): number {
    const pace = this.#weightedSeconds / this.#cost
    if (one.weight === 0) return pace * cost
    const prior = PRIOR * this.#count ** FORGETTING
    const typical = one.cost / one.weight
    return ((one.seconds + prior * pace * typical) / (one.weight + prior)) * (cost / typical)
  }

  #of(cost: number): CostClass {
    if (cost === this.#asked) return this.#found
    this.#asked = cost
    this.#found = this.#classOf(cost)
    return this.#found
  }

  #classOf(cost: number): CostClass {
    const key = Math.floor(Math.log(Math.max(1, cost)) / Math.log(ALIKE))
    const known = this.#classes.get(key)
    if (known !== undefined) return known
    const made = emptyClass()
    this.#classes.set(key, made)
    return made
  }
}
