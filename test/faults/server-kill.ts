import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { randomStream } from '../../src/math/random.ts'
import { madePortfolio } from './portfolio.ts'
import { freePort, type ServerProcess, startServerProcess } from './server-process.ts'

const JOBS = 3
const SERIES = 10
/**
 * The server lives up to so much of what a calm run takes, and no less than that many milliseconds. What it finished in one
 * life it has in the next, so that several short ones come to every moment of a run, and a round has several kills.
 */
const REACH = 0.5
const LEAST_MS = 100

export interface ServerVerdict {
  kills: number
  /** Jobs or series that were acknowledged and are not there, events that a client missed, messages that never came. */
  lost: number
  /** Series that were told twice, events that a client got twice, messages with another id for the same end. */
  doubled: number
  /** Exports that differ from those of a server that nobody disturbed. */
  wrong: number
  /** Milliseconds: the worst start until `/readyz`. */
  worstReady: number
  rounds: number
}

interface Client {
  readonly ids: number[]
  readonly series: string[]
  ended: boolean
}

const body = (job: number, webhook_url: string): string => {
  const portfolio = Object.fromEntries(madePortfolio(SERIES, 24, `f02|${job}`))
  const config = { effort: 'fast', max_models_to_try: 3, workers: 1, levels: [0.8] }
  return JSON.stringify({ portfolio, config, forecast_steps: 4, callbacks: { webhook_url } })
}

/**
 * F02: kills the server with three jobs under way, until so many kills; clients come back by themselves. `onRound` is told
 * what was found so far.
 */
export async function killServerOften(
  kills: number,
  seed: string,
  onRound: (soFar: ServerVerdict) => void = () => {},
): Promise<ServerVerdict> {
  const random = randomStream(seed)
  const verdict: ServerVerdict = { kills: 0, lost: 0, doubled: 0, wrong: 0, worstReady: 0, rounds: 0 }
  const messages: { id: string; job: string; headers: Record<string, string>; body: string }[] = []
  const receiver = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (more) => {
      text += more
    })
    request.on('end', () => {
      const headers = request.headers as Record<string, string>
      messages.push({ id: headers['webhook-id']!, job: JSON.parse(text).data.job.id, headers, body: text })
      response.end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const webhook = `http://127.0.0.1:${(receiver.address() as { port: number }).port}/`
  const folders: string[] = []
  const newFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'arfc-f02-'))
    folders.push(folder)
    return folder
  }
  let server: ServerProcess | null = null
  try {
    const port = await freePort()
    const start = (folder: string) => startServerProcess(folder, port, ['--allow-webhook', '127.0.0.1'])
    const calmFolder = newFolder()
    server = await start(calmFolder)
    const begun = performance.now()
    const calm = await takeOn(server.url, webhook, 'calm')
    await Promise.all(calm.map((id) => follow(() => server!.url, id, { ids: [], series: [], ended: false })))
    const reach = REACH * (performance.now() - begun)
    const expected = await Promise.all(calm.map((id) => exports(server!.url, id)))
    await server.kill()

    while (verdict.kills < kills) {
      const folder = newFolder()
      const round = ++verdict.rounds
      server = await start(folder)
      const ids = await takeOn(server.url, webhook, `round ${round}`)
      const clients = ids.map((): Client => ({ ids: [], series: [], ended: false }))
      const followed = Promise.all(clients.map((client, i) => follow(() => server?.url ?? '', ids[i]!, client)))
      let isOver = false
      void followed.then(() => {
        isOver = true
      })
      while (!isOver && verdict.kills < kills) {
        await Promise.race([followed, wait(LEAST_MS + random.uniform() * reach)])
        if (isOver) break
        await server.kill()
        verdict.kills++
        server = await start(folder)
        verdict.worstReady = Math.max(verdict.worstReady, server.readyMs)
      }
      await followed
      // the same request again is the same job, also after it was killed
      const again = await takeOn(server.url, webhook, `round ${round}`)
      verdict.lost += again.filter((id, i) => id !== ids[i]).length
      for (const { ids: seen, series } of clients) {
        verdict.doubled += seen.length - new Set(seen).size + (series.length - new Set(series).size)
        verdict.lost += Math.max(...seen) - new Set(seen).size + (SERIES - new Set(series).size)
      }
      const got = await Promise.all(ids.map((id) => exports(server!.url, id)))
      verdict.wrong += got.filter((text, i) => text !== expected[i]).length
      for (let i = 0; i < 600 && !ids.every((id) => messages.some(({ job }) => job === id)); i++) await wait(50)
      const key = readFileSync(join(folder, 'webhook-secret'), 'utf8')
      for (const id of ids) {
        const told = messages.filter(({ job }) => job === id)
        for (const each of told) new Webhook(key).verify(each.body, each.headers)
        if (told.length === 0) verdict.lost++
        verdict.doubled += Math.max(0, new Set(told.map((each) => each.id)).size - 1)
      }
      await server.kill()
      onRound(verdict)
    }
    return verdict
  } finally {
    await server?.kill()
    receiver.closeAllConnections()
    receiver.close()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}

async function takeOn(url: string, webhook: string, key: string): Promise<string[]> {
  const ids: string[] = []
  for (let job = 0; job < JOBS; job++) {
    const response = await fetch(`${url}/api/v2/batch-forecast`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `${key} ${job}` },
      body: body(job, webhook),
    })
    if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`)
    ids.push(((await response.json()) as { id: string }).id)
  }
  return ids
}

/** Reads the events of a job as a browser does: after every end of a connection it comes back with the last id. */
async function follow(url: () => string, id: string, client: Client): Promise<void> {
  while (!client.ended) {
    try {
      const headers = { 'last-event-id': String(client.ids.at(-1) ?? 0) }
      const response = await fetch(`${url()}/api/v2/jobs/${id}/events`, { headers })
      if (response.status === 204) return
      if (response.status !== 200 || response.body === null) throw new Error(String(response.status))
      let text = ''
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        text += chunk
        const frames = text.split('\n\n')
        text = frames.pop()!
        for (const frame of frames) note(frame, client)
      }
    } catch {
      // the server is away: that is what the test is about
      await wait(100)
    }
  }
}

function note(frame: string, client: Client): void {
  const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1]
  const id = field('id')
  if (id === undefined) return
  client.ids.push(Number(id))
  const data = JSON.parse(field('data')!) as { name: string; state: string }
  if (field('event') === 'series') client.series.push(data.name)
  if (field('event') === 'state' && /^(completed|failed|cancelled)/.test(data.state)) client.ended = true
}

async function exports(url: string, id: string): Promise<string> {
  const read = async (format: string) => (await fetch(`${url}/api/v2/jobs/${id}/exports/${format}`)).text()
  return (await read('csv')) + (await read('json'))
}
