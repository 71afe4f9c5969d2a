import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { MIGRATIONS } from '../../src/store/migrate.ts'
import { FAST, quick, serving } from '../server/serving.ts'
import { shim } from './calls.ts'
import { freePort, startServerProcess } from './server-process.ts'
import { smallDisk } from './small-disk.ts'

const folder = mkdtempSync(join(tmpdir(), 'arfc-server-disk-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const form = (text: string): FormData => {
  const data = new FormData()
  data.append('file', new Blob([text]), 'sales.csv')
  return data
}

test('F24: a store of a newer version is refused with both numbers and left as it is', async () => {
  const place = join(folder, 'newer')
  await (await serving({}, place)).close()
  const file = join(place, 'server.sqlite')
  const store = new DatabaseSync(file)
  store.exec(`insert into migration (number, at) values (${MIGRATIONS.length + 7}, 0)`)
  store.close()
  const before = readFileSync(file)
  await assert.rejects(serving({}, place), {
    code: 'store_version',
    params: { found: MIGRATIONS.length + 7, supported: MIGRATIONS.length },
  })
  assert.deepEqual(readFileSync(file), before)
})

test('F24: a checkpoint of another version ends its job with both versions; the same request starts afresh beside it', async () => {
  const place = join(folder, 'checkpoint')
  let server = await serving({}, place)
  const body = { portfolio: quick(4), config: FAST, forecast_steps: 2 }
  const { id } = (await server.call('createBatchForecast', { body })).body
  await server.finished(id)
  await server.close()
  const file = join(place, 'jobs', id, 'checkpoint.sqlite')
  const checkpoint = new DatabaseSync(file)
  checkpoint.exec('PRAGMA user_version = 99; PRAGMA application_id = 0x61726663')
  checkpoint.close()
  const before = readFileSync(file)
  server = await serving({}, place)
  try {
    assert.equal((await server.call('retryJob', { params: { id } })).status, 200)
    const job = await server.finished(id)
    assert.deepEqual([job.state, job.problems[0]!.code], ['failed', 'checkpoint_version'])
    const { found, supported } = job.problems[0]!.params
    assert.deepEqual([found, Number.isInteger(supported)], [99, true])
    assert.match(job.problems[0]!.text, /99/)
    assert.deepEqual(readFileSync(file), before)
    const again = (await server.call('createBatchForecast', { body })).body
    assert.equal((await server.finished(again.id)).state, 'completed')
  } finally {
    await server.close()
  }
})

test('F25: a disk that fills up refuses what it cannot hold, keeps what it has, and works again when there is room', async (t) => {
  const disk = smallDisk(folder, 8)
  if (disk === null) return t.skip('no file system can be mounted here')
  const server = await serving({}, join(disk.path, 'data'))
  const uploads = join(disk.path, 'data', 'uploads')
  try {
    const small = 'series_name,date,value\na,2024-01-01,1\na,2024-02-01,2\na,2024-03-01,3\n'
    const kept = (await server.call('createUpload', { body: form(small) })).body.uploads[0]
    const large = await server.call('createUpload', { body: form('x'.repeat(9_000_000)) })
    assert.deepEqual([large.status, large.body.code], [507, 'storage_full'])
    assert.deepEqual(readdirSync(uploads), [kept.id], 'nothing is left of half a file')
    // the rest of the disk, so that not even a job can be noted
    let filled = 1 << 20
    for (let i = 0; filled > 512; i++)
      try {
        writeFileSync(join(disk.path, `fill-${i}`), Buffer.alloc(filled))
      } catch {
        filled >>= 1
      }
    const refused = []
    for (let i = 0; i < 20; i++)
      refused.push(await server.call('createBatchForecast', { body: { portfolio: quick(200, `p${i}`), config: FAST } }))
    assert.ok(
      refused.some(({ status, body }) => status === 507 && body.code === 'storage_full'),
      refused.map(({ status }) => status).join(' '),
    )
    assert.ok(refused.every(({ status }) => status === 202 || status === 507))
    assert.equal((await server.call('getUpload', { params: { id: kept.id } })).status, 200, 'reading goes on')
    disk.enlarge()
    const { body: job } = await server.call('createJob', { body: { uploads: [kept.id], config: FAST } })
    assert.equal((await server.finished(job.id)).state, 'completed')
    for (const { status, body } of refused) {
      if (status !== 202) continue
      const ended = await server.finished(body.id)
      // taken on while there was hardly any room: finished, or ended with the reason and finished at the second try
      if (ended.state === 'completed') continue
      assert.deepEqual([ended.state, ended.problems[0]?.code], ['failed', 'disk_full'])
      await server.call('retryJob', { params: { id: body.id } })
      assert.equal((await server.finished(body.id)).state, 'completed')
    }
  } finally {
    await server.close()
    disk.remove()
  }
})

test('F25: a data folder that cannot be written, or is a file, is refused before anything is served', async (t) => {
  const file = join(folder, 'is-a-file')
  writeFileSync(file, 'mine')
  await assert.rejects(serving({}, file))
  assert.equal(readFileSync(file, 'utf8'), 'mine')
  const closed = join(folder, 'closed')
  mkdirSync(closed)
  chmodSync(closed, 0o500)
  if (process.getuid?.() === 0) return t.diagnostic('the other half needs somebody without every right')
  await assert.rejects(serving({}, closed), { code: 'checkpoint_failed' })
})

test('F27: on a disk that takes 200 ms to synchronise, results are written together, and no series is charged for it', async (t) => {
  const library = shim()
  if (library === null) return t.skip('there is no compiler here')
  const port = await freePort()
  const body = JSON.stringify({ portfolio: quick(300), config: FAST, forecast_steps: 2 })
  const seconds = async (env: Record<string, string>): Promise<number> => {
    const place = mkdtempSync(join(folder, 'f27-'))
    const server = await startServerProcess(place, port, ['--no-open'], env)
    try {
      const begun = performance.now()
      const sent = await fetch(`${server.url}/api/v2/batch-forecast`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      const { id } = (await sent.json()) as { id: string }
      const events = await (await fetch(`${server.url}/api/v2/jobs/${id}/events`)).text()
      assert.match(events, /"state":"completed"/)
      assert.equal(events.match(/^event: series/gm)?.length, 300)
      assert.doesNotMatch(events, /"status":"(fallback|failed)"/)
      return (performance.now() - begun) / 1000
    } finally {
      await server.kill()
    }
  }
  try {
    const usual = await seconds({})
    const slow = await seconds({ LD_PRELOAD: library.path, FAULT_PATH: 'sqlite', FAULT_SLEEP_MS: '200' })
    // results are written together: far fewer than one wait a series
    assert.ok(slow - usual < (0.2 * 300) / 2, `${slow - usual} s more`)
    t.diagnostic(`300 series: ${usual.toFixed(1)} s, with the slow disk ${slow.toFixed(1)} s`)
  } finally {
    library.remove()
  }
})
