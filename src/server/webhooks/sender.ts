import type { FastifyBaseLogger } from 'fastify'
import { v7 } from 'uuid'
import type { Job } from '../../contract/job.ts'
import type { Store } from '../../store/open-store.ts'
import {
  changeDelivery,
  type DeliveryRow,
  dueDeliveries,
  insertAttempt,
  insertDelivery,
  nextDue,
} from '../../store/queries/delivery.ts'
import type { JobRow } from '../../store/queries/job.ts'
import type { Db, Tenant } from '../../store/schema.ts'
import { RequestProblem } from '../request-problem.ts'
import { type Answered, post } from './post.ts'
import { verdictOf } from './schedule.ts'
import { signedHeaders } from './sign.ts'
import { judgeTarget, type Resolve } from './target.ts'

const AT_ONCE = 50
/** Messages on their way to one host. */
const PER_HOST = 10
/** The longest and the shortest that a timer is set for. */
const LONGEST_MS = 3_600_000
const SHORTEST_MS = 50
/** Bytes of a message (Standard Webhooks): a job with a long list goes without it. */
const LARGEST = 20_000

interface Surroundings {
  readonly store: Store
  readonly tenant: Tenant
  readonly owner: string
  /** For jobs that bring no secret of their own. */
  readonly secret: string
  readonly allowed: readonly string[]
  readonly now: () => number
  readonly random: () => number
  readonly log: FastifyBaseLogger
  readonly resolve?: Resolve
  readonly wallMs?: number
}

/** Sends what is due: at least once, with the same id every time, until a receiver takes it or the schedule ends. */
export class WebhookSender {
  readonly #around: Surroundings
  /** Attempts that have not ended, by the id of their message. */
  readonly #under = new Map<string, Promise<void>>()
  readonly #hosts = new Map<string, number>()
  #timer: NodeJS.Timeout | null = null
  #isEnding = false
  #isLooking = false
  readonly counts = { delivered: 0, failed: 0, attempts: 0 }

  constructor(around: Surroundings) {
    this.#around = around
  }

  /** Within the transaction that ends a job: its message is kept with its end. */
  async enqueue(db: Db, row: JobRow, job: Job): Promise<void> {
    if (row.webhook_url === null) return
    const now = this.#around.now()
    const message = (told: Job) =>
      JSON.stringify({ type: 'job.finished', timestamp: new Date(now).toISOString(), data: { job: told } })
    const whole = message(job)
    const body = Buffer.byteLength(whole) < LARGEST ? whole : message({ ...job, problems: [], uploads: [] })
    await insertDelivery(db, {
      tenant_id: this.#around.tenant,
      id: v7(),
      owner: this.#around.owner,
      job_id: row.id,
      url: row.webhook_url,
      secret: row.webhook_secret,
      type: 'job.finished',
      body,
      state: 'pending',
      attempts: 0,
      next_at: now,
      created_at: now,
    })
  }

  /** Sends what is due by now, then sleeps until the next is. A slow receiver holds up nobody else. */
  wake(): void {
    if (this.#isEnding || this.#isLooking) return
    this.#isLooking = true
    this.#look()
      .catch((error) => this.#around.log.error({ err: error }, 'webhooks could not be sent'))
      .finally(() => {
        this.#isLooking = false
      })
  }

  async close(): Promise<void> {
    this.#isEnding = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await Promise.all(this.#under.values())
  }

  /** One attempt for each message whose time has come, to its end; how many there were. */
  async runDue(): Promise<number> {
    const begun = await this.#begin()
    await Promise.all(begun)
    return begun.length
  }

  async #look(): Promise<void> {
    const { store, tenant, owner, now } = this.#around
    for (const attempt of await this.#begin()) void attempt.then(() => this.wake())
    const next = await nextDue(store.db, tenant, owner, [...this.#under.keys()])
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (next === null || this.#isEnding) return
    this.#timer = setTimeout(() => this.wake(), Math.min(LONGEST_MS, Math.max(SHORTEST_MS, next - now())))
  }

  async #begin(): Promise<Promise<void>[]> {
    const { store, tenant, owner, now, log } = this.#around
    const due = await dueDeliveries(store.db, tenant, owner, now(), [...this.#under.keys()], AT_ONCE)
    return due
      .filter(({ url }) => this.#enter(url))
      .map((row) => {
        const attempt = this.#attempt(row)
          .catch((error) => log.error({ err: error, delivery: row.id }, 'an attempt could not be kept'))
          .finally(() => {
            this.#under.delete(row.id)
            this.#leave(row.url)
          })
        this.#under.set(row.id, attempt)
        return attempt
      })
  }

  #enter(url: string): boolean {
    const { host } = new URL(url)
    const there = this.#hosts.get(host) ?? 0
    if (there >= PER_HOST) return false
    this.#hosts.set(host, there + 1)
    return true
  }

  #leave(url: string): void {
    const { host } = new URL(url)
    const there = this.#hosts.get(host)! - 1
    if (there === 0) this.#hosts.delete(host)
    else this.#hosts.set(host, there)
  }

  async #attempt(row: DeliveryRow): Promise<void> {
    const { store, tenant, now, random, log } = this.#around
    const begun = now()
    const started = performance.now()
    const answer = await this.#send(row, begun)
    const seconds = (performance.now() - started) / 1000
    const number = row.attempts + 1
    const verdict = verdictOf(number, answer, now(), random())
    const next_at = verdict.state === 'pending' ? verdict.at : null
    await store.atomically(async (db) => {
      // a message that was removed meanwhile leaves no trace
      const kept = await changeDelivery(db, tenant, row.id, { state: verdict.state, attempts: number, next_at })
      if (kept === undefined) return
      const { status, error, response } = answer
      await insertAttempt(db, tenant, { delivery_id: row.id, at: begun, status, error, seconds, response })
    })
    this.counts.attempts++
    if (verdict.state !== 'pending') this.counts[verdict.state]++
    const { host } = new URL(row.url)
    log.info(
      { delivery: row.id, host, status: answer.status, error: answer.error, state: verdict.state },
      'webhook sent',
    )
  }

  /** A target that is not allowed any more is an attempt that failed. */
  async #send(row: DeliveryRow, now: number): Promise<Answered> {
    const { allowed, secret, resolve, wallMs } = this.#around
    try {
      const target = await judgeTarget(row.url, allowed, resolve)
      const headers = {
        ...signedHeaders(row.secret ?? secret, row.id, Math.floor(now / 1000), row.body),
        'content-type': 'application/json',
        'user-agent': 'arima-forecaster',
        'accept-encoding': 'identity',
      }
      return await post(target, headers, row.body, wallMs)
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error
      const { params } = error.faults[0]!.problem
      return { status: null, error: `forbidden: ${params.cause}`, retryAfter: null, response: '' }
    }
  }
}
