import type { Inventory, Outcome, PublishedForecast, TotalDemand } from '../automl/outcome.ts'
import type { PortfolioFigures, SeriesResult } from '../batch/run-result.ts'
import type { Code } from '../messages.ts'

const NO_FIGURES: PortfolioFigures = {
  ...{ total: null, reconciliation: null, likeItems: [], abc: null, xyz: null, value: null, supply: null },
}

/** The same result with other figures of the portfolio. An outcome that is read when it is asked for stays so. */
export function withFigures(result: SeriesResult, figures: Partial<PortfolioFigures>): SeriesResult {
  const portfolio = { ...NO_FIGURES, ...result.portfolio, ...figures }
  return Object.defineProperties({} as SeriesResult, {
    ...Object.getOwnPropertyDescriptors(result),
    portfolio: { value: portfolio, enumerable: true },
  })
}

/** The same result with another forecast; stock figures move as its mean over the protection interval does. */
export function withForecast(
  result: SeriesResult,
  forecast: PublishedForecast,
  reasons: readonly Code[] = [],
): SeriesResult {
  const { outcome } = result
  if (outcome === null || outcome.forecast === null) return result
  const revised: Outcome = {
    ...outcome,
    forecast,
    inventory: outcome.inventory && rescaled(outcome.inventory, outcome.forecast.mean, forecast.mean),
    whyChosen: [...outcome.whyChosen, ...reasons],
  }
  return { ...result, outcome: revised }
}

/** Reorder point and demand by the ratio of the means over the periods that stock covers, as far as they are forecast. */
function rescaled(inventory: Inventory, before: Float64Array, after: Float64Array): Inventory {
  const { leadTime, reviewPeriod } = inventory
  const periods = Math.max(1, Math.min(before.length, Math.ceil(leadTime + reviewPeriod)))
  const total = (mean: Float64Array): number => mean.subarray(0, periods).reduce((sum, value) => sum + value, 0)
  const ratio = total(after) / total(before)
  if (!(ratio >= 0 && Number.isFinite(ratio)) || ratio === 1) return inventory
  const pieces = [inventory, ...inventory.serviceCurve].every(({ reorderPoint }) => Number.isInteger(reorderPoint))
  const point = (value: number): number => (pieces ? Math.ceil(value * ratio - 1e-9) : value * ratio)
  const scaled = ({ mean, quantiles }: TotalDemand): TotalDemand => ({
    mean: mean * ratio,
    quantiles: quantiles.map((value) => value * ratio),
  })
  const reorderPoint = point(inventory.reorderPoint)
  const overProtection = scaled(inventory.overProtection)
  return {
    ...inventory,
    reorderPoint,
    safetyStock: Math.max(0, reorderPoint - Math.max(0, overProtection.mean)),
    overLeadTime: scaled(inventory.overLeadTime),
    overProtection,
    serviceCurve: inventory.serviceCurve.map((each) => ({ ...each, reorderPoint: point(each.reorderPoint) })),
  }
}
