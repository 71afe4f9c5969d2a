import { normalQuantile } from '../math/distribution/normal.ts'
import type { Random } from '../math/random.ts'
import type { Correlation } from './covariance.ts'

/** Futures of one period: a prime, so that every step through their order visits each once. */
export const FUTURES = 499

/**
 * Normal scores of all nodes in each future, `scores[node * FUTURES + future]`, correlated as past errors were. A future
 * takes the errors of one past period, each period in its turn, and for the rest of the variance a score that all nodes
 * share and one of each node's own: the same even ladder of scores for all, each node climbing it by steps of its own, so that nothing is left to
 * chance but who meets whom.
 */
export function futureScores(
  { scores, length, common, shrinkage }: Correlation,
  nodes: number,
  random: Random,
): Float64Array {
  const ladder = Float64Array.from({ length: FUTURES }, (_, i) => normalQuantile((i + 0.5) / FUTURES))
  const own = Math.sqrt(shrinkage * (1 - common))
  const alike = Math.sqrt(shrinkage * common)
  const shared = Math.sqrt(1 - shrinkage)
  const forAll = 1 + Math.floor(random.uniform() * (FUTURES - 1))
  const result = new Float64Array(nodes * FUTURES)
  for (let i = 0; i < nodes; i++) {
    const stride = 1 + Math.floor(random.uniform() * (FUTURES - 1))
    let at = Math.floor(random.uniform() * FUTURES)
    // a node without known errors has its own score alone
    let known = false
    for (let t = 0; t < length && !known; t++) known = scores[i * length + t] !== 0
    for (let f = 0; f < FUTURES; f++) {
      at = (at + stride) % FUTURES
      const past = shared * scores[i * length + (f % length)]!
      result[i * FUTURES + f] = known ? past + alike * ladder[(f * forAll) % FUTURES]! + own * ladder[at]! : ladder[at]!
    }
  }
  return result
}
