import { z } from 'zod'
import { Id } from '../job.ts'
import type { Route } from '../route.ts'
import { Delivery, DeliveryPage, DeliveryState } from '../webhook.ts'
import { API, cursor, id, limit } from './parts.ts'

/** What was sent to receivers. */
export const webhookRoutes = {
  listDeliveries: {
    method: 'GET',
    path: `${API}/webhook-deliveries`,
    permission: 'read',
    tag: 'webhooks',
    summary: 'What was sent to webhooks, the newest first',
    query: z.object({ cursor, limit: limit(200, 50), job_id: Id.optional(), state: DeliveryState.optional() }),
    answers: { 200: { description: 'A page.', schema: DeliveryPage } },
    problems: [],
  },
  replayDelivery: {
    method: 'POST',
    path: `${API}/webhook-deliveries/{id}/replay`,
    permission: 'run',
    tag: 'webhooks',
    summary: 'Send a message once more, with the same id',
    params: id,
    answers: { 202: { description: 'It will be sent.', schema: Delivery } },
    problems: [404],
  },
} as const satisfies Record<string, Route>
