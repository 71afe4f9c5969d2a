import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Route } from '../../src/contract/route.ts'
import { ROUTES, type RouteName } from '../../src/contract/routes.ts'
import { Problem } from '../../src/messages.ts'
import { startServer } from '../../src/server/start.ts'
import { call, serving } from './serving.ts'

test('beyond this machine every route but the public ones needs the token, which is shown once and kept as a hash', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'arfc-token-'))
  const start = (more: object = {}) => startServer({ dataDir, host: '0.0.0.0', port: 0, logLevel: 'silent', ...more })
  let server = await start()
  t.after(async () => {
    await server.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const token = server.token!
  assert.ok(token.length >= 40)
  assert.ok(!readFileSync(join(dataDir, 'token.sha256'), 'utf8').includes(token))
  const url = `http://127.0.0.1:${new URL(server.url).port}`
  const id = '00000000-0000-7000-8000-000000000000'
  const params = { id, other: id, name: 'x', format: 'csv' }
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    const body = route.body === undefined ? undefined : {}
    const nobody = await call(url, name as RouteName, { params, body })
    if (route.permission === 'public') assert.equal(nobody.status, 200, name)
    else {
      assert.deepEqual([nobody.status, nobody.body.code], [401, 'token_required'], name)
      const wrong = await call(url, name as RouteName, { params, body, headers: { authorization: `Bearer ${token}x` } })
      assert.equal(wrong.status, 401, name)
      const right = await call(url, name as RouteName, { params, body, headers: { authorization: `Bearer ${token}` } })
      assert.notEqual(right.status, 401, name)
    }
  }
  const link = await fetch(`${url}/start?token=${token}`, { redirect: 'manual' })
  assert.deepEqual([link.status, link.headers.get('location')], [303, '/'])
  const [cookie] = link.headers.getSetCookie()
  assert.match(cookie!, /HttpOnly.*SameSite=Lax/)
  assert.equal((await call(url, 'listJobs', { headers: { cookie: cookie!.split(';')[0]! } })).status, 200)
  assert.equal((await fetch(`${url}/start?token=wrong`)).status, 401)
  await server.close()

  server = await start()
  assert.equal(server.token, null)
  await server.close()
  server = await start({ newToken: true })
  const again = `http://127.0.0.1:${new URL(server.url).port}`
  assert.equal((await call(again, 'listJobs', { headers: { authorization: `Bearer ${token}` } })).status, 401)
})

test('a data folder is held by one server; the second is told by whom', async () => {
  const first = await serving()
  await assert.rejects(startServer({ dataDir: first.dataDir, port: 0, logLevel: 'silent' }), (error) => {
    assert.ok(error instanceof Problem)
    assert.deepEqual([error.code, error.params.pid], ['run_folder_held', process.pid])
    return true
  })
  await first.close()
  const again = await serving({}, first.dataDir)
  await again.close()
  rmSync(first.dataDir, { recursive: true, force: true })
})

test('whoever is about to end says so at once, and takes nothing more', async () => {
  const server = await serving()
  const ready = await fetch(`${server.url}/readyz`)
  assert.equal(ready.status, 200)
  assert.match((await server.call('getMetrics')).text, /^arfc_jobs_running 0$/m)
  await server.close()
  await assert.rejects(fetch(`${server.url}/readyz`))
})
