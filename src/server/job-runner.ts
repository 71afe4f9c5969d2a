import { rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import type { Job } from '../contract/job.ts'
import type { LocatedProblem } from '../messages.ts'
import type { Store } from '../store/open-store.ts'
import { changeJob, claimJob, findJob, inputOf, type JobRow, jobsIn } from '../store/queries/job.ts'
import { appendEvents, type NewEvent, type StoredEvent } from '../store/queries/job-event.ts'
import { findUploads } from '../store/queries/upload.ts'
import type { Db, Tenant } from '../store/schema.ts'
import type { EventHub } from './event-hub.ts'
import type { JobOrder } from './job-messages.ts'
import { type Ending, progressEvent, RunningJob, stateEvent } from './running-job.ts'
import { NO_REPORT, reportOf, requestOf } from './wire-job.ts'

/** Why a running job is stopped: for a while, for good, to let another one work, or as the server ends. */
export type StopReason = 'pause' | 'cancel' | 'yield' | 'drain'

interface Slot {
  readonly job: RunningJob
  reason: StopReason | null
  readonly ended: Promise<void>
}

interface Surroundings {
  readonly store: Store
  readonly hub: EventHub
  readonly tenant: Tenant
  /** This server, as the rows of its jobs name it. */
  readonly owner: string
  readonly dataDir: string
  /** Where results lie, for threads that read what came before. */
  readonly storePlace: string
  readonly jobsAtOnce: number
  readonly sliceSeconds: number
  readonly log: FastifyBaseLogger
  /** In the transaction that ends a job: what is to happen because of it. */
  readonly onEnd: (db: Db, row: JobRow) => Promise<void>
  /** After it. */
  readonly afterEnd: () => void
}

const SECOND_MS = 1000

/**
 * Gives the cores to the jobs that wait: the first come first, and where more wait than run, each in slices. A job that
 * makes way loses nothing: what it has finished lies in its checkpoint.
 */
export class JobRunner {
  readonly #around: Surroundings
  readonly #slots = new Map<string, Slot>()
  readonly #clock: NodeJS.Timeout
  #waiting: readonly JobRow[] = []
  #filling: Promise<void> | null = null
  #again = false
  #isEnding = false
  /** What a turn on a slot has lasted lately; null until one has ended. */
  #turnSeconds: number | null = null

  constructor(around: Surroundings) {
    this.#around = around
    this.#clock = setInterval(() => this.#makeWay(), SECOND_MS)
  }

  /** Takes up what was running when the server ended, however it ended. */
  async start(): Promise<void> {
    const { store, tenant, owner } = this.#around
    for (const row of await jobsIn(store.db, tenant, owner, ['running']))
      await this.#change(row.id, { states: ['running'] }, { state: 'queued' })
    this.wake()
  }

  get running(): number {
    return this.#slots.size
  }
  get waiting(): number {
    return this.#waiting.length
  }

  folderOf(jobId: string): string {
    return join(this.#around.dataDir, 'jobs', jobId)
  }

  uploadPath(uploadId: string): string {
    return join(this.#around.dataDir, 'uploads', uploadId)
  }

  /** Looks for jobs that may begin. */
  wake(): void {
    if (this.#isEnding) return
    if (this.#filling !== null) {
      this.#again = true
      return
    }
    this.#filling = this.#fill()
      .catch((error) => this.#around.log.error({ err: error }, 'jobs could not be begun'))
      .finally(() => {
        this.#filling = null
        if (this.#again) {
          this.#again = false
          this.wake()
        }
      })
  }

  /** Place in the queue, from 1, with the time until its turn where it can be told. */
  queueOf(row: JobRow): Job['queue'] {
    if (row.state !== 'queued') return null
    const at = this.#waiting.findIndex(({ id }) => id === row.id)
    const position = at === -1 ? this.#waiting.length + 1 : at + 1
    if (this.#turnSeconds === null) return { position, seconds_until_start: null }
    const turns = Math.ceil(position / this.#around.jobsAtOnce)
    return { position, seconds_until_start: Math.round(turns * this.#turnSeconds * 10) / 10 }
  }

  /** Stops a job that runs here, and waits until it has; false where it does not run. */
  async stop(jobId: string, reason: StopReason): Promise<boolean> {
    const slot = this.#slots.get(jobId)
    if (slot === undefined) return false
    slot.reason = reason
    slot.job.stop(reason === 'cancel')
    await slot.ended
    return true
  }

  /** Begins nothing more and stops what runs; it goes on when the server is back. */
  async drain(): Promise<void> {
    this.#isEnding = true
    clearInterval(this.#clock)
    await this.#filling
    await Promise.all([...this.#slots.keys()].map((id) => this.stop(id, 'drain')))
  }

  async removeFiles(jobId: string): Promise<void> {
    await rm(this.folderOf(jobId), { recursive: true, force: true })
  }

  async #fill(): Promise<void> {
    const { store, tenant, owner, jobsAtOnce } = this.#around
    this.#waiting = await jobsIn(store.db, tenant, owner, ['queued'])
    while (this.#slots.size < jobsAtOnce && this.#waiting.length > 0 && !this.#isEnding) {
      const [next, ...rest] = this.#waiting
      this.#waiting = rest
      const events: NewEvent[] = [stateEvent('running')]
      const { value: claimed, onDisk } = await store.commit(async (db) => {
        const row = await claimJob(db, tenant, next!.id, Date.now())
        return row && { row, stored: await appendEvents(db, tenant, row.id, events) }
      })
      if (claimed === undefined) continue
      // it begins to read meanwhile; whatever it keeps is on disk after this
      this.#begin(claimed.row, claimed.stored, onDisk)
    }
  }

  #begin(row: JobRow, events: readonly StoredEvent[], onDisk: Promise<void>): void {
    const { store, hub, tenant, log } = this.#around
    const job = new RunningJob(store, hub, tenant, row)
    job.publish(events, onDisk)
    const ended = this.#run(job)
      .catch((error) => log.error({ err: error, job: row.id }, 'the job could not be kept'))
      .finally(() => {
        this.#slots.delete(row.id)
        this.#around.afterEnd()
        this.wake()
      })
    this.#slots.set(row.id, { job, reason: null, ended })
    log.info({ job: row.id, waiting: this.#waiting.length }, 'job begun')
  }

  async #run(job: RunningJob): Promise<void> {
    const ending = await job.run(await this.#orderOf(job.row))
    await this.#settle(job, ending)
    const seconds = (performance.now() - job.begun) / SECOND_MS
    this.#turnSeconds = this.#turnSeconds === null ? seconds : (this.#turnSeconds + seconds) / 2
    this.#around.log.info({ job: job.row.id, how: ending.how, series: job.series, seconds }, 'job stopped')
  }

  async #orderOf(row: JobRow): Promise<JobOrder> {
    const { store, tenant } = this.#around
    const request = requestOf(row)
    const body = row.source === 'portfolio' ? await inputOf(store.db, tenant, row.id) : null
    const uploads = await findUploads(
      store.db,
      tenant,
      request.uploads.length > 0 ? request.uploads.map(({ id }) => id) : [''],
    )
    const byId = new Map(uploads.map((upload) => [upload.id, upload]))
    const others = this.#slots.size + this.#waiting.length
    return {
      folder: this.folderOf(row.id),
      source:
        body !== null
          ? { kind: 'portfolio', body }
          : {
              kind: 'uploads',
              files: request.uploads.map(({ id, filename }) => ({
                filename,
                path: this.uploadPath(id),
                sha256: byId.get(id)?.sha256 ?? '',
              })),
              read: request.read,
              acceptRejects: request.acceptRejects,
            },
      config: request.config,
      forecastSteps: row.forecast_steps,
      workers: Math.max(1, Math.floor(availableParallelism() / Math.max(1, Math.min(others, this.#around.jobsAtOnce)))),
      retry: row.retrying === 1,
      ...{ jobId: row.id, tenant, store: this.#around.storePlace, against: request.against ?? null },
    }
  }

  /** What becomes of a job whose thread has ended. */
  async #settle(job: RunningJob, ending: Ending): Promise<void> {
    const reason = this.#slots.get(job.row.id)?.reason ?? null
    const elapsed = { elapsed_ms: job.elapsedMs }
    const running = { states: ['running'], epoch: job.row.epoch }
    if (ending.how === 'superseded') return
    if (ending.how === 'stopped' && reason === 'pause')
      await this.#change(job.row.id, running, { ...elapsed, state: 'paused' })
    else if (ending.how === 'stopped' && reason !== 'cancel')
      await this.#change(job.row.id, running, { ...elapsed, state: 'queued', queued_at: Date.now() })
    else await this.#end(job.row.id, running, elapsed.elapsed_ms, ending)
  }

  async #end(id: string, when: { states: string[]; epoch: number }, elapsedMs: number, ending: Ending): Promise<void> {
    const state = stateAfter(ending)
    await this.#change(
      id,
      when,
      { state, elapsed_ms: elapsedMs, finished_at: Date.now(), retrying: 0 },
      ending.how === 'failed' ? ending.problems : [],
    )
  }

  /** Ends a job that does not run: cancelled while it waited or paused. */
  async endWaiting(id: string): Promise<JobRow | undefined> {
    return this.#change(
      id,
      { states: ['queued', 'paused'] },
      { state: 'cancelled', finished_at: Date.now(), retrying: 0 },
    )
  }

  pauseWaiting(id: string): Promise<JobRow | undefined> {
    return this.#change(id, { states: ['queued'] }, { state: 'paused' })
  }

  /** A job that has paused or, with `retrying`, ended goes to the end of the queue; undefined where it was in no such state. */
  async queueAgain(id: string, from: string[], retrying: boolean): Promise<JobRow | undefined> {
    // what was amiss before is told anew where it still is
    const anew = { retrying: 1, finished_at: null, report: JSON.stringify(NO_REPORT) }
    const change = { state: 'queued', queued_at: Date.now(), ...(retrying && anew) }
    const row = await this.#change(id, { states: from }, change)
    this.wake()
    return row
  }

  async #change(
    id: string,
    when: { readonly states: readonly string[]; readonly epoch?: number },
    change: Parameters<typeof changeJob>[4],
    problems: readonly LocatedProblem[] = [],
  ): Promise<JobRow | undefined> {
    const { store, hub, tenant, onEnd } = this.#around
    const done = await store.atomically(async (db) => {
      let row = await changeJob(db, tenant, id, when, change)
      if (row === undefined) return undefined
      if (problems.length > 0) {
        const report = reportOf(row)
        const next = JSON.stringify({ ...report, problems: [...problems, ...report.problems] })
        row = (await changeJob(db, tenant, id, { states: [row.state] }, { report: next })) ?? row
      }
      const events = [...(row.finished_at === null ? [] : [progressEvent(row)]), stateEvent(row.state)]
      const stored = await appendEvents(db, tenant, id, events)
      if (row.finished_at !== null) await onEnd(db, (await findJob(db, tenant, id))!)
      return { row, stored }
    })
    if (done !== undefined) hub.publish(id, done.stored)
    return done?.row
  }

  /** Where jobs wait for a slot, the one that has run longest makes way: after a slice, and with something done in it. */
  #makeWay(): void {
    if (this.#waiting.length === 0 || this.#slots.size < this.#around.jobsAtOnce) return
    const slice = this.#around.sliceSeconds * SECOND_MS
    const longest = [...this.#slots.values()]
      .filter(({ job, reason }) => reason === null && job.series > 0 && performance.now() - job.begun > slice)
      .sort((a, b) => a.job.begun - b.job.begun)
    for (const { job } of longest.slice(0, this.#waiting.length)) void this.stop(job.row.id, 'yield')
  }
}

function stateAfter(ending: Ending): string {
  if (ending.how === 'failed' || ending.how === 'superseded') return 'failed'
  if (ending.how === 'stopped') return 'cancelled'
  return (ending.tallies.status.failed ?? 0) > 0 ? 'completed_with_failures' : 'completed'
}
