import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds that requests take, from the fastest to those that somebody waits for. */
const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** Counters of this process, for Prometheus. Labels have few values, never a name of the caller's. */
export interface Metrics {
  readonly registry: Registry
  readonly requests: Histogram<'route' | 'method' | 'status'>
  readonly streams: Gauge
  readonly cut: Counter
}

interface Read {
  readonly running: () => number
  readonly waiting: () => number
  readonly webhooks: () => { readonly delivered: number; readonly failed: number; readonly attempts: number }
}

export function metricsOf(read: Read): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, value: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value())
      },
    })
  gauge('arfc_jobs_running', 'Jobs that run.', read.running)
  gauge('arfc_jobs_waiting', 'Jobs that wait.', read.waiting)
  gauge('arfc_webhooks_delivered', 'Messages that a receiver took, since the start.', () => read.webhooks().delivered)
  gauge('arfc_webhooks_failed', 'Messages given up, since the start.', () => read.webhooks().failed)
  gauge('arfc_webhook_attempts', 'Attempts to send, since the start.', () => read.webhooks().attempts)
  return {
    registry,
    requests: new Histogram({
      name: 'arfc_http_request_seconds',
      help: 'Time to answer.',
      labelNames: ['route', 'method', 'status'],
      buckets: BUCKETS,
      registers: [registry],
    }),
    streams: new Gauge({ name: 'arfc_event_streams', help: 'Readers of events.', registers: [registry] }),
    cut: new Counter({
      name: 'arfc_event_streams_cut_total',
      help: 'Readers cut off as too slow.',
      registers: [registry],
    }),
  }
}
