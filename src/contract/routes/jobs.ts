import { z } from 'zod'
import { Estimate, EstimateRequest } from '../estimate.ts'
import { BatchForecast, Job, JobPage, JobState, NewJob } from '../job.ts'
import type { Route } from '../route.ts'
import { API, cursor, id, limit, locale } from './parts.ts'

const idempotent = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The same request again, with the same key, is done once.'),
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

const begun = {
  method: 'POST',
  permission: 'run',
  tag: 'jobs',
  headers: idempotent,
  answers: { 202: accepted },
  problems: [404, 409, 413, 415, 422, 507],
} as const

/** Runs: begun, followed, controlled. */
export const jobRoutes = {
  createBatchForecast: {
    ...begun,
    path: `${API}/batch-forecast`,
    summary: 'Forecast a portfolio that is in the request',
    body: BatchForecast,
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
  createJob: { ...begun, path: `${API}/jobs`, summary: 'Forecast what was uploaded', body: NewJob },
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
} as const satisfies Record<string, Route>
