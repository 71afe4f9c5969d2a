import { negativeBinomialPmf } from '../../math/distribution/negative-binomial.ts'
import { poissonPmf } from '../../math/distribution/poisson.ts'
import type { Random } from '../../math/random.ts'
import { type Distribution, hasBothSigns, zeroInflatedPmf } from './distribution.ts'
import { LEVELS, levelsOf } from './level.ts'

export const PATHS = 500
/** A table of probabilities ends where less than this is left. */
const TAIL = 1e-7
const LONGEST_TABLE = 20_000

/**
 * Simulated futures. The rate itself is not known: each future keeps one of the levels it may have, so that totals vary
 * by more than the sum of their periods would.
 */
export function simulateDemand(
  distribution: Distribution,
  rate: number,
  levelSd: number,
  horizon: number,
  random: Random,
): Float64Array {
  const levels = levelsOf(rate, levelSd, hasBothSigns(distribution))
  const draws = Array.from(levels, (level) => drawer(distribution, level))
  const values = new Float64Array(PATHS * horizon)
  for (let path = 0; path < PATHS; path++) {
    const draw = draws[path % LEVELS]!
    for (let h = 0; h < horizon; h++) values[path * horizon + h] = draw(random)
  }
  return values
}

type Draw = (random: Random) => number

function drawer(distribution: Distribution, rate: number): Draw {
  if (distribution.kind === 'hurdle') return drawHurdle(distribution, rate)
  const pmf = (k: number): number => {
    if (distribution.kind === 'poisson') return poissonPmf(k, rate)
    if (distribution.kind === 'negative_binomial') return negativeBinomialPmf(k, rate, distribution.size)
    return zeroInflatedPmf(k, rate, distribution.zeros)
  }
  const sums: number[] = []
  let sum = 0
  for (let k = 0; k < LONGEST_TABLE && 1 - sum > TAIL; k++) {
    sum += pmf(k)
    sums.push(sum)
  }
  const cumulative = Float64Array.from(sums)
  const none = cumulative[0]!
  return (random) => {
    const wanted = random.uniform()
    // sparse demand is mostly none
    if (wanted <= none) return 0
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

/**
 * Sizes of the history, as often as the rate asks; larger only where every period has a demand already. Where demands
 * and returns nearly cancel, a ratio to their mean says nothing: the rate then moves all sizes alike.
 */
function drawHurdle(distribution: Distribution & { kind: 'hurdle' }, rate: number): Draw {
  const { probability, sizes } = distribution
  const pick: Draw = (random) => sizes[Math.floor(random.uniform() * sizes.length)]!
  let mean = 0
  for (const size of sizes) mean += size / sizes.length
  if (hasBothSigns(distribution)) {
    const shift = rate / probability - mean
    return (random) => (random.uniform() < probability ? pick(random) + shift : 0)
  }
  if (mean === 0 || rate === 0) return () => 0
  const chance = Math.min(1, rate / mean)
  const scale = Math.max(1, rate / mean)
  return (random) => (random.uniform() < chance ? scale * pick(random) : 0)
}
