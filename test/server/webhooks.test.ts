import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Fastify from 'fastify'
import { Webhook } from 'standardwebhooks'
import { WebhookBody } from '../../src/contract/webhook.ts'
import { RequestProblem } from '../../src/server/request-problem.ts'
import { isPublic } from '../../src/server/webhooks/address.ts'
import { JITTER, WAITS } from '../../src/server/webhooks/schedule.ts'
import { WebhookSender } from '../../src/server/webhooks/sender.ts'
import { newSecret } from '../../src/server/webhooks/sign.ts'
import { judgeTarget } from '../../src/server/webhooks/target.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { attemptsOf, type DeliveryRow, findDelivery, insertDelivery } from '../../src/store/queries/delivery.ts'
import { LOCAL } from '../../src/store/schema.ts'
import { FAST, quick, serving } from './serving.ts'

interface Got {
  readonly headers: Record<string, string>
  readonly body: string
}
let got: Got[] = []
let answer: (response: ServerResponse, request: IncomingMessage) => void = (response) => response.end()
const receiver = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (text) => {
    body += text
  })
  request.on('end', () => {
    got.push({ headers: request.headers as Record<string, string>, body })
    answer(response, request)
  })
})
let url = ''
const folder = mkdtempSync(join(tmpdir(), 'arfc-hooks-'))
let store: Store
before(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as { port: number }).port}/results?x=1`
  store = await openStore(join(folder, 'hooks.sqlite'))
})
after(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const secret = newSecret()
let ids = 0
const delivery = (more: Partial<DeliveryRow> = {}): DeliveryRow => ({
  ...{ tenant_id: LOCAL, id: `0000000${++ids}`, owner: 'me', job_id: 'job', url, secret: null, type: 'job.finished' },
  ...{ body: '{"a":"ü"}', state: 'pending', attempts: 0, next_at: 0, created_at: 0 },
  ...more,
})
const senderAt = (clock: { now: number }, more: object = {}): WebhookSender =>
  new WebhookSender({
    ...{ store, tenant: LOCAL, owner: 'me', secret, allowed: ['127.0.0.1'], now: () => clock.now, random: () => 0.5 },
    ...{ log: Fastify().log, wallMs: 1000, ...more },
  })

test('a message is signed as the standard says, by the verdict of its own library', async () => {
  got = []
  answer = (response) => response.end('thanks')
  const own = newSecret()
  const [by, withOwn] = [delivery(), delivery({ secret: own })]
  await insertDelivery(store.db, by)
  await insertDelivery(store.db, withOwn)
  const clock = { now: Date.now() }
  assert.equal(await senderAt(clock).runDue(), 2)
  for (const [row, key] of [
    [by, secret],
    [withOwn, own],
  ] as const) {
    const { headers, body } = got.find((each) => each.headers['webhook-id'] === row.id)!
    assert.deepEqual(new Webhook(key).verify(body, headers), { a: 'ü' })
    assert.throws(() => new Webhook(newSecret()).verify(body, headers))
    assert.throws(() => new Webhook(key).verify(`${body} `, headers))
    assert.deepEqual([headers['accept-encoding'], headers['content-type']], ['identity', 'application/json'])
    assert.equal((await findDelivery(store.db, LOCAL, row.id))!.state, 'delivered')
  }
})

test("F50: tried again on the standard's schedule, to the millisecond, then given up", async () => {
  answer = (response) => response.writeHead(500).end('no')
  const row = delivery()
  await insertDelivery(store.db, row)
  const clock = { now: 1_000_000 }
  const sender = senderAt(clock)
  for (let attempt = 1; attempt <= WAITS.length; attempt++) {
    assert.equal(await sender.runDue(), 1, `attempt ${attempt}`)
    const after = (await findDelivery(store.db, LOCAL, row.id))!
    const wait = WAITS[attempt]
    if (wait === undefined) {
      assert.deepEqual([after.state, after.next_at], ['failed', null])
      break
    }
    assert.equal(after.next_at, clock.now + wait * (1 + JITTER / 2))
    clock.now = after.next_at! - 1
    assert.equal(await sender.runDue(), 0)
    clock.now++
  }
  const hours = (clock.now - 1_000_000) / 3_600_000
  assert.ok(hours > 75 && hours < 84, `${hours} hours`)
  const attempts = await attemptsOf(store.db, LOCAL, [row.id])
  assert.deepEqual(
    attempts.map(({ status, response }) => [status, response]),
    WAITS.map(() => [500, 'no']),
  )
})

test('F50: redirects are not followed; 410 ends it; Retry-After is heard; what hangs, breaks off or never ends is cut', async () => {
  const cases: [string, typeof answer, { state: string; status: number | null; error?: RegExp }][] = [
    ['redirect', (response) => response.writeHead(302, { location: url }).end(), { state: 'pending', status: 302 }],
    ['gone', (response) => response.writeHead(410).end(), { state: 'failed', status: 410 }],
    ['hangs', () => {}, { state: 'pending', status: null, error: /timeout/ }],
    [
      'breaks off',
      (_, { socket }) => socket.destroy(),
      { state: 'pending', status: null, error: /ECONNRESET|hang up/ },
    ],
    [
      'trickles',
      (response) => void response.writeHead(200).write('.'),
      { state: 'pending', status: null, error: /timeout/ },
    ],
    [
      'headers',
      (response) => response.writeHead(200, { x: 'y'.repeat(40_000) }).end(),
      { state: 'pending', status: null, error: /HPE|overflow/i },
    ],
    [
      'huge',
      (response) => {
        response.writeHead(200)
        const more = (): void => {
          while (response.write('z'.repeat(65_536)));
          response.once('drain', more)
        }
        more()
      },
      { state: 'delivered', status: 200 },
    ],
  ]
  for (const [name, behaviour, expected] of cases) {
    got = []
    answer = behaviour
    const row = delivery()
    await insertDelivery(store.db, row)
    await senderAt({ now: 5_000_000 + ids }).runDue()
    const kept = (await findDelivery(store.db, LOCAL, row.id))!
    const [attempt] = await attemptsOf(store.db, LOCAL, [row.id])
    assert.deepEqual([kept.state, attempt!.status, got.length], [expected.state, expected.status, 1], name)
    if (expected.error) assert.match(attempt!.error!, expected.error, name)
    assert.ok(attempt!.response.length <= 4096)
  }
  answer = (response) => response.writeHead(429, { 'retry-after': '120' }).end()
  const row = delivery()
  await insertDelivery(store.db, row)
  const clock = { now: 6_000_000 }
  await senderAt(clock).runDue()
  assert.equal((await findDelivery(store.db, LOCAL, row.id))!.next_at, clock.now + 120_000)
})

test('F50: one that is slow holds up nobody else', async () => {
  const slow = delivery({ url: url.replace('/results', '/slow') })
  answer = (response, { url: path }) => (path!.startsWith('/slow') ? undefined : void response.end())
  await insertDelivery(store.db, slow)
  const sender = senderAt({ now: 9_000_000 }, { wallMs: 5000 })
  sender.wake()
  await new Promise((resolve) => setTimeout(resolve, 300))
  const quickOne = delivery()
  await insertDelivery(store.db, quickOne)
  sender.wake()
  const isDelivered = async () => (await findDelivery(store.db, LOCAL, quickOne.id))!.state === 'delivered'
  for (let i = 0; i < 80 && !(await isDelivered()); i++) await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(await isDelivered(), true)
  assert.equal((await findDelivery(store.db, LOCAL, slow.id))!.attempts, 0)
  receiver.closeAllConnections()
  await sender.close()
})

const causeOf = async (text: string, resolve?: (host: string) => Promise<string[]>): Promise<string> => {
  try {
    await judgeTarget(text, [], resolve)
    return 'public'
  } catch (error) {
    assert.ok(error instanceof RequestProblem)
    return String(error.faults[0]!.problem.params.cause)
  }
}

test('H110 to H118: nothing but public https addresses, however they are written', async () => {
  const local =
    '127.0.0.1 LOCALHOST localhost. foo.localhost 0.0.0.0 0 [::] [::1] 2130706433 0x7f000001 0177.0.0.1 127.1 127.0.1 ①②⑦.0.0.1 127。0。0。1 [::ffff:127.0.0.1] [::ffff:7f00:1] [::7f00:1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::] [fe80::5efe:7f00:1] [fd00:ec2::254] [ff02::1] [2001:db8::1]'
  for (const host of local.split(' ')) {
    const cause = await causeOf(`https://${host}/`, async () => ['127.0.0.1'])
    assert.ok(['address', 'url'].includes(cause), `${host}: ${cause}`)
  }
  for (const [text, cause] of [
    ['http://1.1.1.1/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['gopher://1.1.1.1/', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['https://ok@1.1.1.1/', 'credentials'],
    ['https://1.1.1.1:22/', 'port'],
    ['https://1.1.1.1:65536/', 'url'],
    ['https://[fe80::1%25eth0]/', 'url'],
    ['https://', 'url'],
    ['https://1.1.1.1/', 'public'],
    ['https://[2606:4700:4700::1111]:8443/', 'public'],
  ] as const)
    assert.equal(await causeOf(text), cause, text)
  assert.equal(await causeOf('https://a.example/', async () => ['1.1.1.1', '10.0.0.1']), 'mixed')
  assert.equal(await causeOf('https://a.example/', async () => ['::ffff:10.0.0.1']), 'address')
  assert.equal(await causeOf('https://a.example/', async () => []), 'unknown')
})

test('H113: each range that is closed, at its edges and one beyond', () => {
  const number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const text = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
  const ranges: [string, number, closedBelow: boolean, closedAbove: boolean][] = [
    ['0.0.0.0', 8, true, false],
    ['10.0.0.0', 8, false, false],
    ['100.64.0.0', 10, false, false],
    ['127.0.0.0', 8, false, false],
    ['169.254.0.0', 16, false, false],
    ['172.16.0.0', 12, false, false],
    ['192.0.0.0', 24, false, false],
    ['192.168.0.0', 16, false, false],
    ['198.18.0.0', 15, false, false],
    ['224.0.0.0', 4, false, true],
    ['240.0.0.0', 4, true, true],
  ]
  for (const [network, bits, closedBelow, closedAbove] of ranges) {
    const first = number(network)
    const last = first + 2 ** (32 - bits) - 1
    assert.deepEqual([isPublic(text(first)), isPublic(text(last))], [false, false], network)
    if (first > 0) assert.equal(isPublic(text(first - 1)), !closedBelow, `below ${network}`)
    if (last < 2 ** 32 - 1) assert.equal(isPublic(text(last + 1)), !closedAbove, `above ${network}`)
  }
  for (const [address, open] of [
    ['2000::', true],
    ['3ffe::1', true],
    ['1fff:ffff::', false],
    ['4000::', false],
    ['fc00::', false],
    ['fe80::', false],
    ['2001:200::', true],
    ['2001:1ff:ffff::', false],
    ['2003::', true],
    ['2002::', false],
  ] as const)
    assert.equal(isPublic(address), open, address)
})

test('a job tells its webhook when it has ended; the log shows it; a replay has the same id', async () => {
  got = []
  answer = (response) => response.end('ok')
  const server = await serving({ allowedWebhooks: ['127.0.0.1'] })
  const ask = (callbacks: object) =>
    server.call('createBatchForecast', { body: { portfolio: quick(2), config: FAST, callbacks } })
  const forbidden = await ask({ webhook_url: 'https://10.0.0.1/' })
  assert.deepEqual(
    [forbidden.status, forbidden.body.code, forbidden.body.errors[0].pointer],
    [422, 'webhook_target_forbidden', '/callbacks/webhook_url'],
  )
  assert.equal((await ask({ webhook_url: url, secret: 'whsec_short' })).status, 422)
  const { id } = (await ask({ webhook_url: url })).body
  await server.finished(id)
  const wait = async (count: number): Promise<void> => {
    for (let i = 0; i < 200 && got.length < count; i++) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await wait(1)
  const serverSecret = readFileSync(join(server.dataDir, 'webhook-secret'), 'utf8')
  const told = WebhookBody.parse(new Webhook(serverSecret).verify(got[0]!.body, got[0]!.headers))
  assert.deepEqual([told.data.job.id, told.data.job.state], [id, 'completed'])
  const log = async () => (await server.call('listDeliveries', { query: { job_id: id } })).body.deliveries
  for (let i = 0; i < 100 && (await log())[0].state !== 'delivered'; i++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  const [entry] = await log()
  assert.deepEqual([entry.state, entry.attempts.length, entry.attempts[0].response], ['delivered', 1, 'ok'])
  assert.equal((await server.call('replayDelivery', { params: { id: entry.id } })).status, 202)
  await wait(2)
  assert.equal(got[1]!.headers['webhook-id'], got[0]!.headers['webhook-id'])
  assert.equal((await server.call('replayDelivery', { params: { id } })).status, 404)
  await server.close()
})
