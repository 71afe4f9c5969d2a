import { availableParallelism } from 'node:os'
import { version } from '../../batch/version.ts'
import { openApi } from '../../contract/openapi.ts'
import { EXPORTS } from '../../contract/routes.ts'
import { LANGUAGES } from '../../i18n/catalogue.ts'
import { docsPage } from '../docs-page.ts'
import type { Handlers } from '../handler.ts'
import type { Metrics } from '../metrics.ts'

const TEXT = { 'content-type': 'text/plain; charset=utf-8' }

export const pageHandlers = (metrics: Metrics) => {
  const document = openApi(version())
  return {
    async getAbout(_, { store, settings }) {
      const body = {
        version: version(),
        store: store.kind,
        cores: availableParallelism(),
        exports: Object.keys(EXPORTS),
        locales: [...LANGUAGES],
        limits: Object.fromEntries(Object.entries(settings.limits)),
      }
      return { status: 200, body }
    },
    getOpenApi: async () => ({ status: 200, body: document }),
    getDocs: async () => ({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': DOCS_CSP },
      body: docsPage(version()),
    }),
    getLive: async () => ({ status: 200, headers: TEXT, body: 'ok\n' }),
    async getReady(_, { store, isEnding }) {
      if (isEnding()) return { status: 503, headers: TEXT, body: 'ending\n' }
      return (await store.answers())
        ? { status: 200, headers: TEXT, body: 'ok\n' }
        : { status: 503, headers: TEXT, body: 'store\n' }
    },
    getMetrics: async () => ({
      status: 200,
      headers: { 'content-type': metrics.registry.contentType },
      body: await metrics.registry.metrics(),
    }),
  } satisfies Partial<Handlers>
}

/** The page loads nothing. */
const DOCS_CSP = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
