import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { causeOf } from '../batch/cause.ts'
import { version } from '../batch/version.ts'
import { problemJson } from '../export/problem-json.ts'
import { type LocatedProblem, problem } from '../messages.ts'
import type { Store } from '../store/open-store.ts'
import { changeJob, type JobRow } from '../store/queries/job.ts'
import { appendEvents, type NewEvent, type StoredEvent } from '../store/queries/job-event.ts'
import { keepExceptions } from '../store/queries/series-exception.ts'
import { countsOf, keepResults, type Seen } from '../store/queries/series-result.ts'
import type { Db, Tenant } from '../store/schema.ts'
import type { EventHub } from './event-hub.ts'
import type { ExceptionWords } from './exception-row.ts'
import type { EncodedResult, FromJob, JobOrder, ToJob } from './job-messages.ts'
import { type Tallies, talliesOf, withResults } from './tallies.ts'
import { type JobReport, progressOf, reportOf } from './wire-job.ts'

const threadFile = new URL(import.meta.url.endsWith('.ts') ? './job-thread.ts' : './job-thread.js', import.meta.url)

/** Milliseconds between two events of progress. */
const PROGRESS_MS = 500
/** How often a commit is tried, and the wait before the second try, which doubles. */
const TRIES = 5
const FIRST_WAIT_MS = 250

/** Somebody else has claimed the job meanwhile, or it was removed: what this one knows is worth nothing. */
class Superseded extends Error {}

export type Ending =
  | { readonly how: 'done' | 'stopped'; readonly tallies: Tallies }
  | { readonly how: 'failed'; readonly problems: readonly LocatedProblem[] }
  | { readonly how: 'superseded' }

/** Runs a job in a thread of its own and keeps what it says: results, counts and events of one step together, or none. */
export class RunningJob {
  readonly row: JobRow
  readonly begun = performance.now()
  readonly #store: Store
  readonly #hub: EventHub
  readonly #tenant: Tenant
  #report: JobReport
  #tallies: Tallies | null = null
  #told = Number.NEGATIVE_INFINITY
  #thread: Worker | null = null
  #isStopped = false
  #series = 0
  /** Fulfilled when all that was kept is on disk, and told. */
  #published: Promise<void> = Promise.resolve()
  #fault: { readonly error: unknown } | null = null

  constructor(store: Store, hub: EventHub, tenant: Tenant, row: JobRow) {
    this.#store = store
    this.#hub = hub
    this.#tenant = tenant
    this.row = row
    this.#report = reportOf(row)
  }

  /** Series finished in this run, for the metrics. */
  get series(): number {
    return this.#series
  }

  get elapsedMs(): number {
    return this.row.elapsed_ms + (performance.now() - this.begun)
  }

  /** `cancel`: what is not finished is a result too. */
  stop(cancel: boolean): void {
    if (this.#isStopped) return
    this.#isStopped = true
    this.#tell({ kind: 'stop', cancel })
  }

  async run(order: JobOrder): Promise<Ending> {
    this.#tallies = talliesOf(await countsOf(this.#store.db, this.#tenant, this.row.id))
    const thread = new Worker(threadFile, { workerData: order })
    this.#thread = thread
    if (this.#isStopped) this.#tell({ kind: 'stop', cancel: false })
    const heard: FromJob[] = []
    let wake = (): void => {}
    let died: LocatedProblem | null = null
    let exited = false
    thread.on('message', (message: FromJob) => {
      heard.push(message)
      wake()
    })
    thread.on('error', (error) => {
      died = problem('internal_error', { cause: causeOf(error) })
    })
    thread.on('exit', () => {
      exited = true
      wake()
    })
    try {
      for (;;) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve
        })
        for (let said = heard.shift(); said !== undefined; said = heard.shift()) {
          if (said.kind === 'read' || said.kind === 'results' || said.kind === 'whole') {
            await this.#keep(said)
            if (said.kind === 'results') this.#tell({ kind: 'taken' })
            continue
          }
          await this.#published
          return said.kind === 'failed'
            ? { how: 'failed', problems: said.problems }
            : { how: said.kind, tallies: this.#tallies }
        }
        if (exited) {
          await this.#published
          return { how: 'failed', problems: [died ?? problem('worker_crashed', { model: 'none', cause: 'exit' })] }
        }
        await woken
      }
    } catch (error) {
      if (error instanceof Superseded) return { how: 'superseded' }
      throw error
    } finally {
      this.#thread = null
      await thread.terminate()
    }
  }

  #tell(message: ToJob): void {
    this.#thread?.postMessage(message)
  }

  /** One commit, told when it is on disk; tried again where the store was not there for a moment. */
  async #keep(said: Extract<FromJob, { kind: 'read' | 'results' | 'whole' }>): Promise<void> {
    for (let tries = 1; ; tries++) {
      if (this.#fault !== null) throw this.#fault.error
      try {
        const { value, onDisk } = await this.#store.commit((db) =>
          said.kind === 'read'
            ? this.#keepRead(db, said)
            : said.kind === 'results'
              ? this.#keepResults(db, said)
              : this.#keepWhole(db, said),
        )
        this.#tallies = value.tallies
        this.#report = value.report
        this.publish(value.events, onDisk)
        return
      } catch (error) {
        if (error instanceof Superseded || tries === TRIES) throw error
        await wait(FIRST_WAIT_MS * 2 ** (tries - 1))
      }
    }
  }

  /** What the job goes on with meanwhile comes to the disk together with it, or with the next. */
  publish(events: readonly StoredEvent[], onDisk: Promise<void>): void {
    this.#published = Promise.all([this.#published, onDisk]).then(() => this.#hub.publish(this.row.id, events))
    this.#published.catch((error) => {
      this.#fault = { error }
    })
  }

  async #keepRead(db: Db, { total, report }: Extract<FromJob, { kind: 'read' }>) {
    // a run that is taken up again reads the same, and has told it
    const known = new Set(this.#report.problems.map((one) => JSON.stringify(one)))
    const fresh = report.problems.filter((one) => !known.has(JSON.stringify(one)))
    const next: JobReport = {
      ...this.#report,
      rows: report.rows,
      files: report.files,
      problems: [...this.#report.problems, ...fresh],
    }
    const row = await this.#change(db, { total, report: JSON.stringify(next) })
    const events = await this.#append(db, [...fresh.map(problemEvent), progressEvent(row)])
    return { events, tallies: this.#tallies!, report: next }
  }

  async #keepResults(db: Db, { final, results, problems, outlook }: Extract<FromJob, { kind: 'results' }>) {
    const rows = results.map((result) => ({ tenant_id: this.#tenant, job_id: this.row.id, ...result }))
    const digest = final ? 'final_digest' : 'digest'
    const { changed, before } = await keepResults(db, this.#tenant, this.row.id, rows, digest)
    const fresh = results.filter(({ position, is_total: isTotal }) => changed.has(position) && isTotal !== 1)
    const replaced = fresh.flatMap(({ position }) => before.get(position) ?? [])
    const tallies = withResults(this.#tallies!, fresh, replaced)
    const report: JobReport = { ...this.#report, problems: [...this.#report.problems, ...problems] }
    const row = await this.#change(db, {
      tallies: JSON.stringify(tallies),
      outlook: JSON.stringify(outlook),
      ...(problems.length > 0 && { report: JSON.stringify(report) }),
    })
    // what the portfolio adds to a result is no news to those who follow the run, unless the answer is another one
    const told = final ? fresh.filter((one) => isOther(one, before.get(one.position))) : fresh
    const series = told.map(({ position, name, status, model = null, confidence = null }): NewEvent => {
      return { kind: 'series', body: JSON.stringify({ position, name, status, model, confidence }) }
    })
    const now = performance.now()
    const tells = !final && now - this.#told > PROGRESS_MS
    if (tells) this.#told = now
    const progress = tells ? [progressEvent(row)] : []
    const events = await this.#append(db, [...problems.map(problemEvent), ...series, ...progress])
    if (!final) this.#series += fresh.length
    return { events, tallies, report }
  }

  async #keepWhole(db: Db, { exceptions, basis, work }: Extract<FromJob, { kind: 'whole' }>) {
    const rows = exceptions.map(({ position, kind, severity, quantity, value, because, advice }, rank) => ({
      ...{ rank, position, kind, severity, quantity, value },
      body: JSON.stringify({ because, advice } satisfies ExceptionWords),
    }))
    await keepExceptions(db, this.#tenant, this.row.id, rows)
    const report: JobReport = { ...this.#report, whole: { exceptions: exceptions.length, basis, version: version() } }
    // of a run in several turns the last, for each counts what is computed in it alone
    await this.#change(db, {
      report: JSON.stringify(report),
      ...(work.cost > 0 && { cost: work.cost, work_seconds: work.seconds }),
    })
    return { events: [], tallies: this.#tallies!, report }
  }

  async #change(db: Db, change: Parameters<typeof changeJob>[4]): Promise<JobRow> {
    const row = await changeJob(
      db,
      this.#tenant,
      this.row.id,
      { states: ['running'], epoch: this.row.epoch },
      { ...change, elapsed_ms: this.elapsedMs },
    )
    if (row === undefined) throw new Superseded()
    return row
  }

  #append(db: Db, events: readonly NewEvent[]): Promise<StoredEvent[]> {
    return appendEvents(db, this.#tenant, this.row.id, events)
  }
}

const isOther = (one: EncodedResult, before: Seen | undefined): boolean =>
  before === undefined ||
  one.status !== before.status ||
  one.model !== before.model ||
  one.confidence !== before.confidence

const problemEvent = (one: LocatedProblem): NewEvent => ({
  kind: 'problem',
  body: JSON.stringify(problemJson(one, 'en')),
})
export const progressEvent = (row: JobRow): NewEvent => ({ kind: 'progress', body: JSON.stringify(progressOf(row)) })
export const stateEvent = (state: string): NewEvent => ({ kind: 'state', body: JSON.stringify({ state }) })
