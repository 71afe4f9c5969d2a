import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { EventHub } from '../../src/server/event-hub.ts'
import { streamEvents } from '../../src/server/event-stream.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { insertJob } from '../../src/store/queries/job.ts'
import { appendEvents } from '../../src/store/queries/job-event.ts'
import { LOCAL } from '../../src/store/schema.ts'
import { parseEvents } from './serving.ts'

/** A job that is nothing but events, served as the server does. */
const JOB = '00000000-0000-7000-8000-000000000001'
const LIMIT = 256_000
let store: Store
const hub = new EventHub()
let server: Server
let port = 0
const endings: string[] = []

before(async () => {
  store = await openStore(':memory:')
  await insertJob(
    store.db,
    {
      ...{ tenant_id: LOCAL, id: JOB, owner: 'me', name: null, state: 'running', source: 'portfolio', request: '{}' },
      ...{ forecast_steps: 1, webhook_url: null, webhook_secret: null, total: null, tallies: '{}', report: '{}' },
      ...{
        outlook: '{}',
        elapsed_ms: 0,
        last_event: 0,
        epoch: 0,
        retrying: 0,
        cost: 0,
        work_seconds: 0,
        revision: 0,
        created_at: 0,
        queued_at: 0,
      },
      ...{ started_at: null, finished_at: null },
    },
    null,
  )
  server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const source = {
      store,
      hub,
      tenant: LOCAL,
      jobId: JOB,
      after: Number(request.headers['last-event-id'] ?? 0),
    }
    void streamEvents(response, source, { heartbeatMs: 50, mostWaiting: LIMIT }).then((how) => endings.push(how))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as { port: number }).port
})
after(async () => {
  server.closeAllConnections()
  server.close()
  await store.close()
})

const tell = async (count: number, size = 10): Promise<void> => {
  const body = JSON.stringify({ text: 'x'.repeat(size) })
  const events = Array.from({ length: count }, () => ({ kind: 'series', body }))
  hub.publish(JOB, await store.atomically((db) => appendEvents(db, LOCAL, JOB, events)))
}

interface Reader {
  readonly socket: Socket
  text: () => string
}
const read = (after: number, paused = false): Reader => {
  const socket = connect({ host: '127.0.0.1', port })
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\nLast-Event-ID: ${after}\r\n\r\n`)
  let text = ''
  if (paused) socket.pause()
  else
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
  socket.on('error', () => undefined)
  // frames may be cut by the chunks of the encoding: those lines go
  return { socket, text: () => text.replace(/\r\n[0-9a-f]+\r\n/g, '') }
}
const idsOf = (reader: Reader): number[] => parseEvents(reader.text()).map(({ id }) => id)
const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 400 && !holds(); i++) await wait(25)
  assert.ok(holds())
}

test('events come from the store and then as they happen, every one once, while others are written', async () => {
  await tell(1200)
  const readers = [0, 0, 700, 1200].map((after) => ({ after, reader: read(after) }))
  for (let i = 0; i < 20; i++) await tell(7)
  const last = 1200 + 140
  await until(() => readers.every(({ reader }) => idsOf(reader).at(-1) === last))
  for (const { after, reader } of readers)
    assert.deepEqual(
      idsOf(reader),
      Array.from({ length: last - after }, (_, i) => after + i + 1),
    )
  await until(() => readers.every(({ reader }) => reader.text().includes(': \n\n')))
  for (const { reader } of readers) reader.socket.destroy()
})

test('F52: who does not read is cut off at 256 kB, and comes back for all it missed', async () => {
  const cutBefore = endings.filter((how) => how === 'slow').length
  const [good, ...slow] = [read(1340), ...Array.from({ length: 50 }, () => read(1340, true))]
  // who is still being told what was kept is waited for, not cut
  await until(() => hub.listeners(JOB) >= 51)
  await wait(500)
  // beyond what the kernel takes for each
  for (let i = 0; i < 160; i++) {
    await tell(4, 16_000)
    // the good reader lives in this process too
    await wait(2)
  }
  await until(() => endings.filter((how) => how === 'slow').length - cutBefore === slow.length)
  await until(() => idsOf(good!).at(-1) === 1340 + 640)
  const back = read(1340)
  await until(() => idsOf(back).at(-1) === 1340 + 640)
  assert.deepEqual(idsOf(back), idsOf(good!))
  for (const { socket } of [good!, back, ...slow]) socket.destroy()
})

test('the end of a job ends its streams; the end of the server too', async () => {
  const open = read(1980)
  await wait(100)
  hub.publish(
    JOB,
    await store.atomically((db) => appendEvents(db, LOCAL, JOB, [{ kind: 'state', body: '{"state":"completed"}' }])),
  )
  await until(() => open.socket.readableEnded || open.socket.destroyed || open.text().includes('completed'))
  const again = read(0)
  await until(() => idsOf(again).at(-1) === 1981)
  assert.equal(endings.filter((how) => how === 'ended').length >= 1, true)
})
