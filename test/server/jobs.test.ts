import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { FAST, quick, type Serving, serving } from './serving.ts'

let server: Serving
before(async () => {
  server = await serving()
})
after(() => server.close())

const begin = async (portfolio: object, more: object = {}): Promise<string> => {
  const { status, body } = await server.call('createBatchForecast', {
    body: { portfolio, config: FAST, forecast_steps: 3, ...more },
  })
  assert.equal(status, 202, JSON.stringify(body))
  return body.id
}

test("the guide's request is taken on, and its forecasts come", async () => {
  const portfolio = { serie1: [12, 15, 11, 18, 14, 16, 13, 17], serie2: [0, 0, 3, 0, 0, 2, 0, 0] }
  const { status, headers, body } = await server.call('createBatchForecast', {
    body: { portfolio, config: { parallel: true, workers: 8 } },
  })
  assert.equal(status, 202)
  assert.equal(headers.get('location'), `/api/v2/jobs/${body.id}`)
  assert.equal(body.forecast_steps, 30)
  const job = await server.finished(body.id)
  assert.equal(job.state, 'completed')
  assert.deepEqual([job.progress.total, job.progress.completed], [2, 2])
  const { body: page } = await server.call('listResults', { params: { id: job.id } })
  assert.deepEqual(
    page.results.map(({ name }: { name: string }) => name),
    ['serie1', 'serie2'],
  )
})

test('results come by page, filtered and sorted; a series whole; exports by file', async () => {
  const id = await begin({ ...quick(25), 'a/b c': [1, 2, 3, 4, 5, 6, 7, 8] }, { name: 'Weekly «run»' })
  const job = await server.finished(id)
  assert.equal(job.state, 'completed')
  const list = (query: Record<string, string>) => server.call('listResults', { params: { id }, query })

  const seen: string[] = []
  let query: Record<string, string> = { limit: '7', sort: '-confidence' }
  for (;;) {
    const { body } = await list(query)
    assert.equal(body.total, 26)
    seen.push(...body.results.map(({ name }: { name: string }) => name))
    if (body.next_cursor === null) break
    query = { limit: '7', sort: '-confidence', cursor: body.next_cursor }
  }
  assert.equal(new Set(seen).size, 26)
  assert.equal(seen.length, 26)

  assert.equal((await list({ q: 'PART 1' })).body.total, 11)
  assert.equal((await list({ q: 'part_1' })).body.total, 0)
  assert.equal((await list({ pattern: 'constant' })).body.total, 13)
  assert.equal((await list({ status: 'failed' })).body.total, 0)
  const confident = (await list({ min_confidence: '0.9' })).body.results
  assert.ok(confident.length > 0 && confident.every(({ confidence }: { confidence: number }) => confidence >= 0.9))

  const series = await server.call('getSeries', { params: { id, name: 'a/b c' } })
  assert.deepEqual(series.body.history.values, [1, 2, 3, 4, 5, 6, 7, 8])
  assert.equal(series.body.forecast.mean.length, 3)
  assert.equal(series.body.forecast.bands.length, 2)
  assert.ok(series.body.reasons.length > 0 && series.body.reasons[0].text.length > 10)
  assert.equal((await server.call('getSeries', { params: { id, name: 'nobody' } })).status, 404)

  const csv = await server.call('exportJob', { params: { id, format: 'csv' } })
  assert.equal(
    csv.headers.get('content-disposition'),
    `attachment; filename="Weekly__run_.csv"; filename*=UTF-8''Weekly%20%C2%ABrun%C2%BB.csv`,
  )
  const rows = parse(csv.text, { columns: true }) as { series_name: string; period: string }[]
  assert.equal(rows.length, 26 * 3)
  const json = JSON.parse((await server.call('exportJob', { params: { id, format: 'json' } })).text)
  assert.deepEqual(Object.keys(json).sort(), [...new Set(rows.map(({ series_name }) => series_name))].sort())
  const legacy = await server.call('exportJob', { params: { id, format: 'csv' }, query: { profile: 'legacy-v1' } })
  assert.match(legacy.text, /^serie_name,model_selected,/)
})

test('overrides need the version that was read; of two editors the second hears of it', async () => {
  const id = await begin(quick(2))
  await server.finished(id)
  const params = { id, name: 'part 0' }
  const body = { values: [{ period: 2, value: 99 }], reason: 'promotion', author: 'Anna' }
  const put = (headers: Record<string, string>, more: object = {}) =>
    server.call('putOverrides', { params, headers, body: { ...body, ...more } })
  assert.equal((await put({})).status, 428)
  assert.equal((await put({ 'if-match': '*' })).status, 428)
  assert.equal((await put({ 'if-match': '"7"' })).status, 412)
  const etag = (await server.call('getSeries', { params })).headers.get('etag')!
  const both = await Promise.all([put({ 'if-match': etag }), put({ 'if-match': etag }, { author: 'Bruno' })])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 412])
  const { body: series, headers } = await server.call('getSeries', { params })
  assert.equal(series.forecast.published[1], 99)
  assert.notEqual(series.forecast.mean[1], 99)
  assert.equal(series.row.overridden, true)
  assert.equal(headers.get('etag'), '"1"')
  const beyond = await put(
    { 'if-match': '"1"' },
    {
      values: [
        { period: 4, value: 1 },
        { period: 1, value: 1 },
        { period: 1, value: 2 },
      ],
    },
  )
  assert.deepEqual(
    beyond.body.errors.map(({ pointer }: { pointer: string }) => pointer),
    ['/values/0/period', '/values/2/period'],
  )
})

test('two runs are compared by series, with the causes', async () => {
  const first = await begin({ ...quick(4), gone: [1, 2, 3, 4, 5] })
  const second = await begin({ ...quick(4), 'part 1': [9, 0, 0, 9, 0, 0, 9, 0, 0, 9, 0, 0], new: [1, 2, 3, 4, 5] })
  await Promise.all([server.finished(first), server.finished(second)])
  const changes = []
  let cursor: string | null = null
  do {
    const query: Record<string, string> = { limit: '2', ...(cursor !== null && { cursor }) }
    const { body } = await server.call('compareJobs', { params: { id: second, other: first }, query })
    changes.push(...body.changes)
    cursor = body.next_cursor
  } while (cursor !== null)
  const causes = Object.fromEntries(
    changes.map((change) => [change.name, change.causes.map(({ code }: { code: string }) => code)]),
  )
  assert.deepEqual(causes.gone, ['compare_vanished'])
  assert.deepEqual(causes.new, ['compare_appeared'])
  assert.deepEqual(causes['part 0'], [])
  assert.ok(causes['part 1'].includes('compare_history_changed'))
  assert.equal(changes.length, 6)
})

test('H087: a key asked a hundred times at once is one job; with another body it is refused', async () => {
  const headers = { 'idempotency-key': 'order 66' }
  const body = { portfolio: quick(1), config: FAST, forecast_steps: 1 }
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => server.call('createBatchForecast', { headers, body })),
  )
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [202])
  assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1)
  const other = await server.call('createBatchForecast', { headers, body: { ...body, forecast_steps: 2 } })
  assert.deepEqual([other.status, other.body.code], [422, 'idempotency_key_reused'])
  await server.finished(answers[0]!.body.id)
})

test('a job pauses, goes on, is cancelled with every series accounted for, is retried, and is removed', async () => {
  const id = await begin(
    Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `s${i}`,
        Array.from({ length: 60 }, (_, t) => 50 + t + ((t * (7 + i)) % 11)),
      ]),
    ),
    { config: { workers: 1, combination: 'median' } },
  )
  const act = (name: 'pauseJob' | 'resumeJob' | 'cancelJob' | 'retryJob') => server.call(name, { params: { id } })
  const paused = await act('pauseJob')
  assert.deepEqual([paused.status, paused.body.state], [200, 'paused'])
  assert.equal((await act('pauseJob')).status, 200)
  assert.equal((await act('retryJob')).status, 409)
  assert.equal((await server.call('deleteJob', { params: { id } })).status, 409)
  assert.equal((await act('resumeJob')).status, 200)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const cancelled = await act('cancelJob')
  assert.deepEqual([cancelled.status, cancelled.body.state], [200, 'cancelled'])
  assert.equal((await act('resumeJob')).status, 409)
  assert.equal((await server.call('exportJob', { params: { id, format: 'csv' } })).status, 200)
  const before = cancelled.body.progress
  assert.equal(before.completed + before.cancelled === 40 || before.total === null, true, JSON.stringify(before))
  assert.equal((await act('retryJob')).status, 200)
  const done = await server.finished(id)
  assert.deepEqual([done.state, done.progress.completed, done.progress.cancelled], ['completed', 40, 0])
  assert.ok(existsSync(join(server.dataDir, 'jobs', id)))
  assert.equal((await server.call('deleteJob', { params: { id } })).status, 204)
  assert.equal((await server.call('getJob', { params: { id } })).status, 404)
  assert.ok(!readdirSync(join(server.dataDir, 'jobs')).includes(id))
})

test('jobs are listed by page, the newest first', async () => {
  const first = (await server.call('listJobs', { query: { limit: '2' } })).body
  assert.equal(first.jobs.length, 2)
  const second = (await server.call('listJobs', { query: { limit: '2', cursor: first.next_cursor } })).body
  const ids = [...first.jobs, ...second.jobs].map(({ id }: { id: string }) => id)
  assert.deepEqual(ids, [...ids].sort().reverse())
})
