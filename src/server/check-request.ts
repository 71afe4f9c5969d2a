import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { BatchForecast } from '../contract/job.ts'
import type { Route } from '../contract/route.ts'
import { ROUTES, type RouteName } from '../contract/routes.ts'
import { problem } from '../messages.ts'
import { type Fault, faultsOf } from './faults.ts'
import { checkPortfolio } from './portfolio-body.ts'
import { RequestProblem, refusal } from './request-problem.ts'

/** Parts of a request as its schemas give them. */
export interface Checked {
  readonly params: unknown
  readonly query: unknown
  readonly headers: unknown
  readonly body: unknown
}

/** Queries without fields that nobody knows; made once, as schemas take longer to make than to use. */
const QUERIES: Readonly<Record<string, z.ZodType | undefined>> = Object.fromEntries(
  Object.entries<Route>(ROUTES).map(([name, { query }]) => [name, query?.strict()]),
)

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const BatchWithoutSeries = BatchForecast.extend({ portfolio: z.custom<object>(isObject, 'object') })

/** Checks every part by the schemas of the contract; throws one problem with all faults. An id of no form is unknown. */
export function checkRequest(name: RouteName, request: FastifyRequest): Checked {
  const route: Route = ROUTES[name]
  const params = route.params?.safeParse(request.params)
  if (params?.success === false) {
    const { path } = params.error.issues[0]!
    const id = String((request.params as Record<string, string>)[String(path[0])] ?? '').slice(0, 200)
    throw refusal('resource_unknown', { kind: String(path[0]) === 'id' ? kindOf(route) : String(path[0]), id })
  }
  const faults: Fault[] = []
  const query = part(QUERIES[name], request.query, '?', faults)
  const headers = part(route.headers, request.headers, ':', faults)
  const body = route.body === undefined ? undefined : checkBody(name, route, request.body, faults)
  if (faults.length > 0) throw new RequestProblem(faults)
  return { params: params?.data, query, headers, body }
}

const kindOf = ({ tag }: Route): string => ({ uploads: 'upload', webhooks: 'delivery' })[tag] ?? 'job'

function part(schema: z.ZodType | undefined, input: unknown, sign: string, faults: Fault[]): unknown {
  if (schema === undefined) return undefined
  const checked = schema.safeParse(input)
  if (checked.success) return checked.data
  for (const fault of faultsOf(checked.error, input, '', schema))
    faults.push({ ...fault, pointer: sign + fault.pointer.slice(1) })
  return undefined
}

function checkBody(name: RouteName, route: Route, input: unknown, faults: Fault[]): unknown {
  const schema = name === 'createBatchForecast' ? BatchWithoutSeries : route.body!
  if (input === undefined) {
    faults.push({ pointer: '', problem: problem('field_missing', { field: '/' }) })
    return undefined
  }
  const checked = schema.safeParse(input)
  if (!checked.success) faults.push(...faultsOf(checked.error, input, '', schema))
  if (name !== 'createBatchForecast') return checked.data
  const { portfolio } = isObject(input) ? (input as { portfolio?: unknown }) : {}
  if (!isObject(portfolio)) return checked.data
  const { pairs, faults: inSeries } = checkPortfolio(portfolio)
  faults.push(...inSeries)
  return { ...(checked.data as object | undefined), portfolio: pairs }
}
