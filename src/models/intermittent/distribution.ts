import { poissonPmf } from '../../math/distribution/poisson.ts'
import { brentMinimum } from '../../math/optimize/brent.ts'
import { unlimited } from '../../math/optimize/budget.ts'
import { countLikelihood } from './count-likelihood.ts'
import type { Demand } from './demand.ts'
import type { Rate } from './smooth.ts'

/**
 * Distribution of a period's demand around its rate μ. Counts: Poisson; negative binomial with variance μ + μ²/size; zero
 * more often than a Poisson has it, by the share `zeros`. Anything else (money, weights, returns): demand or none, with
 * sizes drawn from the history, as often as the rate asks.
 */
export type Distribution =
  | { readonly kind: 'poisson' }
  | { readonly kind: 'negative_binomial'; readonly size: number }
  | { readonly kind: 'zero_inflated_poisson'; readonly zeros: number }
  | { readonly kind: 'hurdle'; readonly probability: number; readonly sizes: readonly number[] }

/** Of the logarithm of a size, of a share: finer than any history can tell. */
const CLOSE = 1e-3

/** The counts' distribution of the smallest AIC over the history, one period ahead; the hurdle for all else. */
export function chooseDistribution(demand: Demand, rate: Rate): Distribution {
  const { values, counts, demands, observed } = demand
  const sizes = Array.from(values).filter((value) => value !== 0 && !Number.isNaN(value))
  if (!counts || demands < 2) return { kind: 'hurdle', probability: demands / Math.max(1, observed), sizes }
  const likelihood = countLikelihood(demand, rate.fitted)
  const poisson = likelihood.poisson()
  const bySize = (logSize: number): number => likelihood.negativeBinomial(Math.exp(logSize))
  const negativeBinomial = brentMinimum(bySize, -5, 6, unlimited, CLOSE)
  const zeroInflated = brentMinimum(likelihood.zeroInflated, 0, 0.98, unlimited, CLOSE)
  const least = Math.min(poisson, negativeBinomial.value + 2, zeroInflated.value + 2)
  if (least === poisson) return { kind: 'poisson' }
  return least === negativeBinomial.value + 2
    ? { kind: 'negative_binomial', size: Math.exp(negativeBinomial.point) }
    : { kind: 'zero_inflated_poisson', zeros: zeroInflated.point }
}

export function zeroInflatedPmf(value: number, mean: number, zeros: number): number {
  return (value === 0 ? zeros : 0) + (1 - zeros) * poissonPmf(value, mean / (1 - zeros))
}

/** Demands and returns in one history. */
export const hasBothSigns = (distribution: Distribution): boolean =>
  distribution.kind === 'hurdle' &&
  distribution.sizes.some((size) => size > 0) &&
  distribution.sizes.some((size) => size < 0)

/** Standard deviation of a period's demand at a rate. */
export function demandSd(distribution: Distribution, rate: number): number {
  switch (distribution.kind) {
    case 'poisson':
      return Math.sqrt(rate)
    case 'negative_binomial':
      return Math.sqrt(rate + rate ** 2 / distribution.size)
    case 'zero_inflated_poisson':
      return Math.sqrt(rate + (rate ** 2 * distribution.zeros) / (1 - distribution.zeros))
    case 'hurdle':
      return hurdleSd(distribution)
  }
}

/** Of the history, over its largest size so that no square overflows. */
function hurdleSd({ probability, sizes }: Distribution & { kind: 'hurdle' }): number {
  const largest = sizes.reduce((high, size) => Math.max(high, Math.abs(size)), 0)
  if (largest === 0) return 0
  let mean = 0
  let square = 0
  for (const size of sizes) {
    mean += size / largest / sizes.length
    square += (size / largest) ** 2 / sizes.length
  }
  return largest * Math.sqrt(Math.max(0, probability * square - (probability * mean) ** 2))
}
