import { z } from 'zod'
import { About } from '../about.ts'
import type { Route } from '../route.ts'
import { API } from './parts.ts'

/** The server itself. */
export const serverRoutes = {
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
