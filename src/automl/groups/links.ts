import { studentCdf } from '../../math/distribution/student.ts'

/** One series moves some periods after another. */
export interface Link {
  readonly leader: string
  readonly follower: string
  /** Periods between the two. */
  readonly lag: number
  /** Of the innovations, −1 to 1. */
  readonly correlation: number
  /** Probability of so much by chance among all the pairs and lags looked at (Bonferroni). */
  readonly p: number
}

/** Periods ahead at which a leader is looked for. */
const MOST_LAG = 4
/** Chance of one false link in the whole portfolio. */
const LEVEL = 0.01

export interface Compared {
  readonly name: string
  /** Sum of squares 1; the last one belongs to the same period in all. */
  readonly innovations: Float64Array
}

/** All pairs of which one moves before the other, the surest first; O(series² × length). */
export function linksOf(all: readonly Compared[]): Link[] {
  const tests = all.length * (all.length - 1) * MOST_LAG
  const links: Link[] = []
  for (const leader of all)
    for (const follower of all) {
      if (leader === follower) continue
      let best: Link | null = null
      for (let lag = 1; lag <= MOST_LAG; lag++) {
        const { correlation, count } = lagged(leader.innovations, follower.innovations, lag)
        if (count < 3 || !(Math.abs(correlation) > 0)) continue
        const t = Math.abs(correlation) * Math.sqrt((count - 2) / Math.max(1e-12, 1 - correlation ** 2))
        // most pairs are far from it: the distribution is asked for few
        if (t < 2.5) continue
        const p = Math.min(1, 2 * studentCdf(-t, count - 2) * tests)
        if (
          p < LEVEL &&
          (best === null || p < best.p || (p === best.p && Math.abs(correlation) > Math.abs(best.correlation)))
        )
          best = { leader: leader.name, follower: follower.name, lag, correlation, p }
      }
      if (best !== null) links.push(best)
    }
  return links.sort(surest)
}

/** Correlation of one series with another `lag` periods later, over the periods that both have. */
function lagged(leader: Float64Array, follower: Float64Array, lag: number): { correlation: number; count: number } {
  const count = Math.min(leader.length - lag, follower.length)
  const from = leader.length - lag - count
  const to = follower.length - count
  let both = 0
  let a = 0
  let b = 0
  for (let t = 0; t < count; t++) {
    const x = leader[from + t]!
    const y = follower[to + t]!
    both += x * y
    a += x * x
    b += y * y
  }
  return { correlation: both / Math.sqrt(a * b), count }
}

const surest = (a: Link, b: Link): number =>
  a.p - b.p ||
  Math.abs(b.correlation) - Math.abs(a.correlation) ||
  (`${a.leader}\n${a.follower}` < `${b.leader}\n${b.follower}` ? -1 : 1)
