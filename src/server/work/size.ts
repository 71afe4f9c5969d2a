import { cost } from '../../batch/plan.ts'
import { workersFor } from '../../processor/run-portfolio.ts'
import { readUploads } from '../job-input.ts'
import { configOf } from '../wire-config.ts'
import type { WorkOrder } from '../work-orders.ts'

/** How much work a job would be, and the threads that it would have for itself. */
export interface JobSize {
  readonly series: number
  readonly cost: number
  readonly workers: number
}

export async function sizeOfJob(order: Extract<WorkOrder, { kind: 'estimate' }>): Promise<JobSize> {
  const options = configOf(order.config)
  const { items } = await readUploads(order)
  return {
    series: items.length,
    cost: items.reduce((sum, series) => sum + cost({ series, options }), 0),
    workers: workersFor(options, items.length),
  }
}
