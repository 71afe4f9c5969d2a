import { z } from 'zod'
import { Config } from './config.ts'
import { forecastSteps, Id, ReadOptions } from './job.ts'

/** Body of `POST /api/v2/estimates`: what a job would be asked. */
export const EstimateRequest = z
  .strictObject({
    uploads: z.array(Id).min(1).max(1000),
    read: ReadOptions.optional(),
    config: Config.optional(),
    forecast_steps: forecastSteps.optional(),
  })
  .meta({ id: 'EstimateRequest' })

/** How long a job would take on this machine, if it had it for itself. */
export const Estimate = z
  .strictObject({
    series: z.int(),
    workers: z.int().describe('Worker threads that it would have.'),
    seconds: z.number(),
    seconds_range: z.tuple([z.number(), z.number()]),
    measured: z.boolean().describe('False: no job has run here yet, and a present-day core is assumed.'),
  })
  .meta({ id: 'Estimate' })
export type Estimate = z.infer<typeof Estimate>
