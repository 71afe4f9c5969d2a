import { z } from 'zod'
import { Config } from './config.ts'
import { LocatedProblem } from './problem.ts'
import { Portfolio } from './series.ts'

/** How many periods may be asked for. */
export const MOST_STEPS = 10_000
export const DEFAULT_STEPS = 30

export const Id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .describe('UUID, version 7.')

/** The run before, which exceptions tell the changes from. */
const Against = z
  .union([Id, z.literal('latest')])
  .describe('A job that this one is held against; `latest`: the newest that has ended, of the same series.')

export const JobState = z
  .enum(['queued', 'running', 'paused', 'completed', 'completed_with_failures', 'failed', 'cancelled'])
  .meta({ id: 'JobState' })
export type JobState = z.infer<typeof JobState>

const Callbacks = z
  .strictObject({
    webhook_url: z.string().min(1).max(2000).describe('Told when the job ends, by Standard Webhooks.'),
    secret: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/)
      .optional()
      .describe('`whsec_` and at least 24 random bytes in base64; else the secret of the server.'),
  })
  .meta({ id: 'Callbacks' })

export const forecastSteps = z.int().min(1).max(MOST_STEPS).describe('Periods to forecast.')
const name = z.string().min(1).max(200).describe('What people call the run.')

/** Body of `POST /api/v2/batch-forecast`. */
export const BatchForecast = z
  .strictObject({
    portfolio: Portfolio,
    config: Config.optional(),
    callbacks: Callbacks.optional(),
    forecast_steps: forecastSteps.optional(),
    against: Against.optional(),
    name: name.optional(),
  })
  .meta({ id: 'BatchForecast' })

const column = z.string().min(1).max(1000)
/** How files are read: each goes before what would be detected. */
export const ReadOptions = z
  .strictObject({
    delimiter: z.string().length(1),
    quote: z.enum(['"', "'"]),
    decimal: z.string().length(1),
    thousands: z.string().max(1),
    date_order: z.enum(['ymd', 'dmy', 'mdy']),
    encoding: z.string().min(1).max(40),
    sheet: z.string().min(1).max(200),
    series_columns: z.array(column).min(1).max(20),
    date_column: column,
    value_column: column,
    regressor_columns: z.array(column).max(500),
    frequency: z.string().min(1).max(40),
    season_length: z.int().min(1).max(10_000),
    gaps: z.enum(['zero', 'interpolate', 'keep']),
    duplicates: z.enum(['sum', 'mean', 'last', 'refuse']),
    incomplete: z.enum(['drop', 'keep']),
    outliers: z.enum(['report', 'correct', 'ignore']),
    negatives: z.enum(['keep', 'zero', 'missing']),
    stock_outs: z.enum(['missing', 'keep']),
  })
  .partial()
  .meta({ id: 'ReadOptions' })
export type ReadOptions = z.infer<typeof ReadOptions>

/** Body of `POST /api/v2/jobs`. */
export const NewJob = z
  .strictObject({
    uploads: z.array(Id).min(1).max(1000),
    read: ReadOptions.optional(),
    accept_rejects: z.boolean().optional().describe('Goes on although more than a fifth of the rows are rejected.'),
    config: Config.optional(),
    callbacks: Callbacks.optional(),
    forecast_steps: forecastSteps.optional(),
    against: Against.optional(),
    name: name.optional(),
  })
  .meta({ id: 'NewJob' })

const counts = z.record(z.string(), z.int())
const Rows = z.strictObject({ rows_in: z.int(), used: z.int(), repaired: z.int(), rejected: z.int() })

export const Progress = z
  .strictObject({
    total: z.int().nullable().describe('Null until the input is read.'),
    completed: z.int(),
    success: z.int(),
    fallback: z.int(),
    failed: z.int(),
    cancelled: z.int(),
    elapsed_seconds: z.number(),
    seconds_left: z.number().nullable(),
    seconds_left_range: z.tuple([z.number(), z.number()]).nullable(),
  })
  .meta({ id: 'Progress' })
export type Progress = z.infer<typeof Progress>

/** One run. */
export const Job = z
  .strictObject({
    id: Id,
    name: z.string().nullable(),
    state: JobState,
    source: z.enum(['portfolio', 'uploads']),
    created_at: z.string(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
    forecast_steps: z.int(),
    config: Config,
    against: Against.nullable(),
    uploads: z.array(z.strictObject({ id: Id, filename: z.string() })),
    progress: Progress,
    queue: z
      .strictObject({ position: z.int(), seconds_until_start: z.number().nullable() })
      .nullable()
      .describe('Where it waits, from 1; null where it does not.'),
    rows: Rows.nullable(),
    models: counts.describe('Forecasts by model.'),
    patterns: counts,
    grades: counts.describe('Forecasts by confidence: high, fair, low.'),
    exceptions: z.int().nullable().describe('What a planner should look at; null until the job has ended.'),
    problems: z.array(LocatedProblem).describe('Of the files and of the run; those of a series are with the series.'),
    webhook_url: z.string().nullable(),
    links: z.strictObject({
      self: z.string(),
      events: z.string(),
      results: z.string(),
      exports: z.record(z.string(), z.string()),
    }),
  })
  .meta({ id: 'Job' })
export type Job = z.infer<typeof Job>

export const JobPage = z
  .strictObject({ jobs: z.array(Job), next_cursor: z.string().nullable() })
  .meta({ id: 'JobPage' })
