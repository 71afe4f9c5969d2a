import { VAR } from './candidates.ts'
import type { Trialled } from './validate.ts'

/** A rival's error after shrinkage must be below this share of the default's. */
const MARGIN = 0.7
/** The same for a vector autoregression: that another series leads was found before any trial. */
const MARGIN_LED = 0.9
/** Origins' worth of doubt: the mean log ratio is shrunk by origins / (origins + this). */
const DOUBT = 6
const DOUBT_LED = 1

/**
 * The candidate that answers: the first (the default) unless a rival beats it clearly. Trials of one series choose
 * hardly better than chance (Spiliotis et al. 2023; Fildes & Petropoulos 2015), so the evidence is paired by origin,
 * must point the same way at each of them, and is shrunk towards no difference before it is compared with a margin.
 */
export function select(tried: readonly Trialled[], yardstick: string): Trialled {
  const usable = tried.filter((one) => one.trials !== null)
  const standard = usable[0]
  if (standard === undefined) return tried[0]!
  const led = usable.find(({ candidate }) => candidate === VAR)
  if (led !== undefined && evidence(led, standard, DOUBT_LED, false) < Math.log(MARGIN_LED)) return led
  const judged = standard.trials!.reduce((count, { actual }) => count + actual.length, 0)
  if (judged < LEAST_JUDGED) return standard
  const naive = usable.find(({ name }) => name === yardstick)
  if (naive !== undefined && failsPlainly(standard, naive)) return naive
  let best = standard
  let lowest = Math.log(MARGIN)
  for (const rival of usable.slice(1)) {
    const advantage = evidence(rival, standard, DOUBT, true)
    if (advantage < lowest || (advantage === lowest && best !== standard && rival.loss < best.loss)) {
      lowest = advantage
      best = rival
    }
  }
  return best
}

/** Fewer values judged say nothing against the default: origins of short histories see the same few of them. */
const LEAST_JUDGED = 24

/** Error over the yardstick's beyond which the default has failed, if it is so at each of at least so many origins. */
const FAILURE = 1.25
const LEAST_ORIGINS = 3

/** Nothing is gained by models that repeating the last season beats each time, and clearly. */
function failsPlainly(standard: Trialled, naive: Trialled): boolean {
  const ratios = standard.perOrigin.map((mine, i) => mine / naive.perOrigin[i]!)
  return ratios.length >= LEAST_ORIGINS && ratios.every((ratio) => ratio > FAILURE)
}

/** Shrunk mean of log(rival / standard) over the origins; below 0 the rival is better. `always`: 0 where they do not agree. */
function evidence(rival: Trialled, standard: Trialled, doubt: number, always: boolean): number {
  let total = 0
  let count = 0
  for (const [i, mine] of standard.perOrigin.entries()) {
    const theirs = rival.perOrigin[i]!
    if (Number.isNaN(mine) || Number.isNaN(theirs)) continue
    if (always && !(theirs < mine)) return 0
    // a perfect rival counts as ten times better, not infinitely
    total += Math.max(Math.log(0.1), Math.log(theirs / mine))
    count++
  }
  return count === 0 ? 0 : total / (count + doubt)
}
