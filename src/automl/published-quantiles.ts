import { normalQuantile } from '../math/distribution/normal.ts'
import type { PublishedForecast } from './outcome.ts'

type Bands = NonNullable<PublishedForecast['bands']>

/** A probability this near to a published one is that one: (1 - 0.8) / 2 is not exactly 0.1. */
const SAME = 1e-9

/**
 * Quantile p of step `step` (from 0). Between published probabilities linear in the normal score, so that a normal
 * forecast is answered exactly; NaN beyond the outermost ones: a tail is not invented.
 */
export function quantileAt({ probabilities, values }: Bands, step: number, p: number): number {
  const count = probabilities.length
  const at = (k: number): number => values[step * count + k]!
  let above = 0
  while (above < count && probabilities[above]! < p - SAME) above++
  if (above < count && Math.abs(probabilities[above]! - p) <= SAME) return at(above)
  if (above === 0 || above === count) return Number.NaN
  const from = normalQuantile(probabilities[above - 1]!)
  const to = normalQuantile(probabilities[above]!)
  return at(above - 1) + ((at(above) - at(above - 1)) * (normalQuantile(p) - from)) / (to - from)
}

/**
 * Quantile p of the sum of steps `from` to `to` (from 0, both included). Distances d of each step's quantile from its
 * mean are added as standard deviations are, sqrt(sum of rho_ij d_i d_j), with the correlations that the response to an
 * error implies: rho_ij is proportional to sum over k of response_k response_(k + j - i). Exact for a normal forecast;
 * a skewed one keeps its skew.
 */
export function quantileOfTotal(mean: Float64Array, bands: Bands, from: number, to: number, p: number): number {
  const { response } = bands
  const effect = (k: number): number => response[k] ?? 0
  const distance = new Float64Array(to + 1)
  const size = new Float64Array(to + 1)
  let total = 0
  let direction = 0
  let squares = 0
  for (let i = 0; i <= to; i++) {
    squares += effect(i) ** 2
    size[i] = Math.sqrt(squares)
    if (i < from) continue
    distance[i] = quantileAt(bands, i, p) - mean[i]!
    total += mean[i]!
    direction += distance[i]!
  }
  let sum = 0
  for (let i = from; i <= to; i++) {
    sum += distance[i]! ** 2
    for (let j = i + 1; j <= to; j++) {
      let shared = 0
      for (let k = 0; k <= i; k++) shared += effect(k) * effect(k + j - i)
      sum += (2 * shared * distance[i]! * distance[j]!) / (size[i]! * size[j]!)
    }
  }
  return total + Math.sign(direction) * Math.sqrt(Math.max(0, sum))
}
