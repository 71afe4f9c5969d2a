import { streamEvents } from '../event-stream.ts'
import type { Handlers } from '../handler.ts'
import { isTerminal } from '../job-state.ts'
import type { Metrics } from '../metrics.ts'
import { refusal } from '../request-problem.ts'
import { jobRow } from './jobs.ts'

export const eventHandlers = (metrics: () => Promise<Metrics>) => {
  let readers = 0
  return {
    async streamEvents({ tenant, params, headers, reply }, services) {
      const { streams, cut } = await metrics()
      const { store, hub, settings } = services
      const { heartbeatMs, limits } = settings
      const job = await jobRow(services, tenant, params.id)
      const after = Number(headers['last-event-id'] ?? 0)
      // tells a reader that comes back for more of a job that has ended to stay away
      if (isTerminal(job.state) && after >= job.last_event) return { status: 204 }
      if (services.isEnding()) throw refusal('server_ending', {}, '', { 'retry-after': '5' })
      if (readers >= limits.eventReaders) throw refusal('rate_limited', { seconds: 30 }, '', { 'retry-after': '30' })
      reply.hijack()
      const response = reply.raw
      response.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      readers++
      streams.set(readers)
      const source = { store, hub, tenant, jobId: job.id, after }
      try {
        const how = await streamEvents(response, source, { heartbeatMs, mostWaiting: limits.eventBuffer })
        if (how === 'slow') cut.inc()
      } finally {
        readers--
        streams.set(readers)
        response.destroy()
      }
      return null
    },
  } satisfies Partial<Handlers>
}
