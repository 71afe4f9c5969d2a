import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Store } from '../store/open-store.ts'
import { eventsAfter, type StoredEvent } from '../store/queries/job-event.ts'
import type { Tenant } from '../store/schema.ts'
import type { EventHub } from './event-hub.ts'
import { isTerminal } from './job-state.ts'

/** Events read from the store at once. */
const PAGE = 100
/** Milliseconds after which a client that was cut off comes back. */
const RETRY_MS = 2000

/** The bytes of events that come together, made once for all readers. */
const bytes = new WeakMap<readonly StoredEvent[], Buffer>()
function bytesOf(events: readonly StoredEvent[]): Buffer {
  const known = bytes.get(events) ?? Buffer.from(events.map(frameOf).join(''))
  bytes.set(events, known)
  return known
}

const frameOf = ({ id, kind, body }: StoredEvent): string => `id: ${id}\nevent: ${kind}\ndata: ${body}\n\n`

const endsJob = ({ kind, body }: StoredEvent): boolean =>
  kind === 'state' && isTerminal((JSON.parse(body) as { state: string }).state)

interface Source {
  readonly store: Pick<Store, 'db' | 'settled'>
  readonly hub: EventHub
  readonly tenant: Tenant
  readonly jobId: string
  /** The last event that the reader has. */
  readonly after: number
}

interface Manners {
  readonly heartbeatMs: number
  /** Bytes that may wait for the reader; more, and it is cut off: it comes back for what it missed. */
  readonly mostWaiting: number
}

/**
 * Writes the events of a job: first those that were kept, at the reader's pace, then those that come. Ends with the job.
 * Every event once, in order, without a gap.
 */
export async function streamEvents(
  response: ServerResponse,
  { store, hub, tenant, jobId, after }: Source,
  { heartbeatMs, mostWaiting }: Manners,
): Promise<'ended' | 'slow' | 'left'> {
  let last = after
  let isLive = false
  let isBehind = true
  let outcome: 'ended' | 'slow' | 'left' | null = null
  const finish = (how: typeof outcome): void => {
    outcome ??= how
    if (how === 'ended') response.end()
    else response.destroy()
  }
  const gone = new Promise<void>((resolve) => response.once('close', resolve))
  response.once('error', () => finish('left'))
  const write = (chunk: string | Buffer): void => {
    if (outcome !== null) return
    response.write(chunk)
    if (response.writableLength > mostWaiting) finish('slow')
  }
  const forget = hub.listen(jobId, (events) => {
    if (events === 'end') {
      finish('ended')
      return
    }
    if (!isLive) {
      isBehind = true
      return
    }
    // mostly all of them, which is then the same list for all readers
    const fresh = events[0]!.id > last ? events : events.filter(({ id }) => id > last)
    if (fresh.length === 0) return
    last = fresh.at(-1)!.id
    write(bytesOf(fresh))
    if (fresh.some(endsJob)) finish('ended')
  })
  const heart = setInterval(() => write(': \n\n'), heartbeatMs)
  try {
    write(`retry: ${RETRY_MS}\n\n`)
    // what comes while a page is read is in the next one
    while (isBehind && outcome === null && !response.destroyed) {
      isBehind = false
      const page = await eventsAfter(store.db, tenant, jobId, last, PAGE)
      // a reader that has an event never comes back to another one of its number
      await store.settled()
      for (const event of page) {
        if (outcome !== null || response.destroyed) break
        last = event.id
        if (!response.write(frameOf(event))) await Promise.race([once(response, 'drain'), gone])
      }
      if (page.length === PAGE) isBehind = true
      else if (!isBehind && page.length > 0 && endsJob(page.at(-1)!)) finish('ended')
    }
    isLive = true
    if (outcome === null) await gone
    return outcome ?? 'left'
  } finally {
    clearInterval(heart)
    forget()
  }
}
