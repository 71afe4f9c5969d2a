import { type Demand, quantileOf } from '../inventory/demand.ts'
import { meanLeadTime } from '../inventory/lead-time.ts'
import { coverOf, cycleService, fillRate, levelsAt, reorderPointAt, type Totals } from '../inventory/stock.ts'
import type { ForecastOptions, Inventory, TotalDemand } from './outcome.ts'

/** Probabilities of the published totals. */
export const DEMAND_PROBABILITIES = Float64Array.of(
  ...[
    0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.98, 0.99, 0.995,
  ],
)

/** Service levels of the curve. */
const CURVE = [0.8, 0.85, 0.9, 0.95, 0.975, 0.98, 0.99, 0.995]

/** As many digits as a quantile of a few hundred values has; they are kept as text. */
const shortened = (value: number): number => Number(value.toPrecision(7))

/** A whole number as it comes out of interpolation. */
const ROUNDING = 1e-6

/** When orders arrive and how well they must serve. */
export type Terms = Pick<
  ForecastOptions,
  'leadTime' | 'leadTimeSd' | 'leadTimes' | 'reviewPeriod' | 'serviceLevel' | 'serviceMeasure'
>

/**
 * Stock levels from the totals of demand; what is published is `scale` times larger. Of counts in whole pieces: the number
 * whose promised service is nearest to the level. Always rounded up, a portfolio of slow movers would be served better
 * than asked, for up to 15 % more stock (bench/RESULTS.md).
 */
export function stockFigures(
  totals: Totals,
  terms: Terms,
  demandDistribution: string,
  counts: boolean,
  scale: number,
): Inventory {
  const { leadTimeSd, reviewPeriod, serviceLevel, serviceMeasure } = terms
  const cover = coverOf(totals, terms)
  const promised = (point: number): number =>
    serviceMeasure === 'cycle' ? cycleService(cover, point) : fillRate(cover, point)
  const pointAt = (level: number): number => {
    const exact = reorderPointAt(cover, { serviceLevel: level, serviceMeasure })
    if (!counts) return exact
    const above = Math.ceil(exact - ROUNDING)
    const below = Math.max(0, above - 1)
    return level - promised(below) < promised(above) - level ? below : above
  }
  const point = pointAt(serviceLevel)
  const { reorderPoint, safetyStock } = levelsAt(cover, point)
  const totalOf = (demand: Demand): TotalDemand => ({
    mean: demand.mean * scale,
    quantiles: Array.from(DEMAND_PROBABILITIES, (p) => shortened(quantileOf(demand, p) * scale)),
  })
  return {
    reorderPoint: reorderPoint * scale,
    safetyStock: safetyStock * scale,
    leadTime: meanLeadTime(terms),
    leadTimeSd,
    reviewPeriod,
    serviceLevel,
    serviceMeasure,
    cycleService: cycleService(cover, point),
    fillRate: fillRate(cover, point),
    demandDistribution,
    overLeadTime: totalOf(cover.overLeadTime),
    overProtection: totalOf(cover.overProtection),
    serviceCurve: CURVE.map((level) => {
      const at = pointAt(level)
      return { serviceLevel: level, reorderPoint: at * scale, service: shortened(promised(at)) }
    }),
  }
}
