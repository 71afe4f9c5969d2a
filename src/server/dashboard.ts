import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Where the built pages lie, beside the sources and beside the published library alike. */
const DASHBOARD = join(import.meta.dirname, '../../dashboard/dist')

/**
 * The pages load nothing from elsewhere and run no script that is not a file of theirs. The charts set styles on
 * elements and add a style sheet of their own.
 */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Addresses of the pages; each is the one document, which reads the address itself. */
const PAGES = ['/', '/new', '/new/*', '/runs/*', '/settings']
/** Beside the document; what is below `/assets/` is named by its content. */
const FILES = ['theme.js', 'icon.svg']
const YEAR = 31_536_000

/** Serves the dashboard, if it is built. What is shown comes from the routes, which ask who asks. */
export async function addDashboard(app: FastifyInstance): Promise<void> {
  const document = join(DASHBOARD, 'index.html')
  if (!existsSync(document)) {
    app.get('/', async (_, reply) => reply.redirect('/docs', 303))
    return
  }
  // looked up when asked for: a newer build may come while this runs
  await app.register(fastifyStatic, {
    ...{ root: join(DASHBOARD, 'assets'), prefix: '/assets/', index: false, preCompressed: true, cacheControl: false },
    setHeaders: (reply) => {
      reply.header('cache-control', `public, max-age=${YEAR}, immutable`)
    },
  })
  for (const name of FILES)
    app.get(`/${name}`, (_, reply) => {
      reply.header('cache-control', 'no-cache')
      return reply.sendFile(name, DASHBOARD)
    })
  const headers = { 'content-security-policy': CSP, 'cache-control': 'no-cache' }
  for (const page of PAGES)
    app.get(page, async (_, reply) =>
      reply
        .headers(headers)
        .type('text/html; charset=utf-8')
        .send(await readFile(document)),
    )
}
