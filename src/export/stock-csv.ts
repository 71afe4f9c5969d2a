import type { SeriesResult } from '../batch/run-result.ts'
import { guardedCell, numberCell } from './csv-cell.ts'
import { forecastOf } from './forecast-of.ts'

const COLUMNS = [
  ...['series_name', 'unit', 'abc', 'xyz', 'reorder_point', 'safety_stock', 'service_level', 'service_measure'],
  ...['cycle_service', 'fill_rate', 'lead_time', 'review_period', 'demand_lead_time', 'demand_protection'],
  ...['stock_on_hand', 'on_order', 'order_proposal', 'stock_out_risk', 'expected_shortage', 'cover_periods'],
]

/**
 * Stock levels as CSV (RFC 4180, UTF-8 without mark, LF), one row a series that has them: what to keep, and where the stock
 * on hand is known what to order. Times in periods, shares from 0 to 1, names guarded as in the forecasts.
 */
export function* stockCsv(results: Iterable<SeriesResult>): Generator<string> {
  yield `${COLUMNS.join(',')}\n`
  for (const result of results) {
    const inventory = forecastOf(result)?.inventory ?? null
    if (inventory === null) continue
    const { abc = null, xyz = null, supply = null } = result.portfolio ?? {}
    const cells = [
      ...[guardedCell(result.name), guardedCell(result.unit ?? ''), abc ?? '', xyz ?? ''],
      ...[inventory.reorderPoint, inventory.safetyStock, inventory.serviceLevel].map(numberCell),
      inventory.serviceMeasure,
      ...[inventory.cycleService, inventory.fillRate, inventory.leadTime, inventory.reviewPeriod].map(numberCell),
      ...[inventory.overLeadTime.mean, inventory.overProtection.mean].map(numberCell),
      ...[supply?.stockOnHand, supply?.onOrder, supply?.orderProposal].map(numberCell),
      ...[supply?.stockOutRisk, supply?.expectedShortage, supply?.coverPeriods].map(numberCell),
    ]
    yield `${cells.join(',')}\n`
  }
}
