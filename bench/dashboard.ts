/**
 * What the dashboard weighs and how fast it answers, in the browser of this machine.
 *
 *   npm run bench:dashboard
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { buildDashboard } from '../scripts/build-dashboard.ts'
import type { Job } from '../src/contract/job.ts'
import { LIMITS } from '../src/server/settings.ts'
import { startServer } from '../src/server/start.ts'
import { browser, closeBrowser, until } from '../test/dashboard/browser.ts'
import { table } from './table.ts'

const TIMES = 11
/** Waits until a selector is there, looking at each frame: Playwright's own waiting looks every half second in the end. */
const there = async (page: Page, selector: string): Promise<void> => {
  await page.waitForFunction(
    (wanted) =>
      (globalThis as unknown as { document: { querySelector(selector: string): unknown } }).document.querySelector(
        wanted,
      ) !== null,
    selector,
  )
}
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!
const ms = (value: number): string => `${value.toFixed(0)} ms`

const wave = (seed: number, length: number): number[] =>
  Array.from({ length }, (_, i) => Math.round(100 + 30 * Math.sin((i + seed) / 1.9) + ((i * (seed + 7)) % 13)))

await buildDashboard()
const dataDir = mkdtempSync(join(tmpdir(), 'arfc-bench-'))
const server = await startServer({ dataDir, port: 0, logLevel: 'silent', limits: { ...LIMITS, requestsPerMinute: 0 } })
const { url } = server
const rows: (readonly string[])[] = []
try {
  const context = await (await browser()).newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })

  const job = async (count: number, length: number): Promise<Job> => {
    const portfolio = Object.fromEntries(Array.from({ length: count }, (_, i) => [`item ${i + 1}`, wave(i, length)]))
    const body = JSON.stringify({ portfolio, forecast_steps: 6, config: { effort: 'fast' }, name: `${count} series` })
    const headers = { 'content-type': 'application/json' }
    const { id } = (await (
      await fetch(`${url}/api/v2/batch-forecast`, { method: 'POST', headers, body })
    ).json()) as Job
    return until(async () => {
      const found = (await (await fetch(`${url}/api/v2/jobs/${id}`)).json()) as Job
      return found.finished_at === null ? null : found
    }, 600)
  }
  const five = await job(500, 36)
  const ten = await job(10_000, 8)

  // what a first visit loads, byte by byte
  const first = await context.newPage()
  const loaded = new Map<string, Buffer>()
  first.on('response', async (response) => {
    if (/\.(js|css)$/.test(response.url()))
      loaded.set(response.url(), await response.body().catch(() => Buffer.alloc(0)))
  })
  await first.goto(url)
  await first.getByTestId('new-run').waitFor()
  await first.waitForTimeout(300)
  const weight = (kind: RegExp): string =>
    `${([...loaded].filter(([name]) => kind.test(name)).reduce((sum, [, bytes]) => sum + gzipSync(bytes, { level: 9 }).length, 0) / 1000).toFixed(0)} kB`
  rows.push(['JavaScript of the first screen, packed, with the words of one language', weight(/\.js$/)])
  rows.push(['styles of the first screen, packed', weight(/\.css$/)])
  const plotly = readFileSync(
    join(import.meta.dirname, '../node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js'),
  )
  rows.push([
    'charts, loaded with the first one, packed',
    `${(gzipSync(plotly, { level: 9 }).length / 1000).toFixed(0)} kB`,
  ])
  await first.close()

  const times = async (
    name: string,
    act: (page: Page) => Promise<void>,
    prepare = async (_: Page): Promise<void> => {},
  ) => {
    const all: number[] = []
    const page = await context.newPage()
    for (let i = 0; i < TIMES; i++) {
      await prepare(page)
      const begun = performance.now()
      await act(page)
      all.push(performance.now() - begun)
    }
    await page.close()
    rows.push([name, ms(median(all))])
  }
  await times('first screen, nothing kept by the browser', async () => {
    const clean = await (await browser()).newContext({ locale: 'en-GB' })
    const page = await clean.newPage()
    await page.goto(url)
    await there(page, '[data-testid="new-run"]')
    await clean.close()
  })
  await times('first screen again', async (page) => {
    await page.goto(url)
    await there(page, 'table.jobs')
  })
  for (const [count, { id }] of [
    [500, five],
    [10_000, ten],
  ] as const) {
    const at = `${url}/runs/${id}/review?view=all`
    const isShown = (page: Page): Promise<void> => there(page, '.virtual .title')
    await times(`${count} series: the table`, async (page) => {
      await page.goto(at)
      await isShown(page)
    })
    /** From the press to the painted answer, by the page's own clock. */
    const pressed = async (page: Page, act: string): Promise<number> =>
      page.evaluate(async (source) => {
        const root = globalThis as unknown as {
          document: { querySelector(selector: string): { textContent: string } | null }
          eval(text: string): void
          requestAnimationFrame(then: () => void): void
        }
        const text = (): string => root.document.querySelector('.virtual tbody')?.textContent ?? ''
        const before = text()
        const begun = performance.now()
        root.eval(source)
        while (text() === before && performance.now() - begun < 5000)
          await new Promise<void>((then) => root.requestAnimationFrame(then))
        return performance.now() - begun
      }, act)
    const page = await (
      await (await browser()).newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 }, bypassCSP: true })
    ).newPage()
    for (const [name, acts] of [
      ['sort', ["document.querySelectorAll('.sort')[0].click()"]],
      [
        'search, after the pause of 150 ms',
        [
          "{const i=document.querySelector('input[type=search]');Object.getOwnPropertyDescriptor(HTMLInputElement.prototype,'value').set.call(i, i.value===''?'7':'');i.dispatchEvent(new Event('input',{bubbles:true}))}",
        ],
      ],
      ['scroll to the middle', ["{const v=document.querySelector('.virtual');v.scrollTop=v.scrollTop>100?0:6000}"]],
    ] as const) {
      await page.goto(at)
      await isShown(page)
      const all: number[] = []
      for (let i = 0; i < TIMES; i++) {
        all.push(await pressed(page, acts[0]!))
        await page.waitForTimeout(150)
      }
      rows.push([`${count} series: ${name}`, ms(median(all))])
    }
    await page.context().close()
    await times(`${count} series: the inbox`, async (each) => {
      await each.goto(`${url}/runs/${id}/review`)
      await there(each, '[data-testid="headline"]')
    })
  }
  await times('one series with its chart', async (page) => {
    await page.goto(`${url}/runs/${five.id}/series/item%207`)
    await there(page, '[data-drawn="true"]')
  })
  const running = (await (
    await fetch(`${url}/api/v2/batch-forecast`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        portfolio: Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`late ${i}`, wave(i, 120)])),
        forecast_steps: 12,
      }),
    })
  ).json()) as Job
  await until(
    async () => ((await (await fetch(`${url}/api/v2/jobs/${running.id}`)).json()) as Job).progress.completed > 5,
  )
  await times('a refresh while a run goes on, until its count is there', async (page) => {
    await page.goto(`${url}/runs/${running.id}`)
    await page
      .getByText(/\d+ of 400 series/)
      .first()
      .waitFor()
  })
  await fetch(`${url}/api/v2/jobs/${running.id}/cancel`, { method: 'POST' })
} finally {
  await closeBrowser()
  await server.close()
  rmSync(dataDir, { recursive: true, force: true })
}
console.log(table(['dashboard', 'median'], rows))
