import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { killServerOften } from './server-kill.ts'
import { freePort, startServerProcess } from './server-process.ts'

const KILLS = Number(process.env.SERVER_KILLS ?? (process.env.CI ? 30 : 5))

test(`F02, F51: ${KILLS} kills of the server with three jobs: none is lost, no byte differs, no client misses or repeats an event`, async (t) => {
  const verdict = await killServerOften(KILLS, 'short')
  const { kills, lost, doubled, wrong, worstReady, rounds } = verdict
  t.diagnostic(
    `kills ${kills} lost ${lost} doubled ${doubled} wrong ${wrong} in ${rounds} rounds, worst start ${Math.round(worstReady)} ms`,
  )
  assert.ok(kills >= KILLS)
  assert.deepEqual([lost, doubled, wrong], [0, 0, 0])
})

test('F10: told to end, it comes to rest and exits with 0; at the next start its job goes on', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-f10-'))
  const port = await freePort()
  let server = await startServerProcess(folder, port)
  t.after(async () => {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  const portfolio = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`s${i}`, Array.from({ length: 50 }, (_, p) => 20 + ((p * (i + 3)) % 17))]),
  )
  const taken = await fetch(`${server.url}/api/v2/batch-forecast`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ portfolio, forecast_steps: 2, config: { effort: 'fast' } }),
  })
  const { id } = (await taken.json()) as { id: string }
  const stream = fetch(`${server.url}/api/v2/jobs/${id}/events`).then((response) => response.text())
  const exited = once(server.process, 'exit')
  server.process.kill('SIGTERM')
  assert.deepEqual(await exited, [0, null])
  assert.match(await stream, /event: state/)
  server = await startServerProcess(folder, port)
  const rest = await (await fetch(`${server.url}/api/v2/jobs/${id}/events`)).text()
  assert.match(rest.trimEnd().split('\n\n').at(-1)!, /"state":"completed"/)
  assert.equal(rest.match(/event: series/g)?.length, 30)
})
