import { z } from 'zod'
import { Id, Job } from './job.ts'

export const DeliveryState = z.enum(['pending', 'delivered', 'failed']).meta({ id: 'DeliveryState' })

const Attempt = z.strictObject({
  number: z.int(),
  at: z.string(),
  status: z.int().nullable(),
  error: z.string().nullable(),
  seconds: z.number(),
  response: z.string().describe('Its first 4 kB, as text.'),
})

/** One message to one receiver, with every attempt; `id` is its `webhook-id`. */
export const Delivery = z
  .strictObject({
    id: Id,
    job_id: Id,
    url: z.string(),
    type: z.string(),
    state: DeliveryState,
    created_at: z.string(),
    next_attempt_at: z.string().nullable(),
    attempts: z.array(Attempt),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.infer<typeof Delivery>

export const DeliveryPage = z
  .strictObject({ deliveries: z.array(Delivery), next_cursor: z.string().nullable() })
  .meta({ id: 'DeliveryPage' })

/** What a receiver gets: signed, and small; the results are behind the links of the job. */
export const WebhookBody = z
  .strictObject({ type: z.enum(['job.finished']), timestamp: z.string(), data: z.strictObject({ job: Job }) })
  .meta({ id: 'WebhookBody' })
