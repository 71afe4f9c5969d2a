import { gammaQuantile } from '../../math/distribution/gamma.ts'
import { negativeBinomialPmf } from '../../math/distribution/negative-binomial.ts'
import { poissonPmf } from '../../math/distribution/poisson.ts'
import type { Random } from '../../math/random.ts'
import { type Distribution, zeroInflatedPmf } from './distribution.ts'

export const PATHS = 500
/** Levels that the unknown rate may have, equally likely. */
const LEVELS = 10
/** A table of probabilities ends where less than this is left. */
const TAIL = 1e-7
const LONGEST_TABLE = 20_000

/**
 * Simulated futures. The rate itself is not known: each future has one of ten levels of a gamma distribution with mean
 * `rate` and relative variance `levelVariance`, so that totals vary by more than the sum of their periods would.
 */
export function simulateDemand(
  distribution: Distribution,
  rate: number,
  levelVariance: number,
  horizon: number,
  random: Random,
): Float64Array {
  const draws = Array.from({ length: LEVELS }, (_, k) => {
    const share = levelVariance > 0 ? gammaQuantile((k + 0.5) / LEVELS, 1 / levelVariance, levelVariance) : 1
    return drawer(distribution, rate * share)
  })
  const values = new Float64Array(PATHS * horizon)
  for (let path = 0; path < PATHS; path++) {
    const draw = draws[path % LEVELS]!
    for (let h = 0; h < horizon; h++) values[path * horizon + h] = draw(random)
  }
  return values
}

function drawer(distribution: Distribution, rate: number): (random: Random) => number {
  if (distribution.kind === 'hurdle') {
    const { probability, sizes } = distribution
    const mean = sizes.reduce((sum, size) => sum + size / sizes.length, 0)
    if (sizes.length === 0 || mean === 0 || probability === 0) return () => 0
    const scale = rate / (probability * mean)
    return (random) =>
      random.uniform() < probability ? scale * sizes[Math.floor(random.uniform() * sizes.length)]! : 0
  }
  const pmf = (k: number): number => {
    if (distribution.kind === 'poisson') return poissonPmf(k, rate)
    if (distribution.kind === 'negative_binomial') return negativeBinomialPmf(k, rate, distribution.size)
    return zeroInflatedPmf(k, rate, distribution.zeros)
  }
  const cumulative: number[] = []
  let sum = 0
  for (let k = 0; k < LONGEST_TABLE && 1 - sum > TAIL; k++) {
    sum += pmf(k)
    cumulative.push(sum)
  }
  return (random) => {
    const wanted = random.uniform()
    let low = 0
    let high = cumulative.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (cumulative[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
