import { normalQuantile } from '../math/distribution/normal.ts'

/** Distribution of the demand of the next `periods` whole periods together. */
export interface Totals {
  mean(periods: number): number
  quantile(periods: number, probability: number): number
}

/** Times in periods of the series. */
export interface StockTerms {
  readonly leadTime: number
  readonly leadTimeSd: number
  /** Periods between two looks at the stock, 0 for continuous review. */
  readonly reviewPeriod: number
  /** Probability that demand over lead time and review is met from stock (cycle service level), in (0, 1). */
  readonly serviceLevel: number
}

export interface StockLevels {
  /** In the unit of the series, never negative. */
  readonly reorderPoint: number
  readonly safetyStock: number
}

/** Whole periods whose totals may be asked for by `stockLevels`. */
export function periodsNeeded({ leadTime, leadTimeSd, reviewPeriod }: Omit<StockTerms, 'serviceLevel'>): number {
  return Math.max(1, Math.ceil(leadTime + reviewPeriod + 4 * leadTimeSd))
}

/** Nodes of an uncertain lead time, and of each total's distribution where they are mixed. */
const LEAD_TIMES = 41
const PROBABILITIES = 400

/**
 * Reorder point: quantile of the total demand over lead time + review period. Safety stock: what that is above the
 * mean total. From the total's own distribution, so that dependence between periods counts; never a sum of bands.
 * A fraction of a period interpolates: means linearly, quantiles by their distance from the mean on the scale of
 * squares (a variance grows linearly in time). An uncertain lead time is a mixture over equally likely nodes of a
 * normal one, cut at 0 and at 4 standard deviations; it costs stock as the demand of whole periods does.
 * Source: Silver, Pyke & Thomas (2017), Inventory and Production Management in Supply Chains, 6.10 and 7.
 */
export function stockLevels(totals: Totals, terms: StockTerms): StockLevels {
  const { leadTime, leadTimeSd, reviewPeriod, serviceLevel } = terms
  const needed = periodsNeeded(terms)
  const mean = (time: number): number => between(time, (k) => (k === 0 ? 0 : totals.mean(k)))
  if (!(leadTimeSd > 0)) {
    const time = leadTime + reviewPeriod
    return levels(quantileAt(totals, time, serviceLevel), mean(time))
  }
  const times = leadTimes(leadTime, leadTimeSd).map((each) => Math.min(needed, each + reviewPeriod))
  const whole = new Map<string, number>()
  const remembered: Totals = {
    mean: (k) => totals.mean(k),
    quantile(k, p) {
      const key = `${k} ${p}`
      const known = whole.get(key) ?? totals.quantile(k, p)
      whole.set(key, known)
      return known
    },
  }
  const pool = new Float64Array(LEAD_TIMES * PROBABILITIES)
  let at = 0
  for (const time of times)
    for (let i = 0; i < PROBABILITIES; i++) pool[at++] = quantileAt(remembered, time, (i + 0.5) / PROBABILITIES)
  pool.sort()
  const average = times.reduce((sum, time) => sum + mean(time), 0) / times.length
  return levels(sortedAt(pool, serviceLevel), average)
}

function levels(quantile: number, mean: number): StockLevels {
  const reorderPoint = Math.max(0, quantile)
  return { reorderPoint, safetyStock: Math.max(0, reorderPoint - Math.max(0, mean)) }
}

/** Quantile at the middle of each value's share of the pool. */
function sortedAt(pool: Float64Array, probability: number): number {
  const position = Math.min(pool.length - 1, Math.max(0, probability * pool.length - 0.5))
  const below = Math.floor(position)
  const above = Math.min(pool.length - 1, below + 1)
  return pool[below]! + (position - below) * (pool[above]! - pool[below]!)
}

/** Nodes with the mean and standard deviation asked, as far as time does not run backwards. */
function leadTimes(leadTime: number, sd: number): number[] {
  const scores = Array.from({ length: LEAD_TIMES }, (_, i) => normalQuantile((i + 0.5) / LEAD_TIMES))
  const spread = Math.sqrt(scores.reduce((sum, z) => sum + z * z, 0) / LEAD_TIMES)
  return scores.map((z) => Math.max(0, leadTime + (sd * z) / spread))
}

function between(time: number, at: (periods: number) => number): number {
  const below = Math.floor(time)
  const share = time - below
  return share === 0 ? at(below) : at(below) * (1 - share) + at(below + 1) * share
}

function quantileAt(totals: Totals, time: number, p: number): number {
  const below = Math.floor(time)
  if (below === time) return below === 0 ? 0 : totals.quantile(below, p)
  const square = (k: number): number => {
    const distance = k === 0 ? 0 : totals.quantile(k, p) - totals.mean(k)
    return distance * Math.abs(distance)
  }
  const distance = between(time, square)
  return between(time, (k) => (k === 0 ? 0 : totals.mean(k))) + Math.sign(distance) * Math.sqrt(Math.abs(distance))
}
