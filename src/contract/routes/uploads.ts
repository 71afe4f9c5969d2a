import { z } from 'zod'
import type { Route } from '../route.ts'
import { Check, CheckRequest, ChecksRequest, Upload, Uploads } from '../upload.ts'
import { API, id, locale } from './parts.ts'

const check = {
  method: 'POST',
  permission: 'run',
  tag: 'uploads',
  query: z.object({ locale }),
  answers: { 200: { description: 'What was understood.', schema: Check } },
  problems: [404, 413, 415, 422],
} as const

/** Files, taken in and checked. */
export const uploadRoutes = {
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
    ...check,
    path: `${API}/uploads/{id}/check`,
    summary: 'How a file is understood, and what would be repaired',
    params: id,
    body: CheckRequest,
  },
  checkUploads: {
    ...check,
    path: `${API}/checks`,
    summary: 'The same for several files of one run',
    body: ChecksRequest,
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
} as const satisfies Record<string, Route>
