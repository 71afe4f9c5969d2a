import { DEMAND_PROBABILITIES } from '../automl/stock-figures.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import { chanceAbove, expectedAbove } from '../inventory/grid-demand.ts'
import { orderQuantity } from '../inventory/order.ts'
import { coverPeriods, projectStock } from '../inventory/projection.ts'
import type { Member } from './member.ts'
import { withFigures } from './revise.ts'

/** With order proposal and projected stock, where the stock on hand is known. An item that another replaces is not ordered. */
export function supplied({ result, supply, successor }: Member): SeriesResult {
  const { stockOnHand, onOrder = 0 } = supply
  if (stockOnHand === undefined) return result
  const { forecast = null, inventory = null } = result.outcome ?? {}
  if (forecast === null || inventory === null) return result
  const position = stockOnHand + onOrder
  const orderProposal = successor === undefined ? orderQuantity(position, inventory.reorderPoint, supply) : 0
  const { stock, risk } = projectStock(forecast, stockOnHand, onOrder + orderProposal, inventory.leadTime)
  const { quantiles } = inventory.overLeadTime
  return withFigures(result, {
    supply: {
      ...{ stockOnHand, onOrder, orderProposal },
      stockOutRisk: chanceAbove(DEMAND_PROBABILITIES, quantiles, position),
      expectedShortage: expectedAbove(DEMAND_PROBABILITIES, quantiles, position),
      coverPeriods: coverPeriods(forecast.mean, stockOnHand),
      projectedStock: stock,
      projectedRisk: risk,
    },
  })
}
