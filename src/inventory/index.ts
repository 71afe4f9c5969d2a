/** Stock levels from the distribution of demand over lead time and review. */

export { periodsNeeded, type StockLevels, type StockTerms, stockLevels, type Totals } from './stock.ts'
export { totalsOf } from './totals.ts'
