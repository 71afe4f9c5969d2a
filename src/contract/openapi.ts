import type { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiMediaTypeObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi'
import { EVENTS } from './events.ts'
import { ProblemBody } from './problem.ts'
import { type Answer, COMMON_PROBLEMS, type Route } from './route.ts'
import { ROUTES } from './routes.ts'
import { WebhookBody } from './webhook.ts'

const STATUS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read.',
  401: 'An access token is needed.',
  403: 'Not allowed.',
  404: 'There is no such thing.',
  408: 'The request came too slowly.',
  409: 'Not in this state.',
  412: 'It was changed meanwhile.',
  413: 'Too large.',
  415: 'Not a type that is taken here.',
  421: 'Not this host.',
  422: 'It says something that cannot be done; every fault is listed.',
  428: 'The version that was changed is needed.',
  429: 'Too many requests.',
  500: 'A fault of the server.',
  503: 'Not now.',
  507: 'No room.',
}

/** OpenAPI 3.1 of the route table; the same table is what the server registers and validates by. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const [operationId, route] of Object.entries<Route>(ROUTES)) {
    paths[route.path] ??= {}
    paths[route.path]![route.method.toLowerCase()] = operation(operationId, route)
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'ARIMA Forecaster',
      version,
      description: 'Problems are `application/problem+json` (RFC 9457) and list every fault at once.',
    },
    paths: paths as ZodOpenApiPathsObject,
    components: {
      schemas: { WebhookBody, StateEvent: EVENTS.state, SeriesEvent: EVENTS.series },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{}, { token: [] }],
  })
}

function operation(operationId: string, route: Route): ZodOpenApiOperationObject {
  const problems = [...new Set([...COMMON_PROBLEMS, ...route.problems])].sort((a, b) => a - b)
  return {
    operationId,
    summary: route.summary,
    tags: [route.tag],
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
      ...(route.headers && { header: route.headers }),
    },
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    ...(route.takes === 'multipart' && { requestBody: { required: true, content: { 'multipart/form-data': FILES } } }),
    responses: {
      ...Object.fromEntries(Object.entries(route.answers).map(([status, answer]) => [status, response(answer)])),
      ...Object.fromEntries(problems.map((status) => [status, problem(status)])),
    },
  }
}

const FILES: ZodOpenApiMediaTypeObject = {
  schema: {
    type: 'object',
    required: ['file'],
    properties: { file: { type: 'array', items: { type: 'string', format: 'binary' } } },
  },
}

function response({ description, schema, contentType }: Answer) {
  if (schema !== undefined) return { description, content: { 'application/json': { schema: schema as z.ZodType } } }
  if (contentType === undefined) return { description }
  return { description, content: { [contentType]: { schema: {} } } }
}

const problem = (status: number) => ({
  description: STATUS[status] ?? '',
  content: { 'application/problem+json': { schema: ProblemBody } },
})
