import type { CheckGroup } from '../../../src/contract/check-groups.ts'
import type { Config } from '../../../src/contract/config.ts'
import type { Estimate } from '../../../src/contract/estimate.ts'
import type { Exception, ExceptionPage } from '../../../src/contract/exception.ts'
import type { ExportProfile } from '../../../src/contract/export.ts'
import type { Job, ReadOptions } from '../../../src/contract/job.ts'
import type { ProblemBody } from '../../../src/contract/problem.ts'
import type { Change, ChangePage, ResultPage, ResultRow, SeriesDetail } from '../../../src/contract/result.ts'
import type { Summary } from '../../../src/contract/summary.ts'
import type { Check, Upload } from '../../../src/contract/upload.ts'

export type {
  Change,
  ChangePage,
  Check,
  CheckGroup,
  Config,
  Estimate,
  Exception,
  ExceptionPage,
  ExportProfile,
  Job,
  ProblemBody,
  ReadOptions,
  ResultPage,
  ResultRow,
  SeriesDetail,
  Summary,
  Upload,
}

const API = '/api/v2'

/** What the server said no with; `status` 0 where it did not answer. */
export class ApiProblem extends Error {
  readonly status: number
  readonly body: ProblemBody | null
  constructor(status: number, body: ProblemBody | null) {
    super(body?.detail ?? `HTTP ${status}`)
    this.status = status
    this.body = body
  }
}

type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>

export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === null || value === ''
      ? []
      : Array.isArray(value)
        ? (value as readonly string[]).map((each) => [name, each])
        : [[name, String(value)]],
  )
  const text = new URLSearchParams(given).toString()
  return `${API}${path}${text === '' ? '' : `?${text}`}`
}

interface Asking {
  readonly query?: Query
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

async function ask(method: string, path: string, { query, body, headers, signal }: Asking = {}): Promise<Response> {
  const response = await fetch(address(path, query), {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ApiProblem(0, null)
  })
  if (response.ok) return response
  throw new ApiProblem(response.status, (await response.json().catch(() => null)) as ProblemBody | null)
}

export const get = async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  (await (await ask('GET', path, { ...(query && { query }), ...(signal && { signal }) })).json()) as T

export const send = async <T>(method: string, path: string, asking: Asking = {}): Promise<T> => {
  const response = await ask(method, path, asking)
  return (response.status === 204 ? null : await response.json()) as T
}

/** With the version that a change must name. */
export async function getVersioned<T>(path: string, query?: Query): Promise<{ value: T; etag: string }> {
  const response = await ask('GET', path, { ...(query && { query }) })
  return { value: (await response.json()) as T, etag: response.headers.get('etag') ?? '' }
}

export const jobPath = (id: string): string => `/jobs/${id}`
export const seriesPath = (id: string, name: string): string => `/jobs/${id}/series/${encodeURIComponent(name)}`
