import { availableParallelism } from 'node:os'
import { version } from '../../batch/version.ts'
import { EXPORTS } from '../../contract/routes.ts'
import { LANGUAGES } from '../../i18n/catalogue.ts'
import { resolveConfig } from '../../processor/config.ts'
import { PRESETS } from '../../processor/presets.ts'
import { docsPage } from '../docs-page.ts'
import type { Handlers } from '../handler.ts'
import type { Metrics } from '../metrics.ts'
import { wireConfigOf } from '../wire-config.ts'

const TEXT = { 'content-type': 'text/plain; charset=utf-8' }

export const pageHandlers = (metrics: () => Promise<Metrics>) => {
  let document: Promise<object> | null = null
  return {
    async getAbout(_, { store, settings }) {
      const body = {
        version: version(),
        store: store.kind,
        cores: availableParallelism(),
        exports: Object.keys(EXPORTS),
        locales: [...LANGUAGES],
        defaults: wireConfigOf(resolveConfig({})),
        presets: Object.fromEntries(Object.entries(PRESETS).map(([name, options]) => [name, wireConfigOf(options)])),
        limits: Object.fromEntries(Object.entries(settings.limits)),
      }
      return { status: 200, body }
    },
    async getOpenApi() {
      // made when somebody asks, not at the start
      document ??= import('../../contract/openapi.ts').then(({ openApi }) => openApi(version()))
      return { status: 200, body: await document }
    },
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
    async getMetrics() {
      const { registry } = await metrics()
      return { status: 200, headers: { 'content-type': registry.contentType }, body: await registry.metrics() }
    },
  } satisfies Partial<Handlers>
}

/** The page loads nothing. */
const DOCS_CSP = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
