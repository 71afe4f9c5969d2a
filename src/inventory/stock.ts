import { chanceMet, type Demand, demandOver, quantileBetween, quantileOf, shortage, wholeDemands } from './demand.ts'
import { type LeadTime, leadTimesOf } from './lead-time.ts'

/** Distribution of the demand of the next `periods` whole periods together. */
export interface Totals {
  /** Whether the demand of a period comes all at once, as sparse demand does; else it flows through the period. [false] */
  readonly atOnce?: boolean
  mean(periods: number): number
  quantile(periods: number, probability: number): number
}

/** Times in periods of the series. */
export interface SupplyTerms extends LeadTime {
  /** Periods between two looks at the stock, 0 for continuous review. */
  readonly reviewPeriod: number
}

export interface StockTerms extends SupplyTerms {
  /** In (0, 1); of what, the measure says. */
  readonly serviceLevel: number
  /**
   * `cycle`: probability that no demand waits over lead time and review. `fill_rate`: share of the demand that is met from
   * stock at once. [cycle]
   */
  readonly serviceMeasure?: 'cycle' | 'fill_rate'
}

export interface StockLevels {
  /** In the unit of the series, never negative. */
  readonly reorderPoint: number
  readonly safetyStock: number
}

/** What stock must cover: demand until an order arrives, and until the next one could. */
export interface Cover {
  readonly overLeadTime: Demand
  readonly overProtection: Demand
  /** Demand of one cycle, between the two of `fillRate`. */
  readonly cycle: { readonly before: Demand; readonly after: Demand }
  /** Quantile of the demand over the protection interval, exact where the lead time is certain. */
  quantile(probability: number): number
}

/** Whole periods whose totals may be asked for. */
export function periodsNeeded(terms: SupplyTerms): number {
  const longest = leadTimesOf(terms).at(-1)!
  // a fill rate under continuous review may look half a period further
  return Math.max(1, Math.ceil(longest + (terms.reviewPeriod || 0.5)))
}

/** Periods short enough for the rate at which flowing demand finds no stock. */
const MOMENT = 1e-3

/**
 * The demand that stock must cover, from the distribution of its totals, so that dependence between periods counts; never
 * a sum of bands. A fraction of a period interpolates. An uncertain lead time is a mixture over equally likely ones.
 * Source: Silver, Pyke & Thomas (2017), Inventory and Production Management in Supply Chains, 6.10 and 7.
 */
export function coverOf(totals: Totals, terms: SupplyTerms): Cover {
  const { reviewPeriod } = terms
  const times = leadTimesOf(terms)
  const after = (periods: number): number[] => times.map((time) => Math.max(0, time + periods))
  const whole = wholeDemands(totals)
  const over = (stretch: readonly number[]): Demand => demandOver(totals, whole, stretch)
  const overLeadTime = over(times)
  const overProtection = reviewPeriod === 0 ? overLeadTime : over(after(reviewPeriod))
  const cycle =
    reviewPeriod > 0
      ? { before: overLeadTime, after: overProtection }
      : totals.atOnce === true
        ? { before: over(after(-0.5)), after: over(after(0.5)) }
        : { before: over(after(-MOMENT)), after: overLeadTime }
  const [only] = times
  const quantile = (p: number): number =>
    times.length === 1
      ? quantileBetween(totals, only! + reviewPeriod, (periods) => totals.quantile(periods, p))
      : quantileOf(overProtection, p)
  return { overLeadTime, overProtection, cycle, quantile }
}

/**
 * Reorder point and safety stock. The reorder point is the order-up-to level under periodic review: the stock on hand and
 * on order that meets the service level until the next order arrives. Safety stock: what it is above the mean demand.
 */
export function stockLevels(totals: Totals, terms: StockTerms): StockLevels {
  const cover = coverOf(totals, terms)
  return levelsAt(cover, reorderPointAt(cover, terms))
}

/** The reorder point for a service level, in either measure. */
export function reorderPointAt(
  cover: Cover,
  { serviceLevel, serviceMeasure = 'cycle' }: Pick<StockTerms, 'serviceLevel' | 'serviceMeasure'>,
): number {
  if (serviceMeasure === 'cycle') return Math.max(0, cover.quantile(serviceLevel))
  return leastStock(cover, serviceLevel)
}

export function levelsAt({ overProtection }: Cover, stock: number): StockLevels {
  const reorderPoint = Math.max(0, stock)
  return { reorderPoint, safetyStock: Math.max(0, reorderPoint - Math.max(0, overProtection.mean)) }
}

/** Probability that no demand waits in a replenishment cycle that begins with this stock on hand and on order. */
export const cycleService = ({ overProtection }: Cover, stock: number): number => chanceMet(overProtection, stock)

/**
 * Expected share of the demand that is met from stock at once: 1 less the shortages that a cycle adds over its demand.
 * Under continuous review what is taken is ordered at once, and demand finds the stock less that of the lead time before
 * it: the demand of the period around its end where that comes at once, else of its last moment. 1 where none is expected.
 * Source: Silver, Pyke & Thomas (2017), 7.10; the shortages at the start of a cycle are not counted twice.
 */
export function fillRate({ cycle: { before, after } }: Cover, stock: number): number {
  const demand = after.mean - before.mean
  if (!(demand > 0)) return 1
  return Math.min(1, Math.max(0, 1 - (shortage(after, stock) - shortage(before, stock)) / demand))
}

/** Halvings of the range of demands: a millionth of it is left. */
const HALVINGS = 20

/** The smallest stock with this fill rate; the largest demand that is thought of where none has. */
function leastStock(cover: Cover, wanted: number): number {
  let low = 0
  let high = Math.max(0, cover.cycle.after.values.at(-1)!)
  if (fillRate(cover, low) >= wanted) return low
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2
    if (fillRate(cover, middle) >= wanted) high = middle
    else low = middle
  }
  return high
}
