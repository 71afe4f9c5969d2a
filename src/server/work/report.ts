import type { WorkOrder } from '../work-orders.ts'
import { reportOfJob } from './job-results.ts'

/** A workbook or a page of a finished job. */
export async function reportFile(
  order: Extract<WorkOrder, { kind: 'report' }>,
): Promise<AsyncIterable<Uint8Array> | Iterable<string>> {
  const report = await reportOfJob(order)
  return order.format === 'xlsx'
    ? (await import('../../export/xlsx/workbook.ts')).forecastXlsx(report)
    : (await import('../../export/html/page.ts')).forecastHtml(report)
}
