import { z } from 'zod'
import { About } from './about.ts'
import { Estimate, EstimateRequest } from './estimate.ts'
import { ExceptionPage } from './exception.ts'
import { ExportProfiles } from './export.ts'
import { ExceptionKind, Severity } from './finding.ts'
import { BatchForecast, Id, Job, JobPage, JobState, NewJob } from './job.ts'
import { ChangePage, NewOverrides, Overrides, ResultPage, SeriesDetail, SeriesStatus, Sort } from './result.ts'
import { NewReview, Review, ReviewState } from './review.ts'
import type { Route } from './route.ts'
import { Summary, TotalPage } from './summary.ts'
import { Check, CheckRequest, ChecksRequest, Upload, Uploads } from './upload.ts'
import { Delivery, DeliveryPage, DeliveryState } from './webhook.ts'

export const API = '/api/v2'

/** Formats that a finished run can be taken in. */
export const EXPORTS = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  html: 'text/html; charset=utf-8',
} as const
export type ExportFormat = keyof typeof EXPORTS

const id = z.object({ id: Id })
const seriesOf = z.object({ id: Id, name: z.string().min(1).max(9000) })
const cursor = z.string().min(1).max(4000).optional().describe('`next_cursor` of the page before.')
const limit = (most: number, fallback: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .pipe(z.int().max(most))
    .optional()
    .describe(`1 – ${most}, ${fallback} by default.`)
const number = z
  .string()
  .regex(/^(0|1|0\.\d{1,10})$/)
  .transform(Number)
  .optional()
const signed = z
  .string()
  .regex(/^-?\d{1,6}(\.\d{1,10})?$/)
  .transform(Number)
  .optional()
const word = z.string().min(1).max(60).optional()
const setting = z.string().regex(/^[\w-]{1,60}=.{0,200}$/)
const settings = z
  .union([setting, z.array(setting).max(50)])
  .optional()
  .describe('`name=value`, of a profile for another system; may come several times.')
const locale = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
  .optional()
  .describe('Language of the texts; English by default.')
const idempotent = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The same request again, with the same key, is done once.'),
})
const ifMatch = z.object({
  'if-match': z.string().max(100).optional().describe('The ETag that was changed; 428 without it.'),
})

const accepted = { description: 'Taken on; `Location` names the job.', schema: Job }
const job = { 200: { description: 'The job.', schema: Job } }
const control = {
  method: 'POST',
  permission: 'run',
  tag: 'jobs',
  params: id,
  answers: job,
  problems: [404, 409],
} as const

/** Every route, by the name of its handler. */
export const ROUTES = {
  createBatchForecast: {
    method: 'POST',
    path: `${API}/batch-forecast`,
    permission: 'run',
    tag: 'jobs',
    summary: 'Forecast a portfolio that is in the request',
    headers: idempotent,
    body: BatchForecast,
    answers: { 202: accepted },
    problems: [404, 409, 413, 415, 422, 507],
  },
  createUpload: {
    method: 'POST',
    path: `${API}/uploads`,
    permission: 'run',
    tag: 'uploads',
    summary: 'Take in files, streamed',
    takes: 'multipart',
    answers: { 201: { description: 'Taken in.', schema: Uploads } },
    problems: [408, 413, 415, 422, 507],
  },
  getUpload: {
    method: 'GET',
    path: `${API}/uploads/{id}`,
    permission: 'read',
    tag: 'uploads',
    summary: 'One upload',
    params: id,
    answers: { 200: { description: 'The upload.', schema: Upload } },
    problems: [404],
  },
  deleteUpload: {
    method: 'DELETE',
    path: `${API}/uploads/{id}`,
    permission: 'run',
    tag: 'uploads',
    summary: 'Remove an upload that no unfinished job reads',
    params: id,
    answers: { 204: { description: 'Removed.' } },
    problems: [404, 409],
  },
  checkUpload: {
    method: 'POST',
    path: `${API}/uploads/{id}/check`,
    permission: 'run',
    tag: 'uploads',
    summary: 'How a file is understood, and what would be repaired',
    params: id,
    query: z.object({ locale }),
    body: CheckRequest,
    answers: { 200: { description: 'What was understood.', schema: Check } },
    problems: [404, 413, 415, 422],
  },
  checkUploads: {
    method: 'POST',
    path: `${API}/checks`,
    permission: 'run',
    tag: 'uploads',
    summary: 'The same for several files of one run',
    query: z.object({ locale }),
    body: ChecksRequest,
    answers: { 200: { description: 'What was understood.', schema: Check } },
    problems: [404, 413, 415, 422],
  },
  getCheckReport: {
    method: 'GET',
    path: `${API}/uploads/{id}/check/report.csv`,
    permission: 'read',
    tag: 'uploads',
    summary: 'Every repair and every problem of a file, with its place',
    params: id,
    query: z.object({ locale, read: z.string().max(10_000).optional().describe('Options of reading, as JSON.') }),
    answers: { 200: { description: 'The list, streamed.', contentType: 'text/csv' } },
    problems: [404, 422],
  },
  createSample: {
    method: 'POST',
    path: `${API}/uploads/sample`,
    permission: 'run',
    tag: 'uploads',
    summary: 'The sample portfolio, as if it were uploaded',
    answers: { 201: { description: 'Taken in.', schema: Upload } },
    problems: [507],
  },
  createEstimate: {
    method: 'POST',
    path: `${API}/estimates`,
    permission: 'run',
    tag: 'jobs',
    summary: 'How long a job would take',
    body: EstimateRequest,
    answers: { 200: { description: 'Seconds, and a range.', schema: Estimate } },
    problems: [404, 413, 415, 422],
  },
  createJob: {
    method: 'POST',
    path: `${API}/jobs`,
    permission: 'run',
    tag: 'jobs',
    summary: 'Forecast what was uploaded',
    headers: idempotent,
    body: NewJob,
    answers: { 202: accepted },
    problems: [404, 409, 413, 415, 422, 507],
  },
  listJobs: {
    method: 'GET',
    path: `${API}/jobs`,
    permission: 'read',
    tag: 'jobs',
    summary: 'Jobs, the newest first',
    query: z.object({ cursor, limit: limit(200, 50), state: JobState.optional() }),
    answers: { 200: { description: 'A page.', schema: JobPage } },
    problems: [],
  },
  getJob: {
    method: 'GET',
    path: `${API}/jobs/{id}`,
    permission: 'read',
    tag: 'jobs',
    summary: 'One job with its progress',
    params: id,
    query: z.object({ locale }),
    answers: job,
    problems: [404],
  },
  deleteJob: {
    method: 'DELETE',
    path: `${API}/jobs/{id}`,
    permission: 'manage',
    tag: 'jobs',
    summary: 'Remove a job that has ended, with all that belongs to it',
    params: id,
    answers: { 204: { description: 'Removed.' } },
    problems: [404, 409],
  },
  pauseJob: { ...control, path: `${API}/jobs/{id}/pause`, summary: 'Stop for now; what is finished is kept' },
  resumeJob: { ...control, path: `${API}/jobs/{id}/resume`, summary: 'Go on with a paused job' },
  cancelJob: { ...control, path: `${API}/jobs/{id}/cancel`, summary: 'Stop for good; what is finished is kept' },
  retryJob: {
    ...control,
    path: `${API}/jobs/{id}/retry`,
    summary: 'Try again what failed, was cut short or cancelled; the rest is kept',
  },
  streamEvents: {
    method: 'GET',
    path: `${API}/jobs/{id}/events`,
    permission: 'read',
    tag: 'jobs',
    summary: 'Events as they come (SSE): state, progress, series, problem',
    params: id,
    headers: z.object({
      'last-event-id': z
        .string()
        .regex(/^\d{1,12}$/)
        .optional()
        .describe('Events after this one; without it, all.'),
    }),
    answers: { 200: { description: 'A stream that ends with the job.', contentType: 'text/event-stream' } },
    problems: [404],
  },
  listResults: {
    method: 'GET',
    path: `${API}/jobs/{id}/results`,
    permission: 'read',
    tag: 'results',
    summary: 'Results by page, also while the job runs',
    params: id,
    query: z.object({
      cursor,
      limit: limit(1000, 100),
      model: word,
      pattern: word,
      status: SeriesStatus.optional(),
      grade: z.enum(['high', 'fair', 'low']).optional(),
      abc: z.enum(['A', 'B', 'C']).optional(),
      xyz: z.enum(['X', 'Y', 'Z']).optional(),
      exception: ExceptionKind.optional().describe('Series that have one of this kind.'),
      review: ReviewState.optional(),
      min_skill: signed,
      max_skill: signed,
      min_confidence: number,
      max_confidence: number,
      q: z.string().min(1).max(200).optional().describe('Part of the name, in any case.'),
      sort: Sort.optional().describe('`position` by default; `-` turns it round.'),
    }),
    answers: { 200: { description: 'A page.', schema: ResultPage } },
    problems: [404],
  },
  getSeries: {
    method: 'GET',
    path: `${API}/jobs/{id}/series/{name}`,
    permission: 'read',
    tag: 'results',
    summary: 'One series whole: history, forecast, bands, trials, reasons',
    params: seriesOf,
    query: z.object({ locale }),
    answers: { 200: { description: 'The series; `ETag` is the version of its overrides.', schema: SeriesDetail } },
    problems: [404],
  },
  putOverrides: {
    method: 'PUT',
    path: `${API}/jobs/{id}/series/{name}/overrides`,
    permission: 'run',
    tag: 'results',
    summary: 'Put numbers of a person in place of the forecast, with reason and author',
    params: seriesOf,
    headers: ifMatch,
    body: NewOverrides,
    answers: { 200: { description: 'As they stand now.', schema: Overrides } },
    problems: [404, 409, 412, 413, 415, 422, 428],
  },
  exportJob: {
    method: 'GET',
    path: `${API}/jobs/{id}/exports/{format}`,
    permission: 'read',
    tag: 'results',
    summary: 'The results of a job that has ended, as a file, with the overrides',
    params: z.object({ id: Id, format: z.enum(['csv', 'xlsx', 'json', 'html']) }),
    query: z.object({
      profile: word.describe('Of CSV: `dated` (default), `excel`, `legacy-v1`, or one for another system.'),
      locale,
      file_locale: locale.describe(
        'Whose decimal sign and delimiter the profile `excel` has; that of the texts by default.',
      ),
      set: settings,
      previous: Id.optional().describe('A job that another system holds: only what differs is written.'),
    }),
    answers: { 200: { description: 'The file, streamed.', contentType: '*/*' } },
    problems: [404, 409, 413],
  },
  listProfiles: {
    method: 'GET',
    path: `${API}/jobs/{id}/profiles`,
    permission: 'read',
    tag: 'results',
    summary: 'In which forms of CSV the results can be taken: a dry run of each, with control totals',
    params: id,
    query: z.object({ locale, set: settings }),
    answers: { 200: { description: 'The profiles.', schema: ExportProfiles } },
    problems: [404, 409],
  },
  listExceptions: {
    method: 'GET',
    path: `${API}/jobs/{id}/exceptions`,
    permission: 'read',
    tag: 'results',
    summary: 'What a planner should look at: the worst first, then the most at stake; empty until the job has ended',
    params: id,
    query: z.object({
      cursor,
      limit: limit(1000, 100),
      kind: ExceptionKind.optional(),
      severity: Severity.optional(),
      state: ReviewState.optional(),
      locale,
    }),
    answers: { 200: { description: 'A page.', schema: ExceptionPage } },
    problems: [404],
  },
  getSummary: {
    method: 'GET',
    path: `${API}/jobs/{id}/summary`,
    permission: 'read',
    tag: 'results',
    summary: 'A job in numbers, and against another one',
    params: id,
    query: z.object({ against: Id.optional() }),
    answers: { 200: { description: 'The numbers.', schema: Summary } },
    problems: [404],
  },
  listTotals: {
    method: 'GET',
    path: `${API}/jobs/{id}/totals`,
    permission: 'read',
    tag: 'results',
    summary: 'Totals of the hierarchy, which add up with the series; each is a series of its own too',
    params: id,
    query: z.object({ cursor, limit: limit(1000, 100) }),
    answers: { 200: { description: 'A page.', schema: TotalPage } },
    problems: [404],
  },
  putReview: {
    method: 'PUT',
    path: `${API}/jobs/{id}/series/{name}/review`,
    permission: 'run',
    tag: 'results',
    summary: 'Say where a series stands: open, accepted, later',
    params: seriesOf,
    headers: z.object({
      'if-match': z
        .string()
        .max(100)
        .optional()
        .describe('ETag of the word before; without it the newest word counts.'),
    }),
    body: NewReview,
    answers: { 200: { description: 'As it stands now.', schema: Review } },
    problems: [404, 412, 413, 415, 422],
  },
  compareJobs: {
    method: 'GET',
    path: `${API}/jobs/{id}/compare/{other}`,
    permission: 'read',
    tag: 'results',
    summary: 'What changed from another job to this one, and why',
    params: z.object({ id: Id, other: Id }),
    query: z.object({ cursor, limit: limit(1000, 100), locale }),
    answers: { 200: { description: 'A page, in the order of names.', schema: ChangePage } },
    problems: [404],
  },
  listDeliveries: {
    method: 'GET',
    path: `${API}/webhook-deliveries`,
    permission: 'read',
    tag: 'webhooks',
    summary: 'What was sent to webhooks, the newest first',
    query: z.object({ cursor, limit: limit(200, 50), job_id: Id.optional(), state: DeliveryState.optional() }),
    answers: { 200: { description: 'A page.', schema: DeliveryPage } },
    problems: [],
  },
  replayDelivery: {
    method: 'POST',
    path: `${API}/webhook-deliveries/{id}/replay`,
    permission: 'run',
    tag: 'webhooks',
    summary: 'Send a message once more, with the same id',
    params: id,
    answers: { 202: { description: 'It will be sent.', schema: Delivery } },
    problems: [404],
  },
  getAbout: {
    method: 'GET',
    path: `${API}/about`,
    permission: 'read',
    tag: 'server',
    summary: 'Version, limits and formats of this server',
    answers: {
      200: {
        description: 'What it is.',
        schema: About,
      },
    },
    problems: [],
  },
  getOpenApi: {
    method: 'GET',
    path: `${API}/openapi.json`,
    permission: 'public',
    tag: 'server',
    summary: 'This contract, as OpenAPI 3.1',
    answers: { 200: { description: 'The document.', schema: z.looseObject({ openapi: z.string() }) } },
    problems: [],
  },
  getDocs: {
    method: 'GET',
    path: '/docs',
    permission: 'public',
    tag: 'server',
    summary: 'This contract, to be read',
    answers: { 200: { description: 'A page.', contentType: 'text/html' } },
    problems: [],
  },
  getLive: {
    method: 'GET',
    path: '/livez',
    permission: 'public',
    tag: 'server',
    summary: 'Whether the process answers',
    answers: { 200: { description: 'It does.', contentType: 'text/plain' } },
    problems: [],
  },
  getReady: {
    method: 'GET',
    path: '/readyz',
    permission: 'public',
    tag: 'server',
    summary: 'Whether it takes requests: the store answers, and it is not about to end',
    answers: { 200: { description: 'It does.', contentType: 'text/plain' } },
    problems: [],
  },
  getMetrics: {
    method: 'GET',
    path: '/metrics',
    permission: 'read',
    tag: 'server',
    summary: 'Counters for Prometheus',
    answers: { 200: { description: 'Text format 0.0.4.', contentType: 'text/plain' } },
    problems: [],
  },
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof ROUTES
