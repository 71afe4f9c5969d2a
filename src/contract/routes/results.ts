import { z } from 'zod'
import { ExceptionPage } from '../exception.ts'
import { ExceptionKind, Severity } from '../finding.ts'
import { Id } from '../job.ts'
import { ChangePage, NewOverrides, Overrides, ResultPage, SeriesDetail, SeriesStatus, Sort } from '../result.ts'
import { NewReview, Review, ReviewState } from '../review.ts'
import type { Route } from '../route.ts'
import { Summary, TotalPage } from '../summary.ts'
import { API, cursor, id, limit, locale, seriesOf, word } from './parts.ts'

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
const ifMatch = z.object({
  'if-match': z.string().max(100).optional().describe('The ETag that was changed; 428 without it.'),
})

/** What a run has found, and what people say of it. */
export const resultRoutes = {
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
} as const satisfies Record<string, Route>
