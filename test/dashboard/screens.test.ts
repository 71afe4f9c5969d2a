/**
 * Every screen in every language, narrow and wide: nothing sticks out, no word is missing, axe finds nothing.
 * With ARFC_SCREENSHOTS set to a folder it takes their pictures too, light and dark.
 */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { browser, closeBrowser, holdToAxe, noBrowser, serveDashboard } from './browser.ts'
import { SCREENS, type Scene, setScene } from './screens.ts'

after(closeBrowser)
const skip = await noBrowser()

const PICTURES = process.env.ARFC_SCREENSHOTS
const LOCALES = { en: 'en-GB', it: 'it-IT', es: 'es-ES', fr: 'fr-FR', zh: 'zh-CN' } as const

const words = Object.keys(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../src/i18n/locales/dashboard/en.json'), 'utf8')),
)
const isKey = (text: string): boolean => words.includes(text) || /^ui\.(report|cli)\.[\w.]+$/.test(text)

/** What a person would take for a fault of the page. */
async function holdToSight(page: Page, where: string): Promise<void> {
  const { over, texts } = await page.evaluate(() => {
    const root = globalThis as unknown as {
      innerWidth: number
      document: {
        documentElement: { scrollWidth: number }
        body: { innerText: string }
      }
    }
    return {
      over: root.document.documentElement.scrollWidth - root.innerWidth,
      texts: root.document.body.innerText.split(/[\n\t]/),
    }
  })
  assert.ok(over <= 0, `${where}: ${over} px stick out`)
  assert.deepEqual(
    texts.filter((text) => isKey(text.trim())),
    [],
    `${where}: words that are missing`,
  )
  assert.deepEqual(
    texts.filter((text) => /\b(undefined|NaN|null|\[object)\b/.test(text)),
    [],
    `${where}: what is no word`,
  )
}

interface Variant {
  readonly locale: string
  readonly width: number
  readonly dark: boolean
}

const where = (name: string, { locale, width, dark }: Variant): string =>
  `${name}-${locale.slice(0, 2)}-${width}${dark ? '-dark' : ''}`

/** Every screen in one variant, in one browser window. */
async function visit(scene: Scene, variant: Variant, isHeldToAxe: boolean): Promise<void> {
  const { locale, width, dark } = variant
  const context = await (await browser()).newContext({
    locale,
    viewport: { width, height: width < 700 ? 780 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Rome',
  })
  try {
    const page = await context.newPage()
    for (const [name, { at, ready }] of Object.entries(SCREENS)) {
      await page.goto(scene.url + at(scene))
      await ready(page)
      await holdToSight(page, where(name, variant))
      if (isHeldToAxe) await holdToAxe(page, where(name, variant))
      if (PICTURES === undefined) continue
      mkdirSync(PICTURES, { recursive: true })
      await page.screenshot({ path: join(PICTURES, `${where(name, variant)}.jpg`), type: 'jpeg', quality: 72 })
    }
  } finally {
    await context.close()
  }
}

const { en, it, es, fr, zh } = LOCALES
/** In a test run; pictures are taken of all. */
const TESTED: readonly Variant[] = [
  { locale: en, width: 360, dark: false },
  { locale: zh, width: 1440, dark: true },
]
const MORE: readonly Variant[] = [
  { locale: it, width: 1440, dark: true },
  { locale: zh, width: 768, dark: false },
  { locale: en, width: 360, dark: true },
  { locale: en, width: 768, dark: false },
  { locale: en, width: 1440, dark: false },
  { locale: en, width: 1440, dark: true },
  ...[it, es, fr, zh].map((locale) => ({ locale, width: 1440, dark: false })),
  ...[it, es, fr].map((locale) => ({ locale, width: 360, dark: false })),
  { locale: fr, width: 768, dark: true },
  { locale: en, width: 1920, dark: false },
]

test('every screen, in several languages, narrow and wide, light and dark', { skip, timeout: 900_000 }, async (t) => {
  const { url } = await serveDashboard(t)
  const scene = await setScene(url)
  for (const variant of TESTED) await t.test(where('all', variant), () => visit(scene, variant, true))
  if (PICTURES !== undefined)
    for (const variant of MORE) await t.test(where('all', variant), () => visit(scene, variant, false))
})
