import { negativeBinomialPmf } from '../../math/distribution/negative-binomial.ts'
import { poissonPmf } from '../../math/distribution/poisson.ts'
import { brentMinimum } from '../../math/optimize/brent.ts'
import { unlimited } from '../../math/optimize/budget.ts'
import type { Demand } from './demand.ts'
import type { Rate } from './smooth.ts'

/**
 * Distribution of a period's demand around its rate μ. Counts: Poisson; negative binomial with variance μ + μ²/size; zero
 * more often than a Poisson has it, by the share `zeros`. Anything else (money, weights, returns): demand or none, with
 * sizes drawn from the history, scaled to the rate.
 */
export type Distribution =
  | { readonly kind: 'poisson' }
  | { readonly kind: 'negative_binomial'; readonly size: number }
  | { readonly kind: 'zero_inflated_poisson'; readonly zeros: number }
  | { readonly kind: 'hurdle'; readonly probability: number; readonly sizes: readonly number[] }

/** Rates below this give a demand no chance. */
const LEAST_RATE = 1e-3
/** Of the logarithm of a size, of a share: finer than any history can tell. */
const CLOSE = 1e-3

/** The counts' distribution of the smallest AIC over the history, one period ahead; the hurdle for all else. */
export function chooseDistribution(demand: Demand, rate: Rate): Distribution {
  const { values, counts, demands, observed } = demand
  const sizes = Array.from(values).filter((value) => value !== 0 && !Number.isNaN(value))
  if (!counts || demands < 2) return { kind: 'hurdle', probability: demands / Math.max(1, observed), sizes }
  const pairs: [value: number, mean: number][] = []
  for (let t = 0; t < values.length; t++)
    if (!Number.isNaN(values[t]!) && !Number.isNaN(rate.fitted[t]!))
      pairs.push([values[t]!, Math.max(LEAST_RATE, rate.fitted[t]!)])
  const score = (pmf: (value: number, mean: number) => number): number =>
    pairs.reduce((sum, [value, mean]) => sum - 2 * Math.log(Math.max(1e-300, pmf(value, mean))), 0)
  const poisson = score(poissonPmf)
  const bySize = (logSize: number): number =>
    score((value, mean) => negativeBinomialPmf(value, mean, Math.exp(logSize)))
  const negativeBinomial = brentMinimum(bySize, -5, 6, unlimited, CLOSE)
  const byZeros = (zeros: number): number => score((value, mean) => zeroInflatedPmf(value, mean, zeros))
  const zeroInflated = brentMinimum(byZeros, 0, 0.98, unlimited, CLOSE)
  const least = Math.min(poisson, negativeBinomial.value + 2, zeroInflated.value + 2)
  if (least === poisson) return { kind: 'poisson' }
  return least === negativeBinomial.value + 2
    ? { kind: 'negative_binomial', size: Math.exp(negativeBinomial.point) }
    : { kind: 'zero_inflated_poisson', zeros: zeroInflated.point }
}

export function zeroInflatedPmf(value: number, mean: number, zeros: number): number {
  return (value === 0 ? zeros : 0) + (1 - zeros) * poissonPmf(value, mean / (1 - zeros))
}

/** Variance of a period's demand over the square of its rate. */
export function relativeVariance(distribution: Distribution, rate: number): number {
  switch (distribution.kind) {
    case 'poisson':
      return 1 / rate
    case 'negative_binomial':
      return 1 / rate + 1 / distribution.size
    case 'zero_inflated_poisson':
      return 1 / rate + distribution.zeros / (1 - distribution.zeros)
    case 'hurdle': {
      const { probability, sizes } = distribution
      const mean = sizes.reduce((sum, size) => sum + size / sizes.length, 0)
      if (mean === 0 || probability === 0) return 0
      const square = sizes.reduce((sum, size) => sum + (size / mean) ** 2 / sizes.length, 0)
      return Math.max(0, square / probability - 1)
    }
  }
}
