import type { Delivery } from '../../contract/webhook.ts'
import {
  type AttemptRow,
  attemptsOf,
  changeDelivery,
  type DeliveryRow,
  findDelivery,
  listDeliveries,
} from '../../store/queries/delivery.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import type { Handlers } from '../handler.ts'
import { refusal } from '../request-problem.ts'

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()

const deliveryOf = (row: DeliveryRow, attempts: readonly AttemptRow[]): Delivery => ({
  id: row.id,
  job_id: row.job_id,
  url: row.url,
  type: row.type,
  state: row.state as Delivery['state'],
  created_at: iso(row.created_at),
  next_attempt_at: row.next_at === null ? null : iso(row.next_at),
  attempts: attempts
    .filter((attempt) => attempt.delivery_id === row.id)
    .map(({ number, at, status, error, seconds, response }) => ({
      ...{ number, at: iso(at), status, error, seconds, response },
    })),
})

export const deliveryHandlers = {
  async listDeliveries({ tenant, query }, { store }) {
    const { cursor, limit = 50, job_id: jobId, state } = query
    const before = cursor === undefined ? null : String(readCursor(cursor, ['text'])[0])
    const rows = await listDeliveries(store.db, tenant, { before, jobId, state, limit })
    const ids = rows.map(({ id }) => id)
    const attempts = await attemptsOf(store.db, tenant, ids)
    const next_cursor = rows.length < limit ? null : cursorOf(rows.at(-1)!.id)
    return { status: 200, body: { deliveries: rows.map((row) => deliveryOf(row, attempts)), next_cursor } }
  },

  async replayDelivery({ tenant, params }, { store, webhooks, settings }) {
    const unknown = refusal('resource_unknown', { kind: 'delivery', id: params.id })
    if ((await findDelivery(store.db, tenant, params.id)) === undefined) throw unknown
    const change = { state: 'pending', attempts: 0, next_at: settings.now() }
    const row = await store.atomically((db) => changeDelivery(db, tenant, params.id, change))
    if (row === undefined) throw unknown
    webhooks.wake()
    return { status: 202, body: deliveryOf(row, await attemptsOf(store.db, tenant, [row.id])) }
  },
} satisfies Partial<Handlers>
