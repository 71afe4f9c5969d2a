import { Problem, problem } from '../messages.ts'
import type { AdoptedRun } from '../server/adopt.ts'
import { LIMITS } from '../server/settings.ts'
import { startServer } from '../server/start.ts'
import { UsageError } from './errors.ts'
import { EXIT } from './exit-codes.ts'
import { interruptible } from './interrupt.ts'
import { openPage } from './open-page.ts'
import { toStderr } from './output.ts'
import { preparePages } from './pages.ts'
import { fromCaller } from './paths.ts'
import type { ServeFlags } from './serve-options.ts'
import type { Say } from './words.ts'

const MOST_PORTS = 65_535
const MOST_A_MINUTE = 1e9
/** Seconds that what is under way may take to end; an orchestrator waits 30. */
const PATIENCE_MS = 25_000

function whole(field: string, text: string, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= most) return value
  throw new Problem(problem('config_invalid', { field, value: text, expected: `0 – ${most}` }))
}

/** Serves until it is told to end; what runs then goes on at the next start. A finished run can be shown at once. */
export async function serve(flags: ServeFlags, say: Say, run?: AdoptedRun): Promise<number> {
  const interrupt = interruptible(PATIENCE_MS)
  const requestsPerMinute =
    flags.rateLimit === undefined ? LIMITS.requestsPerMinute : whole('--rate-limit', flags.rateLimit, MOST_A_MINUTE)
  await preparePages(say)
  const server = await startServer({
    host: flags.host,
    port: whole('--port', flags.port, MOST_PORTS),
    dataDir: fromCaller(flags.dataDir),
    databaseUrl: flags.databaseUrl ?? process.env.ARFC_DATABASE_URL,
    allowedHosts: flags.allowedHost,
    allowedWebhooks: flags.allowWebhook,
    newToken: flags.newToken === true,
    limits: { ...LIMITS, requestsPerMinute },
    ...(run !== undefined && { logLevel: 'warn' }),
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new UsageError(say('serve.port_taken', { port: flags.port })) : error
  })
  const page = run === undefined ? server.url : `${server.url}/runs/${await server.adopt(run)}/review`
  if (run !== undefined) toStderr(say('demo.serving', { url: page }))
  toStderr(say('serve.ready', { url: server.url }))
  if (run === undefined) toStderr(say('serve.secret', { file: server.secretFile }))
  if (server.token !== null) toStderr(say('serve.token', { token: server.token, url: server.url }))
  if (flags.open) await openPage(server.token === null ? page : `${server.url}/start?token=${server.token}`)
  await new Promise<void>((resolve) => {
    if (interrupt.signal.aborted) resolve()
    interrupt.signal.addEventListener('abort', () => resolve())
  })
  toStderr(say('serve.ending'))
  await server.close()
  interrupt.done()
  return EXIT.done
}
