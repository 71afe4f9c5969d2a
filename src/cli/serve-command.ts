import { Problem, problem } from '../messages.ts'
import { LIMITS } from '../server/settings.ts'
import { startServer } from '../server/start.ts'
import { EXIT } from './exit-codes.ts'
import { interruptible } from './interrupt.ts'
import { toStderr } from './output.ts'
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

/** Serves until it is told to end; what runs then goes on at the next start. */
export async function serve(flags: ServeFlags, say: Say): Promise<number> {
  const interrupt = interruptible(PATIENCE_MS)
  const requestsPerMinute =
    flags.rateLimit === undefined ? LIMITS.requestsPerMinute : whole('--rate-limit', flags.rateLimit, MOST_A_MINUTE)
  const server = await startServer({
    host: flags.host,
    port: whole('--port', flags.port, MOST_PORTS),
    dataDir: fromCaller(flags.dataDir),
    databaseUrl: flags.databaseUrl ?? process.env.ARFC_DATABASE_URL,
    allowedHosts: flags.allowedHost,
    allowedWebhooks: flags.allowWebhook,
    newToken: flags.newToken === true,
    limits: { ...LIMITS, requestsPerMinute },
  })
  toStderr(say('serve.ready', { url: server.url }))
  toStderr(say('serve.secret', { file: server.secretFile }))
  if (server.token !== null) toStderr(say('serve.token', { token: server.token, url: server.url }))
  await new Promise<void>((resolve) => {
    if (interrupt.signal.aborted) resolve()
    interrupt.signal.addEventListener('abort', () => resolve())
  })
  toStderr(say('serve.ending'))
  await server.close()
  interrupt.done()
  return EXIT.done
}
