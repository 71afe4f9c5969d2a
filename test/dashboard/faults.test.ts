import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { buildDashboard } from '../../scripts/build-dashboard.ts'
import type { Job } from '../../src/contract/job.ts'
import { closeBrowser, json, noBrowser, open, serveDashboard, until } from './browser.ts'
import { PAYLOADS } from './payloads.ts'

after(closeBrowser)
const skip = await noBrowser()

const main = join(import.meta.dirname, '../../src/cli/main.ts')
/** What a browser says of a server that is away; the page says it better. */
const AWAY = /ERR_CONNECTION|ERR_INTERNET|ERR_EMPTY_RESPONSE|Failed to load resource|net::/

async function startJob(url: string, body: object): Promise<Job> {
  const response = await fetch(`${url}/api/v2/batch-forecast`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  assert.equal(response.status, 202, await response.clone().text())
  return (await response.json()) as Job
}

const ended = (url: string, id: string, seconds = 180): Promise<Job> =>
  until(async () => {
    const job = await json<Job>(`${url}/api/v2/jobs/${id}`).catch(() => null)
    return job === null || job.finished_at === null ? null : job
  }, seconds)

const wave = (seed: number, length = 60): number[] =>
  Array.from({ length }, (_, i) => Math.round(100 + 30 * Math.sin((i + seed) / 1.9) + ((i * (seed + 7)) % 13)))

const portfolio = (count: number, length?: number): Record<string, number[]> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`item ${i + 1}`, wave(i, length)]))

/** A server in a process of its own, so that it can be killed. */
async function serveApart(
  t: TestContext,
): Promise<{ url: string; kill: () => Promise<void>; start: () => Promise<void> }> {
  await buildDashboard()
  const dataDir = mkdtempSync(join(tmpdir(), 'arfc-apart-'))
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, [main, 'serve', '--port', String(port), '--data-dir', dataDir, '--no-open'], {
      stdio: 'ignore',
    })
    await until(async () => (await fetch(`${url}/livez`).catch(() => null))?.ok)
  }
  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  t.after(async () => {
    await kill()
    rmSync(dataDir, { recursive: true, force: true })
  })
  await start()
  return { url, kill, start }
}

test('a server that is killed during a run is told of, and the page goes on by itself when it is back', {
  skip,
}, async (t) => {
  const { url, kill, start } = await serveApart(t)
  const { page } = await open(t, url, { mayComplain: AWAY })
  const job = await startJob(url, { portfolio: portfolio(400, 120), forecast_steps: 6, name: 'killed' })
  await page.goto(`${url}/runs/${job.id}`)
  await until(async () => (await json<Job>(`${url}/api/v2/jobs/${job.id}`)).progress.completed > 2)
  await kill()
  await page.getByText('The server does not answer.').first().waitFor()
  await start()
  await page.getByText('The server does not answer.').first().waitFor({ state: 'hidden' })
  await page.waitForURL(/\/review/, { timeout: 180_000 })
  await page.getByTestId('headline').waitFor()
  const done = await ended(url, job.id)
  assert.equal(done.progress.completed, 400)
})

test('a tab that was closed finds its run again, and two tabs see the same', { skip }, async (t) => {
  const { url } = await serveDashboard(t)
  const first = await open(t, url)
  const job = await startJob(url, { portfolio: portfolio(80), forecast_steps: 6 })
  await first.page.goto(`${url}/runs/${job.id}`)
  await first.page.locator('[role="progressbar"]').first().waitFor()
  await first.page.close()
  const page = await first.context.newPage()
  await page.goto(`${url}/runs/${job.id}`)
  const other = await first.context.newPage()
  await other.goto(`${url}/runs/${job.id}`)
  for (const each of [page, other]) await each.waitForURL(/\/review/, { timeout: 180_000 })
  const texts = await Promise.all([page, other].map((each) => each.getByTestId('headline').textContent()))
  assert.equal(texts[0], texts[1])
})

test('of two who override at once the second is told, sees the first, and can go on', { skip }, async (t) => {
  const { url } = await serveDashboard(t)
  const job = await ended(
    url,
    (await startJob(url, { portfolio: portfolio(1), forecast_steps: 4, config: { effort: 'fast' } })).id,
  )
  const address = `${url}/runs/${job.id}/series/item%201?part=override`
  const { page, context } = await open(t, address, { mayComplain: /412/ })
  const other = await context.newPage()
  await other.goto(address)
  const fill = async (tab: typeof page, value: string, who: string): Promise<void> => {
    await tab.getByTestId('save-override').waitFor()
    await tab.locator('form table input').first().fill(value)
    await tab.locator('form select').selectOption('price')
    await tab.getByLabel('Author').fill(who)
    await tab.getByTestId('save-override').click()
  }
  await other.getByTestId('save-override').waitFor()
  await fill(page, '+10%', 'Anna')
  await page.getByText('Last: Anna').waitFor()
  await fill(other, '500', 'Bruno')
  await other.getByRole('alert').first().waitFor()
  await other.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await other.getByText('Last: Anna').waitFor()
  await fill(other, '500', 'Bruno')
  await other.getByText('Last: Bruno').waitFor()
})

test('over a slow line the shape of the page comes first, then what it holds', { skip }, async (t) => {
  const { url } = await serveDashboard(t)
  const job = await ended(
    url,
    (await startJob(url, { portfolio: portfolio(5), forecast_steps: 4, config: { effort: 'fast' } })).id,
  )
  const { page, context } = await open(t, `${url}/settings`)
  const session = await context.newCDPSession(page)
  await session.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 400, downloadThroughput: 60_000, uploadThroughput: 30_000 },
  })
  await page.goto(`${url}/runs/${job.id}/review?view=all`)
  await page.locator('[aria-busy="true"]').first().waitFor()
  await page.locator('.virtual .title').first().waitFor({ timeout: 60_000 })
})

test('40 texts that act elsewhere stand as they are in every field and do nothing', { skip }, async (t) => {
  const { url } = await serveDashboard(t)
  const names = Object.fromEntries(
    PAYLOADS.map((text, i) => [text, { values: wave(i, 30), unit: text, start: '2020-01-01', frequency: 'monthly' }]),
  )
  // through JSON by hand: a key that JavaScript's own literals would take for a prototype
  const body = JSON.stringify({ portfolio: names, forecast_steps: 3, config: { effort: 'fast' }, name: PAYLOADS[0] })
  const response = await fetch(`${url}/api/v2/batch-forecast`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  assert.equal(response.status, 202, await response.clone().text())
  const job = await ended(url, ((await response.json()) as Job).id)
  const { page } = await open(t, url)
  let hasAsked = false
  page.on('dialog', (dialog) => {
    hasAsked = true
    dialog.dismiss()
  })
  for (const [i, text] of PAYLOADS.entries()) {
    const series = `${url}/api/v2/jobs/${job.id}/series/${encodeURIComponent(text)}`
    const found = await fetch(series)
    if (found.status === 404) continue
    const put = await fetch(`${series}/overrides`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'if-match': found.headers.get('etag')! },
      body: JSON.stringify({ values: [{ period: 1, value: i }], reason: text, author: text }),
    })
    assert.equal(put.status, 200)
  }
  const pages = [
    ...['/', `/runs/${job.id}`, `/runs/${job.id}/review`, `/runs/${job.id}/review?view=all`],
    ...[`/runs/${job.id}/review?view=overview`, `/runs/${job.id}/review?view=changes`, `/runs/${job.id}/export`],
    ...PAYLOADS.filter((_, i) => i % 3 === 0).map(
      (text) => `/runs/${job.id}/series/${encodeURIComponent(text)}?part=override`,
    ),
  ]
  for (const path of pages) {
    await page.goto(url + path)
    await page.locator('h1').first().waitFor()
    if (path.includes('/series/')) await page.locator('[data-drawn="true"]').first().waitFor()
    else await page.waitForTimeout(300)
    const acted = await page.evaluate(() => (globalThis as { acted?: unknown }).acted)
    assert.equal(acted, undefined, path)
  }
  // as names of files and columns, and as what is no date and no number
  const cells = PAYLOADS.map((text) => `"${text.replaceAll('"', '""')}"`)
  const rows = cells.flatMap((cell, i) => [
    `${cell},2024-01-01,${i}`,
    `${cell},${cell},${i}`,
    `${cell},2024-02-01,${cell}`,
  ])
  const extra = PAYLOADS[1]!.replaceAll(/[/\\]/g, '')
  await page.goto(`${url}/new`)
  await page.locator('#files').setInputFiles({
    name: `${extra}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(`series_name,date,value,"${PAYLOADS[0]}"\n${rows.map((row) => `${row},1`).join('\n')}\n`),
  })
  await page.getByTestId('understood').or(page.getByRole('alert')).first().waitFor()
  assert.equal(await page.evaluate(() => (globalThis as { acted?: unknown }).acted), undefined)
  await page.goto(page.url().replace('/new?', '/new/check?'))
  await page.getByTestId('group').first().waitFor()
  for (const summary of await page.locator('summary').all()) await summary.click()
  assert.equal(await page.evaluate(() => (globalThis as { acted?: unknown }).acted), undefined)
  // as text, letter by letter
  await page.goto(`${url}/runs/${job.id}/review?view=all`)
  await page.locator('.virtual .title').first().waitFor()
  const shown = await page
    .locator('.virtual .title')
    .evaluateAll((all) => all.map((each) => (each as { title?: string }).title))
  assert.ok(shown.filter((each) => PAYLOADS.includes(each!)).length >= 15, shown.join('\n'))
  assert.equal(hasAsked, false)
})

test('a file of no series is refused with its reason, and one series is a run like any', { skip }, async (t) => {
  const { url } = await serveDashboard(t)
  const { page } = await open(t, `${url}/new`, { mayComplain: /422|400/ })
  await page.locator('#files').setInputFiles({
    ...{ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('series_name,date,value\n') },
  })
  await page.getByRole('alert').first().waitFor()
  assert.equal(await page.getByTestId('continue').isDisabled(), true)
  const job = await ended(url, (await startJob(url, { portfolio: portfolio(1), forecast_steps: 6 })).id)
  await page.goto(`${url}/runs/${job.id}/review?view=all`)
  await page.getByTestId('matching').waitFor()
  assert.match((await page.getByTestId('matching').textContent())!, /^1 series$/)
})

test('series that fail are told with their reason, also where all of them do', { skip }, async (t) => {
  const { url } = await serveDashboard(t)
  const nothing = [null, null, null]
  const some = await ended(
    url,
    (await startJob(url, { portfolio: { good: wave(1), bad: nothing }, forecast_steps: 3 })).id,
  )
  const none = await ended(
    url,
    (await startJob(url, { portfolio: { bad: nothing, worse: nothing }, forecast_steps: 3 })).id,
  )
  const { page } = await open(t, `${url}/runs/${some.id}/review`)
  await page.getByTestId('inbox-row').filter({ hasText: 'bad' }).first().waitFor()
  await page.getByTestId('inbox-row').filter({ hasText: 'bad' }).first().click()
  await page.locator('aside [role="alert"]').first().waitFor()
  await page.goto(`${url}/runs/${none.id}/review`)
  await page.getByTestId('inbox-row').first().waitFor()
  for (const view of ['all', 'overview', 'changes']) {
    await page.goto(`${url}/runs/${none.id}/review?view=${view}`)
    await page.getByTestId('headline').waitFor()
    await page.waitForTimeout(300)
  }
  await page.goto(`${url}/runs/${none.id}/export`)
  await page.getByTestId('control').waitFor()
})

test('ten thousand series are sorted, searched and walked through', { skip, timeout: 400_000 }, async (t) => {
  const { url } = await serveDashboard(t)
  const job = await ended(
    url,
    (await startJob(url, { portfolio: portfolio(10_000, 8), forecast_steps: 3, config: { effort: 'fast' } })).id,
    350,
  )
  assert.equal(job.progress.completed, 10_000)
  const { page } = await open(t, `${url}/runs/${job.id}/review?view=all`)
  await page.locator('.virtual .title').first().waitFor()
  assert.match((await page.getByTestId('matching').textContent())!, /10,000/)
  await page.getByRole('button', { name: 'Total forecast' }).click()
  await page.waitForURL(/sort=total/)
  await page.getByRole('searchbox').fill('item 9999')
  await until(async () => /^1 series$/.test((await page.getByTestId('matching').textContent()) ?? ''))
  await page.getByRole('searchbox').fill('')
  await until(async () => /10,000/.test((await page.getByTestId('matching').textContent()) ?? ''))
  await page.locator('.virtual').evaluate((element) => {
    ;(element as { scrollTop: number }).scrollTop = 400 * 36
  })
  await until(async () => (await page.locator('.virtual .title').count()) > 5)
})
