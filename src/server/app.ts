import { createHash, randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import type { Route } from '../contract/route.ts'
import { ROUTES, type RouteName } from '../contract/routes.ts'
import { Problem } from '../messages.ts'
import { type Access, COOKIE, type Principal } from './access.ts'
import { checkRequest } from './check-request.ts'
import type { Asked, Handlers, Services } from './handler.ts'
import { compareHandlers } from './handlers/compare.ts'
import { deliveryHandlers } from './handlers/deliveries.ts'
import { eventHandlers } from './handlers/events.ts'
import { exceptionHandlers } from './handlers/exceptions.ts'
import { exportHandlers } from './handlers/exports.ts'
import { jobHandlers } from './handlers/jobs.ts'
import { pageHandlers } from './handlers/pages.ts'
import { resultHandlers } from './handlers/results.ts'
import { summaryHandlers } from './handlers/summary.ts'
import { uploadHandlers } from './handlers/uploads.ts'
import { parseJson } from './json-text.ts'
import type { Metrics } from './metrics.ts'
import { fromProblem, problemBody, RequestProblem, refusal } from './request-problem.ts'
import type { Limits, ServerSettings } from './settings.ts'
import { storeProblem } from './store-problem.ts'

/** Milliseconds for a whole request, so that one that trickles ends too. */
const WHOLE_REQUEST_MS = 15 * 60_000
const HEADERS_BYTES = 16_384
const FIELDS = 20

/** On every answer. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler is reached. */
    principal: Principal | null
    digest: string
  }
}

/** What JSON leaves as it is, and a terminal or a viewer obeys: controls of eight bits, other line ends, directions. */
const OBEYED = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A line of the log in which nothing acts. */
const visible = (line: string): string =>
  line.replace(OBEYED, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A trace that was begun elsewhere goes on (W3C Trace Context); its id names the request in logs and answers. */
function requestId({ headers }: { headers: Readonly<Record<string, unknown>> }): string {
  const trace = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(headers.traceparent ?? ''))?.[1]
  return trace ?? randomUUID().replaceAll('-', '')
}

/** Requests are checked by the contract: the framework's own validators and serialisers, a hundred files, are not loaded. */
const none = (): never => {
  throw new Error('no schema is given to the framework')
}

/** The HTTP face: every route of the contract, checked, permitted and answered in one way. */
export async function makeApp(settings: ServerSettings, access: Access): Promise<FastifyInstance> {
  const { limits } = settings
  const app = Fastify({
    logger: { level: settings.logLevel, stream: { write: (line: string) => settings.logTo(visible(line)) } },
    // one line a request, below, which names the route and not the address: a start link holds a token
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request) => requestId(request),
    bodyLimit: limits.bodyBytes,
    requestTimeout: WHOLE_REQUEST_MS,
    connectionTimeout: limits.idleSeconds * 1000,
    keepAliveTimeout: limits.idleSeconds * 1000,
    http: { maxHeaderSize: HEADERS_BYTES },
    // no part of a path is longer: a name that is too long is one that nobody has
    routerOptions: { maxParamLength: HEADERS_BYTES },
    schemaController: { compilersFactory: { buildValidator: none, buildSerializer: none } },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, limits),
  })
  app.decorateRequest('principal', null)
  app.decorateRequest('digest', '')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.digest = createHash('sha256').update(body).digest('hex')
    try {
      done(null, body.length === 0 ? undefined : parseJson(body, { depth: limits.jsonDepth, parts: limits.jsonParts }))
    } catch (error) {
      done(error as Error)
    }
  })
  // before the hook that looks at cookies
  await app.register(cookie)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...HEADERS, 'x-request-id': request.id })
    access.guard(request)
    request.principal = access.principal(request)
  })
  await app.register(multipart, {
    limits: { fileSize: limits.uploadBytes, files: limits.filesPerUpload, fields: FIELDS, headerPairs: FIELDS },
  })
  if (limits.requestsPerMinute > 0)
    await app.register(rateLimit, {
      max: limits.requestsPerMinute,
      timeWindow: '1 minute',
      enableDraftSpec: true,
      keyGenerator: ({ principal, ip }: FastifyRequest) => `${principal?.tenant} ${ip}`,
      allowList: ({ url }: FastifyRequest) => url === '/livez' || url === '/readyz',
      errorResponseBuilder: (_, { ttl }) => refusal('rate_limited', { seconds: Math.ceil(ttl / 1000) }),
    })
  errors(app)
  entrance(app, access)
  return app
}

/** Gives every route of the contract to its handler; one without a permission does not start. */
export function addRoutes(app: FastifyInstance, services: Services): void {
  const { runner, webhooks } = services
  let counters: Promise<Metrics> | null = null
  const read = { running: () => runner.running, waiting: () => runner.waiting, webhooks: () => webhooks.counts }
  // with the first answer: nobody waits for them at the start
  const metrics = (): Promise<Metrics> => {
    counters ??= import('./metrics.ts').then(({ metricsOf }) => metricsOf(read))
    return counters
  }
  const handlers: Handlers = {
    ...jobHandlers,
    ...uploadHandlers,
    ...resultHandlers,
    ...exportHandlers,
    ...compareHandlers,
    ...exceptionHandlers,
    ...summaryHandlers,
    ...deliveryHandlers,
    ...eventHandlers(metrics),
    ...pageHandlers(metrics),
  }
  for (const [name, route] of Object.entries<Route>(ROUTES)) add(app, name as RouteName, route, handlers, services)
  app.addHook('onResponse', async ({ routeOptions, method, params, log }, reply) => {
    const labels = { route: routeOptions.url ?? 'unknown', method, status: String(reply.statusCode) }
    const { elapsedTime } = reply
    const { requests } = await metrics()
    requests.observe(labels, elapsedTime / 1000)
    const level = reply.statusCode >= 500 ? 'error' : method === 'GET' ? 'debug' : 'info'
    log[level]({ ...labels, params, ms: Math.round(elapsedTime) }, 'request')
  })
}

function add(app: FastifyInstance, name: RouteName, route: Route, handlers: Handlers, services: Services): void {
  const { method, path, permission } = route
  if (!['public', 'read', 'run', 'manage'].includes(permission)) throw new Error(`${name} declares no permission`)
  const handle = handlers[name] as (asked: Asked<RouteName>, services: Services) => ReturnType<Handlers[RouteName]>
  app.route({
    method,
    url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    // before the body is read
    onRequest: async ({ principal }) => {
      if (!principal?.may.has(permission))
        throw refusal('token_required', {}, '', { 'www-authenticate': 'Bearer realm="arima-forecaster"' })
    },
    handler: async (request, reply) => {
      const checked = checkRequest(name, request)
      const { tenant } = request.principal!
      const asked = { ...checked, tenant, digest: request.digest, request, reply } as unknown as Asked<RouteName>
      const given = await handle(asked, services)
      if (given === null) return reply
      if (given.headers !== undefined) reply.headers(given.headers)
      return reply.status(given.status).send(given.body)
    },
  })
}

/** The start link: its token becomes a cookie, and leaves the address. */
function entrance(app: FastifyInstance, access: Access): void {
  app.get('/start', async (request, reply) => {
    const { token } = request.query as { token?: unknown }
    if (typeof token !== 'string' || !access.isToken(token)) throw refusal('token_required')
    return reply
      .setCookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 30 * 86_400 })
      .redirect('/', 303)
  })
}

/** What is no HTTP, or came too slowly, has no request to answer: the bytes of a problem, and the end. */
function answerUnreadable({ code = '' }: NodeJS.ErrnoException, socket: Socket, limits: Limits): void {
  if (socket.destroyed || code === 'ECONNRESET') return
  const problem =
    code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? refusal('request_too_slow', { seconds: limits.idleSeconds })
      : refusal('request_unreadable', { cause: code.slice(0, 100) })
  const body = JSON.stringify(problemBody(problem, randomUUID().replaceAll('-', '')))
  const status = `${problem.status} ${STATUS_CODES[problem.status]}`
  const length = Buffer.byteLength(body)
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${body}`,
  )
}

function errors(app: FastifyInstance): void {
  app.setNotFoundHandler((request) => {
    const path = request.url.split('?')[0]!
    const allowed = Object.values<Route>(ROUTES)
      .filter((route) => new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
      .map(({ method }) => method)
    if (allowed.length === 0) throw refusal('route_unknown', { path: path.slice(0, 200) })
    const list = [...new Set(allowed)].join(', ')
    throw refusal('method_not_allowed', { method: request.method, allowed: list }, '', { allow: list })
  })
  app.setErrorHandler((error, request, reply) => {
    const problem = asRequestProblem(error as FastifyError, app.initialConfig.bodyLimit ?? 0)
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
    if (reply.raw.headersSent) return reply.raw.destroy()
    return reply
      .status(problem.status)
      .headers(problem.headers)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, request.id)))
  })
}

/** Whatever is thrown, as what the caller may know of it: never a stack, a query or a path. */
function asRequestProblem(error: FastifyError | Error, bodyLimit: number): RequestProblem {
  if (error instanceof RequestProblem) return error
  // what a thread met is logged, and told to nobody
  if (error instanceof Problem && error.code !== 'internal_error') return fromProblem(error)
  const store = storeProblem(error)
  if (store !== null) return store
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>
  if (statusCode === 413) return refusal('body_too_large', { limit: bodyLimit / 1e6 })
  if (statusCode === 415) return refusal('media_type_unsupported', { found: '', expected: 'application/json' })
  if (statusCode >= 400 && statusCode < 500) return refusal('request_unreadable', { cause: code.slice(0, 100) })
  return refusal('internal_error', { cause: 'unexpected' })
}
