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

/** Periods ahead at which a leader is looked for; `lagged` sums four products at once. */
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
  const products = new Float64Array(MOST_LAG)
  const summed = all.map((each): Summed => ({ ...each, squares: runningSquares(each.innovations) }))
  for (const leader of summed)
    for (const follower of summed) {
      if (leader === follower) continue
      let best: Link | null = null
      lagged(leader, follower, products)
      for (let lag = 1; lag <= MOST_LAG; lag++) {
        const count = Math.min(leader.innovations.length - lag, follower.innovations.length)
        const squares = lastSquares(leader, count, lag) * lastSquares(follower, count, 0)
        const correlation = products[lag - 1]! / Math.sqrt(squares)
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

interface Summed extends Compared {
  /** Sums of the squares of the first 0, 1, … values. */
  readonly squares: Float64Array
}

function runningSquares(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let t = 0; t < values.length; t++) sums[t + 1] = sums[t]! + values[t]! * values[t]!
  return sums
}

/** Of the last `count` values but for the last `left` ones. */
function lastSquares({ squares }: Summed, count: number, left: number): number {
  const end = squares.length - 1 - left
  return squares[end]! - squares[end - count]!
}

/** Sums of the products of one series with another 1, 2, … periods later, over the periods that both have; in one pass. */
function lagged({ innovations: x }: Compared, { innovations: y }: Compared, into: Float64Array): void {
  const ahead = x.length - y.length
  let one = 0
  let two = 0
  let three = 0
  let four = 0
  // where all four have a value to go with; what comes before has fewer
  const from = Math.max(0, MOST_LAG - ahead)
  let [last, second, third, fourth] = [
    x[from + ahead - 1]!,
    x[from + ahead - 2]!,
    x[from + ahead - 3]!,
    x[from + ahead - 4]!,
  ]
  for (let t = from; t < y.length; t++) {
    const value = y[t]!
    one += value * last
    two += value * second
    three += value * third
    four += value * fourth
    fourth = third
    third = second
    second = last
    last = x[t + ahead]!
  }
  into.set([one, two, three, four])
  for (let t = 0; t < Math.min(from, y.length); t++)
    for (let lag = 1; lag <= MOST_LAG && lag <= t + ahead; lag++) into[lag - 1]! += y[t]! * x[t + ahead - lag]!
}

const surest = (a: Link, b: Link): number =>
  a.p - b.p ||
  Math.abs(b.correlation) - Math.abs(a.correlation) ||
  (`${a.leader}\n${a.follower}` < `${b.leader}\n${b.follower}` ? -1 : 1)
