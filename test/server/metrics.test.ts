import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serving } from './serving.ts'

test('every request is counted, also the first; jobs, readers and webhooks have their gauges', async () => {
  const server = await serving()
  try {
    assert.equal((await server.call('getLive')).status, 200)
    assert.equal((await server.call('getJob', { params: { id: 'nobody' } })).status, 404)
    const { text } = await server.call('getMetrics')
    const value = (name: string): number =>
      Number(new RegExp(`^${name.replaceAll(/[{}.]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1])
    assert.equal(value('arfc_http_request_seconds_count{route="/livez",method="GET",status="200"}'), 1)
    assert.equal(value('arfc_http_request_seconds_count{route="/api/v2/jobs/:id",method="GET",status="404"}'), 1)
    for (const gauge of ['arfc_jobs_running', 'arfc_jobs_waiting', 'arfc_event_streams', 'arfc_webhooks_delivered'])
      assert.equal(value(gauge), 0, gauge)
    assert.ok(value('process_cpu_seconds_total') > 0)
  } finally {
    await server.close()
  }
})
