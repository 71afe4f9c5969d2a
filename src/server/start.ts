import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openStore } from '../store/open-store.ts'
import { forgetRequests } from '../store/queries/idempotency.ts'
import { lockFolder } from '../store/run-lock.ts'
import { LOCAL } from '../store/schema.ts'
import { accessOf } from './access.ts'
import { type AdoptedRun, adoptRun } from './adopt.ts'
import { addRoutes, makeApp } from './app.ts'
import { addDashboard } from './dashboard.ts'
import { EventHub } from './event-hub.ts'
import { JobRunner } from './job-runner.ts'
import { KeptAnswers } from './kept-answers.ts'
import { SETTINGS, type ServerSettings } from './settings.ts'
import { WebhookSender } from './webhooks/sender.ts'
import { newSecret } from './webhooks/sign.ts'
import { jobOf } from './wire-job.ts'

export interface RunningServer {
  /** `http://127.0.0.1:8502` */
  readonly url: string
  /** A new access token, to be shown once. */
  readonly token: string | null
  /** Where the secret lies that signs webhooks. */
  readonly secretFile: string
  /** Shows a run that was made elsewhere on this machine; gives the id of its job. */
  adopt(run: AdoptedRun): Promise<string>
  /** Stops taking work, lets what is under way end or rest, and closes. */
  close(): Promise<void>
}

const DAY_MS = 86_400_000

/** Starts a server on a data folder, which it holds alone. Throws `run_folder_held`, `store_version`. */
export async function startServer(
  given: Partial<ServerSettings> & Pick<ServerSettings, 'dataDir'>,
): Promise<RunningServer> {
  const settings: ServerSettings = { ...SETTINGS, ...given, dataDir: resolve(given.dataDir) }
  const { dataDir } = settings
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = lockFolder(dataDir)
  try {
    const owner = kept(join(dataDir, 'server-id'), randomUUID)
    const secretFile = join(dataDir, 'webhook-secret')
    const secret = kept(secretFile, newSecret)
    await removePartial(join(dataDir, 'uploads'))
    const access = accessOf(settings)
    const storePlace = settings.databaseUrl ?? join(dataDir, 'server.sqlite')
    const store = await openStore(storePlace)
    const app = await makeApp(settings, access)
    let isEnding = false
    const hub = new EventHub()
    const common = { store, tenant: LOCAL, owner, log: app.log }
    const { now, random, allowedWebhooks: allowed, jobsAtOnce, sliceSeconds } = settings
    const webhooks = new WebhookSender({ ...common, secret, allowed, now, random })
    const runner = new JobRunner({
      ...common,
      ...{ hub, dataDir, storePlace, jobsAtOnce, sliceSeconds },
      onEnd: (db, row) => webhooks.enqueue(db, row, jobOf(row, null)),
      afterEnd: () => webhooks.wake(),
    })
    const answers = new KeptAnswers()
    const services = { store, storePlace, hub, runner, webhooks, answers, settings, owner, isEnding: () => isEnding }
    addRoutes(app, services)
    await addDashboard(app)
    const url = await app.listen({ host: settings.host, port: settings.port })
    await runner.start()
    await forgetRequests(store.db, LOCAL, Date.now() - DAY_MS)
    webhooks.wake()
    return {
      url,
      token: access.shown,
      secretFile,
      adopt: (run) => adoptRun(services, run),
      async close() {
        if (isEnding) return
        isEnding = true
        await runner.drain()
        await webhooks.close()
        hub.close()
        await app.close()
        await store.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** The text of a file, which is made where it is not there. */
function kept(file: string, make: () => string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const text = make()
  writeFileSync(file, text, { mode: 0o600 })
  return text
}

/** Halves of files from uploads that never ended. */
async function removePartial(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  for (const name of await readdir(folder)) if (name.endsWith('.part')) await rm(join(folder, name), { force: true })
}
