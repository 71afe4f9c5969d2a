import assert from 'node:assert/strict'
import { appendFileSync, readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { LIMITS } from '../../src/server/settings.ts'
import { FAST, type Serving, serving } from './serving.ts'

const MOST = 300_000
let server: Serving
before(async () => {
  server = await serving({ limits: { ...LIMITS, requestsPerMinute: 0, uploadBytes: MOST } })
})
after(() => server.close())

const SALES = `series_name,date,value\n${['A', 'B'].flatMap((name) => Array.from({ length: 12 }, (_, t) => `${name},2024-${String(t + 1).padStart(2, '0')}-01,${t % 3 === 0 ? 4 : 0}`)).join('\n')}\n`
const form = (...files: [name: string, text: string][]): FormData => {
  const data = new FormData()
  for (const [name, text] of files) data.append('file', new Blob([text]), name)
  return data
}
const upload = async (name: string, text: string) => {
  const { status, body } = await server.call('createUpload', { body: form([name, text]) })
  assert.equal(status, 201)
  return body.uploads[0]
}
const onDisk = (): string[] => readdirSync(join(server.dataDir, 'uploads'))

test('a file is taken in, understood, and forecast', async () => {
  const { id, bytes, filename } = await upload('sales.csv', SALES)
  assert.deepEqual([bytes, filename], [SALES.length, 'sales.csv'])
  const { body: check } = await server.call('checkUpload', { params: { id }, body: {} })
  assert.deepEqual([check.usable, check.series_total, check.totals.rows_in], [true, 2, 24])
  assert.deepEqual([check.files[0].layout, check.series[0].frequency], ['long', 'monthly'])
  const { status, body } = await server.call('createJob', { body: { uploads: [id], config: FAST, forecast_steps: 2 } })
  assert.equal(status, 202)
  assert.equal((await server.call('deleteUpload', { params: { id } })).status, 409)
  const job = await server.finished(body.id)
  assert.deepEqual([job.state, job.rows], ['completed', { rows_in: 24, used: 24, repaired: 0, rejected: 0 }])
  const { text } = await server.call('exportJob', { params: { id: body.id, format: 'csv' } })
  assert.match(text, /^A,2025-01-01,1,/m)
  assert.equal((await server.call('deleteUpload', { params: { id } })).status, 204)
  assert.equal((await server.call('getUpload', { params: { id } })).status, 404)
  assert.ok(!onDisk().includes(id))
})

test('a question that only a person can answer is told, and its answer taken', async () => {
  const text =
    'series_name;date;value\nA;01/02/2024;1\nA;02/03/2024;2\nA;03/04/2024;3\nA;04/05/2024;2\nA;05/06/2024;3\n'
  const { id } = await upload('when.csv', text)
  const asked = (await server.call('checkUpload', { params: { id }, body: {} })).body
  assert.deepEqual([asked.usable, asked.refused.code], [false, 'date_order_ambiguous'])
  const told = (await server.call('checkUpload', { params: { id }, body: { read: { date_order: 'dmy' } } })).body
  assert.equal(told.usable, true)
  const wrong = await server.call('checkUpload', {
    params: { id },
    body: { read: { date_order: 'dym', frequency: 7 } },
  })
  assert.deepEqual(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort(), [
    '/read/date_order',
    '/read/frequency',
  ])
  const { body } = await server.call('createJob', { body: { uploads: [id], config: FAST } })
  const job = await server.finished(body.id)
  assert.deepEqual([job.state, job.problems[0]!.code], ['failed', 'date_order_ambiguous'])
  const unknown = await server.call('createJob', { body: { uploads: [id, body.id] } })
  assert.deepEqual([unknown.status, unknown.body.errors[0].pointer], [404, '/uploads/1'])
})

test('F26: an upload that changed on the disk is not forecast', async () => {
  const { id } = await upload('sales.csv', SALES)
  appendFileSync(join(server.dataDir, 'uploads', id), 'A,2025-01-01,9\n')
  const { body } = await server.call('createJob', { body: { uploads: [id], config: FAST } })
  const job = await server.finished(body.id)
  assert.deepEqual([job.state, job.problems[0]!.code], ['failed', 'file_changed'])
})

test('H045: one byte too many is refused and leaves nothing; so does one who lies or lets go', async () => {
  const before = onDisk()
  assert.equal((await server.call('createUpload', { body: form(['a.csv', 'x'.repeat(MOST)]) })).status, 201)
  const more = await server.call('createUpload', { body: form(['small.csv', 'x'], ['a.csv', 'x'.repeat(MOST + 1)]) })
  assert.deepEqual([more.status, more.body.code], [413, 'file_too_large'])
  const impatient = await serving({ limits: { ...LIMITS, idleSeconds: 1 } })
  const { hostname, port } = new URL(impatient.url)
  const boundary = 'b'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`
  const open = (headers: Record<string, string | number>) =>
    request({
      hostname,
      port,
      method: 'POST',
      path: '/api/v2/uploads',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
    })
  const ends = (sent: ReturnType<typeof open>): Promise<number> =>
    new Promise((resolve) => {
      sent.on('response', (response) => resolve(response.resume().statusCode!))
      sent.on('error', () => resolve(0))
    })
  // says more than it sends, and goes
  const liar = open({ 'content-length': 5000 })
  const lied = ends(liar)
  liar.write(head)
  await wait(100)
  liar.destroy()
  await lied
  // says nothing more
  const silent = open({ 'transfer-encoding': 'chunked' })
  silent.write(`${head}some`)
  const begun = performance.now()
  assert.equal([0, 408].includes(await ends(silent)), true)
  assert.ok(performance.now() - begun < 60_000, 'a hang guard')
  const left = (): string[] => readdirSync(join(impatient.dataDir, 'uploads'))
  for (let i = 0; i < 100 && left().length > 0; i++) await wait(50)
  assert.deepEqual(left(), [])
  await impatient.close()
  assert.equal(onDisk().length, before.length + 1)
  assert.equal((await server.call('createUpload', { body: {} })).status, 415)
  assert.equal((await server.call('createUpload', { body: form() })).status, 422)
})

test('H046: what a client calls a file is never a path', async () => {
  const names = [
    '../../etc/passwd',
    'C:\\x\\y.csv',
    '%2e%2e%2f',
    `${'n'.repeat(5000)}.csv`,
    '\u202Eexe.csv',
    'a\nb.csv',
    '..',
    '"; x="',
  ]
  const shown = []
  for (const name of names) shown.push((await upload(name, SALES)).filename)
  for (const filename of shown) {
    assert.ok(filename.length > 0 && filename.length <= 200)
    assert.doesNotMatch(filename, /[\\/\p{Cc}\p{Cf}]/u)
    assert.ok(filename !== '..')
  }
  assert.deepEqual(shown.slice(0, 2), ['passwd', 'y.csv'])
  assert.match(shown[3], /\.csv$/)
  assert.ok(onDisk().every((name) => /^[0-9a-f-]{36}$/.test(name)))
})
