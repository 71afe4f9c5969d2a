import type { RouteName } from '../contract/routes.ts'
import { stampOf } from '../store/queries/job.ts'
import type { Asked, Given, Handler, Services } from './handler.ts'
import { isTerminal } from './job-state.ts'

/** Bytes of answers that are kept, of all jobs together; beyond, what was not asked for longest goes. */
const MOST_BYTES = 16_000_000
/** Of an entry beside its text and its key. */
const ENTRY_BYTES = 500

interface Kept {
  /** What the job was like. */
  readonly stamp: string
  readonly given: Given
  readonly bytes: number
}

/** Answers as the bytes that are sent, by what was asked. */
export class KeptAnswers {
  readonly #kept = new Map<string, Kept>()
  readonly #most: number
  #bytes = 0

  constructor(most = MOST_BYTES) {
    this.#most = most
  }

  /** What was answered when the job was like this; undefined where nothing was, or it is another one now. */
  get(key: string, stamp: string): Given | undefined {
    const found = this.#kept.get(key)
    if (found === undefined) return undefined
    this.#drop(key)
    if (found.stamp !== stamp) return undefined
    // to the end, where the newest are
    this.#add(key, found)
    return found.given
  }

  keep(key: string, stamp: string, given: Given, length: number): void {
    this.#drop(key)
    const bytes = length + 2 * key.length + ENTRY_BYTES
    // one that takes everybody else's place is none to keep
    if (bytes > this.#most / 4) return
    this.#add(key, { stamp, given, bytes })
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#most) break
      this.#drop(oldest)
    }
  }

  #add(key: string, kept: Kept): void {
    this.#kept.set(key, kept)
    this.#bytes += kept.bytes
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0
    this.#kept.delete(key)
  }
}

type OfJob = { readonly params: { readonly id: string } }

/**
 * Of a job that has ended an answer is made once: it changes only as the job does, which its row tells. For handlers
 * whose answers are JSON and come from that job alone, by the address that is asked.
 */
export const onceEnded =
  <N extends RouteName>(handle: (asked: Asked<N>, services: Services) => Promise<Given>): Handler<N> =>
  async (asked, services) => {
    const { tenant, params, request } = asked as Asked<N> & OfJob
    const job = await stampOf(services.store.db, tenant, params.id)
    // looked at before the answer is made: one that is newer than its stamp is made again, never an older one told
    if (job === undefined || !isTerminal(job.state)) return handle(asked, services)
    const key = `${tenant} ${request.url}`
    const stamp = `${job.epoch} ${job.last_event} ${job.revision}`
    const kept = services.answers.get(key, stamp)
    if (kept !== undefined) return kept
    const { body, ...given } = await handle(asked, services)
    const bytes = Buffer.from(JSON.stringify(body))
    const headers = { ...given.headers, 'content-type': 'application/json; charset=utf-8' }
    const answer: Given = { ...given, headers, body: bytes }
    services.answers.keep(key, stamp, answer, bytes.length)
    return answer
  }
