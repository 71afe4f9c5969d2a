import type { ProblemBody } from '../contract/problem.ts'
import { render } from '../i18n/render.ts'
import { type MessageCode, type Params, type Problem, problem } from '../messages.ts'
import type { Fault } from './faults.ts'

/** The status of each code that a request may end with; the engine's own are 422. */
const STATUS: Partial<Record<MessageCode, number>> = {
  json_invalid: 400,
  json_too_large: 413,
  json_key_duplicated: 400,
  body_too_large: 413,
  file_too_large: 413,
  media_type_unsupported: 415,
  request_unreadable: 400,
  request_too_slow: 408,
  cursor_invalid: 400,
  route_unknown: 404,
  method_not_allowed: 405,
  resource_unknown: 404,
  job_state_unfit: 409,
  upload_in_use: 409,
  idempotency_key_reused: 422,
  version_required: 428,
  version_stale: 412,
  token_required: 401,
  host_refused: 421,
  cross_site_refused: 403,
  rate_limited: 429,
  jobs_too_many: 429,
  storage_full: 507,
  server_ending: 503,
  store_unavailable: 503,
  internal_error: 500,
}

/** A request that is refused, with every fault of it. */
export class RequestProblem extends Error {
  readonly status: number
  readonly faults: readonly Fault[]
  readonly headers: Readonly<Record<string, string>>

  constructor(faults: readonly Fault[], status?: number, headers: Readonly<Record<string, string>> = {}) {
    super(faults[0]!.problem.code)
    this.faults = faults
    this.status = status ?? STATUS[faults[0]!.problem.code] ?? 422
    this.headers = headers
  }
}

/** A refusal for one reason. */
export const refusal = (
  name: MessageCode,
  params: Params = {},
  pointer = '',
  headers: Readonly<Record<string, string>> = {},
): RequestProblem => new RequestProblem([{ pointer, problem: problem(name, params) }], undefined, headers)

/** What the engine or the readers refuse, as the caller's fault. */
export const fromProblem = (error: Problem): RequestProblem =>
  new RequestProblem(error.all.map((each) => ({ pointer: '', problem: each })))

/** The body of a refusal (RFC 9457). */
export function problemBody({ faults, status }: RequestProblem, requestId: string, locale = 'en'): ProblemBody {
  const [first] = faults
  const errors = faults.map(({ pointer, problem: { code, params } }) => ({
    code,
    params,
    pointer,
    detail: render({ code, params }, locale),
  }))
  return {
    type: `urn:arima-forecaster:problem:${first!.problem.code}`,
    title: first!.problem.code.replaceAll('_', ' '),
    status,
    detail: errors[0]!.detail,
    code: first!.problem.code,
    request_id: requestId,
    errors,
  }
}
