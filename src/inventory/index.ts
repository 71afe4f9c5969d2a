/** Stock levels from the distribution of demand over lead time and review. */

export { abcClasses, xyzClass } from './classes.ts'
export { chanceMet, type Demand, shortage } from './demand.ts'
export { type LeadTime, leadTimesOf } from './lead-time.ts'
export { type LotRules, orderQuantity } from './order.ts'
export { coverPeriods, type Projection, projectStock } from './projection.ts'
export {
  type Cover,
  coverOf,
  cycleService,
  fillRate,
  periodsNeeded,
  reorderPointAt,
  type StockLevels,
  type StockTerms,
  type SupplyTerms,
  stockLevels,
  type Totals,
} from './stock.ts'
export { totalsOf } from './totals.ts'
