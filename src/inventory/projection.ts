import { gammaCdf } from '../math/distribution/gamma.ts'
import { normalCdf } from '../math/distribution/normal.ts'
import { gridSd } from '../models/grid.ts'
import type { PublishedForecast } from '../models/published-forecast.ts'

export interface Projection {
  /** Stock at the end of each period if demand is as expected; negative is demand that waits. */
  readonly stock: Float64Array
  /** Probability that demand until then exceeds what has arrived; NaN without bands. */
  readonly risk: Float64Array
}

/**
 * Stock from now to the end of each period: what is on hand, what arrives after the lead time, less demand. The demand
 * until then has the forecast's mean and, with the dependence between its steps, its variance; it is taken as gamma where
 * demand cannot be negative, else as normal.
 */
export function projectStock(
  demand: PublishedForecast,
  onHand: number,
  arriving: number,
  leadTime: number,
): Projection {
  const { mean, bands } = demand
  const horizon = mean.length
  const sd = cumulativeSd(demand)
  const positive = bands?.values.every((value) => value >= 0) ?? true
  const stock = new Float64Array(horizon)
  const risk = new Float64Array(horizon)
  let total = 0
  for (let h = 0; h < horizon; h++) {
    total += mean[h]!
    const available = onHand + (h >= leadTime ? arriving : 0)
    stock[h] = available - total
    risk[h] = sd === null ? Number.NaN : chanceAbove(available, total, sd[h]!, positive)
  }
  return { stock, risk }
}

function chanceAbove(available: number, mean: number, sd: number, positive: boolean): number {
  if (!(sd > 0)) return Number(mean > available)
  if (!positive || !(mean > 0)) return 1 - normalCdf((available - mean) / sd)
  return available <= 0 ? 1 : 1 - gammaCdf(available, (mean / sd) ** 2, sd ** 2 / mean)
}

/** Standard deviation of the demand until the end of each period: by what each error adds to the sums. */
function cumulativeSd({ mean, bands }: PublishedForecast): Float64Array | null {
  if (bands === null) return null
  const horizon = mean.length
  const { response } = bands
  const sd = gridSd(bands.probabilities, bands.values, horizon)
  const effects = new Float64Array(horizon)
  const result = new Float64Array(horizon)
  let squares = 0
  for (let h = 0; h < horizon; h++) {
    squares += (response[h] ?? 0) ** 2
    const weight = squares > 0 ? sd[h]! / Math.sqrt(squares) : 0
    let variance = 0
    for (let t = 0; t <= h; t++) {
      effects[t]! += weight * (response[h - t] ?? 0)
      variance += effects[t]! ** 2
    }
    result[h] = Math.sqrt(variance)
  }
  return result
}

/** Periods that a stock lasts at the expected demand, fractions included; null where it outlasts the forecast. */
export function coverPeriods(mean: Float64Array, stock: number): number | null {
  let left = stock
  if (left <= 0) return 0
  for (const [h, demand] of mean.entries()) {
    if (demand > 0 && left <= demand) return h + left / demand
    left -= Math.max(0, demand)
  }
  return null
}
