import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Job } from '../../src/contract/job.ts'
import { ProblemBody } from '../../src/contract/problem.ts'
import { COMMON_PROBLEMS, type Route } from '../../src/contract/route.ts'
import { ROUTES, type RouteName } from '../../src/contract/routes.ts'
import { LIMITS, type ServerSettings } from '../../src/server/settings.ts'
import { startServer } from '../../src/server/start.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // what a test looks into, after the contract has looked at all of it
  // biome-ignore lint/suspicious/noExplicitAny: answers of every route
  readonly body: any
  readonly text: string
}

export interface Sent {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** A value is sent as JSON; a text, bytes or a form as it is. */
  readonly body?: unknown
}

/** Calls a route and holds the answer to the contract: its status, its type, and every field of its body. */
export async function call(url: string, name: RouteName, sent: Sent = {}): Promise<Answer> {
  const route: Route = ROUTES[name]
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(sent.params?.[part] ?? ''))
  const query = sent.query === undefined ? '' : `?${new URLSearchParams(sent.query)}`
  const isRaw = typeof sent.body === 'string' || sent.body instanceof Uint8Array || sent.body instanceof FormData
  const response = await fetch(`${url}${path}${query}`, {
    method: route.method,
    headers: {
      ...(sent.body !== undefined && !(sent.body instanceof FormData) && { 'content-type': 'application/json' }),
      ...sent.headers,
    },
    ...(sent.body !== undefined && { body: (isRaw ? sent.body : JSON.stringify(sent.body)) as never }),
    redirect: 'manual',
  })
  return held(name, response)
}

export async function held(name: RouteName, response: Response): Promise<Answer> {
  const route: Route = ROUTES[name]
  const { status, headers } = response
  const text = await response.text()
  const type = headers.get('content-type') ?? ''
  const answer = route.answers[status]
  if (answer === undefined) {
    assert.ok(
      [...COMMON_PROBLEMS, ...route.problems].includes(status),
      `${name} answers ${status}: ${text.slice(0, 300)}`,
    )
    if (name === 'getReady') return { status, headers, body: null, text }
    assert.match(type, /^application\/problem\+json/)
    return { status, headers, body: ProblemBody.parse(JSON.parse(text)), text }
  }
  if (answer.schema === undefined) return { status, headers, body: null, text }
  assert.match(type, /^application\/json/)
  return { status, headers, body: (answer.schema as z.ZodType).parse(JSON.parse(text)), text }
}

export interface Serving {
  readonly url: string
  readonly dataDir: string
  call(name: RouteName, sent?: Sent): Promise<Answer>
  /** Events of a job until it ends. */
  events(jobId: string, after?: number): Promise<{ id: number; kind: string; data: Record<string, unknown> }[]>
  /** Takes a job to its end. */
  finished(jobId: string): Promise<Job>
  close(): Promise<void>
}

/** A server of its own, in this process, in a folder of its own. */
export async function serving(settings: Partial<ServerSettings> = {}, dataDir?: string): Promise<Serving> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'arfc-serve-'))
  const server = await startServer({
    dataDir: folder,
    port: 0,
    logLevel: 'silent',
    limits: { ...LIMITS, requestsPerMinute: 0 },
    ...settings,
  })
  const { url } = server
  const events = async (jobId: string, after = 0) => {
    const response = await fetch(`${url}/api/v2/jobs/${jobId}/events`, { headers: { 'last-event-id': String(after) } })
    return parseEvents(await response.text())
  }
  return {
    url,
    dataDir: folder,
    call: (name, sent) => call(url, name, sent),
    events,
    async finished(jobId) {
      await events(jobId)
      return (await call(url, 'getJob', { params: { id: jobId } })).body as Job
    },
    async close() {
      await server.close()
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function parseEvents(text: string): { id: number; kind: string; data: Record<string, unknown> }[] {
  // the last one is not closed yet
  const frames = text.split('\n\n').slice(0, -1)
  return frames.flatMap((frame) => {
    const field = (name: string): string | undefined => new RegExp(`(?:^|\\n)${name}: ([^\\n]*)`).exec(frame)?.[1]
    const id = field('id')
    return id === undefined ? [] : [{ id: Number(id), kind: field('event')!, data: JSON.parse(field('data')!) }]
  })
}

/** Series that take next to no time: sparse and constant ones. */
export const quick = (count: number, prefix = 'part'): Record<string, number[]> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${prefix} ${i}`,
      Array.from({ length: 20 }, (_, t) => (i % 2 === 0 ? 5 : (t + i) % 4 === 0 ? 1 + (i % 3) : 0)),
    ]),
  )

export const FAST = { effort: 'fast', max_models_to_try: 3, workers: 1 } as const
