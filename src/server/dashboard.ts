import { existsSync, readFileSync } from 'node:fs'
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

/** Serves the dashboard, if it is built; says whether it is. What is shown comes from the routes, which ask who asks. */
export async function addDashboard(app: FastifyInstance, folder = DASHBOARD): Promise<boolean> {
  const document = join(folder, 'index.html')
  if (!existsSync(document)) {
    app.get('/', async (_, reply) => reply.redirect('/docs', 303))
    return false
  }
  const html = readFileSync(document)
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/',
    // files that are there, and no others: an unknown path is a problem like any
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isNamedByContent = path.includes('/assets/')
      reply.header('cache-control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  for (const page of PAGES)
    app.get(page, async (_, reply) =>
      reply
        .headers({ 'content-security-policy': CSP, 'cache-control': 'no-cache' })
        .type('text/html; charset=utf-8')
        .send(html),
    )
  return true
}
