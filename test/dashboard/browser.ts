import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { buildDashboard } from '../../scripts/build-dashboard.ts'
import { LIMITS, type ServerSettings } from '../../src/server/settings.ts'
import { type RunningServer, startServer } from '../../src/server/start.ts'

/** The browsers that a machine may have, before the one that comes with `npm ci`. */
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** `ARFC_CHROMIUM=packed` takes the one that comes with the packages all the same. */
const PACKED = 'packed'

let shared: Promise<Browser> | null = null

/** One browser for a whole file of tests. */
export function browser(): Promise<Browser> {
  shared ??= launch()
  return shared
}

async function launch(): Promise<Browser> {
  const args = ['--no-sandbox', '--force-color-profile=srgb', '--font-render-hinting=none']
  const installed = process.env.ARFC_CHROMIUM ?? INSTALLED.find((path) => existsSync(path))
  if (installed !== undefined && installed !== PACKED) return chromium.launch({ executablePath: installed, args })
  // it unpacks to a fixed name and takes what lies there: a folder of its own, so that it is the right one
  const folder = join(tmpdir(), `arfc-chromium-${process.getuid?.() ?? 0}`)
  mkdirSync(folder, { recursive: true })
  process.env.TMPDIR = folder
  const { default: packed } = await import('@sparticuz/chromium')
  return chromium.launch({ executablePath: await packed.executablePath(), args })
}

/** Why no browser starts on this machine, to be the reason a test is left out; false where one does. */
export async function noBrowser(): Promise<string | false> {
  try {
    await browser()
    return false
  } catch (error) {
    shared = null
    return `no browser starts here: ${String(error).split('\n')[0]}`
  }
}

export async function closeBrowser(): Promise<void> {
  await (await shared)?.close()
  shared = null
}

export interface Served {
  readonly url: string
  readonly dataDir: string
  readonly server: RunningServer
}

/** A server of its own with the dashboard, built where it is stale; gone after the test. */
export async function serveDashboard(t: TestContext, settings: Partial<ServerSettings> = {}): Promise<Served> {
  await buildDashboard()
  const dataDir = settings.dataDir ?? mkdtempSync(join(tmpdir(), 'arfc-dashboard-'))
  const limits = { ...LIMITS, requestsPerMinute: 0 }
  const server = await startServer({ dataDir, port: 0, logLevel: 'silent', limits, ...settings })
  t.after(async () => {
    await server.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { url: server.url, dataDir, server }
}

export interface Seen {
  readonly page: Page
  readonly context: BrowserContext
  /** What the page complained of. */
  readonly complaints: readonly string[]
}

/** A page in a language; whatever it complains of in the console fails the test at its end. */
export async function open(
  t: TestContext,
  url: string,
  given: {
    readonly locale?: string
    readonly width?: number
    readonly height?: number
    readonly dark?: boolean
    readonly mayComplain?: RegExp
  } = {},
): Promise<Seen> {
  const { locale = 'en-GB', width = 1440, height = 900, dark = false, mayComplain } = given
  const context = await (await browser()).newContext({
    locale,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
    timezoneId: 'Europe/Rome',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const complaints: string[] = []
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  t.after(async () => {
    await context.close()
    assert.deepEqual(
      complaints.filter((each) => mayComplain === undefined || !mayComplain.test(each)),
      [],
    )
  })
  await page.goto(url, { waitUntil: 'load' })
  return { page, context, complaints }
}

const axeSource = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')

/** Nothing that axe finds against WCAG 2.2 AA. */
export async function holdToAxe(page: Page, where: string): Promise<void> {
  await page.evaluate(axeSource)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          root: unknown,
          options: unknown,
        ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>
      }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run('html', { runOnly: { type: 'tag', values: tags } })
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`)
          .join(' | ')}`,
    )
  })
  assert.deepEqual(found, [], where)
}

/** Waits until something holds. */
export async function until<T>(ask: () => Promise<T | null | undefined | false>, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error('it never came to hold')
    await wait(50)
  }
}

export async function json<T>(url: string): Promise<T> {
  const response = await fetch(url)
  assert.equal(response.status, 200, url)
  return (await response.json()) as T
}
