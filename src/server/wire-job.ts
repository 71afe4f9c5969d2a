import type { Config } from '../contract/config.ts'
import type { Job, JobState, Progress, ReadOptions } from '../contract/job.ts'
import { API, EXPORTS } from '../contract/routes.ts'
import { problemJson } from '../export/problem-json.ts'
import type { LocatedProblem } from '../messages.ts'
import type { JobRow } from '../store/queries/job.ts'
import type { Outlook, ReadReport } from './job-messages.ts'
import { noTallies, type Tallies } from './tallies.ts'

/** What was asked for, as a job keeps it. */
export interface JobRequest {
  readonly config: Config
  readonly uploads: readonly { readonly id: string; readonly filename: string }[]
  readonly read: ReadOptions
  readonly acceptRejects: boolean
  /** A job that came before, or `latest`. */
  readonly against: string | null
}

/** What a job has to say beside its results. */
export interface JobReport {
  readonly rows: ReadReport['rows']
  readonly problems: readonly LocatedProblem[]
  readonly files: ReadReport['files']
  /** Of all results together; null until they are there. */
  readonly whole: {
    readonly exceptions: number
    /** What ABC ranks by. */
    readonly basis: 'value' | 'quantity'
    /** Of the engine. */
    readonly version: string
  } | null
}

export const NO_REPORT: JobReport = { rows: null, problems: [], files: [], whole: null }
export const NO_OUTLOOK: Outlook = { seconds_left: null, seconds_left_range: null }
/** Problems that a job lists; all are in its events. */
const LISTED = 200

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()

export const requestOf = (row: JobRow): JobRequest => JSON.parse(row.request) as JobRequest
export const reportOf = (row: JobRow): JobReport => ({ ...NO_REPORT, ...(JSON.parse(row.report) as JobReport) })
const talliesIn = (row: JobRow): Tallies => ({ ...noTallies(), ...(JSON.parse(row.tallies) as Tallies) })

export function progressOf(row: JobRow): Progress {
  const { status } = talliesIn(row)
  const { success = 0, fallback = 0, failed = 0, cancelled = 0 } = status
  const { seconds_left, seconds_left_range } = JSON.parse(row.outlook) as Outlook
  const running = row.state === 'running'
  return {
    total: row.total,
    completed: success + fallback + failed,
    ...{ success, fallback, failed, cancelled },
    elapsed_seconds: Math.round(row.elapsed_ms) / 1000,
    seconds_left: running ? seconds_left : null,
    seconds_left_range: running && seconds_left_range !== null ? [...seconds_left_range] : null,
  }
}

export function jobOf(row: JobRow, queue: Job['queue'], locale = 'en'): Job {
  const { config, uploads, against = null } = requestOf(row)
  const { rows, problems, whole } = reportOf(row)
  const { models, patterns, grades } = talliesIn(row)
  const self = `${API}/jobs/${row.id}`
  return {
    id: row.id,
    name: row.name,
    state: row.state as JobState,
    source: row.source as Job['source'],
    created_at: iso(row.created_at),
    started_at: row.started_at === null ? null : iso(row.started_at),
    finished_at: row.finished_at === null ? null : iso(row.finished_at),
    forecast_steps: row.forecast_steps,
    config,
    against,
    uploads: [...uploads],
    progress: progressOf(row),
    queue,
    rows,
    ...{ models, patterns, grades },
    exceptions: whole?.exceptions ?? null,
    problems: problems.slice(0, LISTED).map((one) => problemJson(one, locale)),
    webhook_url: row.webhook_url,
    links: {
      self,
      events: `${self}/events`,
      results: `${self}/results`,
      exports: Object.fromEntries(Object.keys(EXPORTS).map((format) => [format, `${self}/exports/${format}`])),
    },
  }
}
