/**
 * Every screen in every language, narrow and wide: nothing sticks out, no word is missing, axe finds nothing.
 * With ARFC_SCREENSHOTS set to a folder it takes their pictures too, light and dark.
 */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { browser, closeBrowser, holdToAxe, serveDashboard } from './browser.ts'
import { SCREENS, type Scene, setScene } from './screens.ts'

after(closeBrowser)

const PICTURES = process.env.ARFC_SCREENSHOTS
const WIDTHS = [360, 768, 1440] as const
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

async function visit(
  scene: Scene,
  name: string,
  given: { locale: string; width: number; dark: boolean },
): Promise<void> {
  const { locale, width, dark } = given
  const where = `${name}, ${locale}, ${width}${dark ? ', dark' : ''}`
  const context = await (await browser()).newContext({
    locale,
    viewport: { width, height: width < 700 ? 780 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Rome',
  })
  try {
    const page = await context.newPage()
    const { at, ready } = SCREENS[name]!
    await page.goto(scene.url + at(scene))
    await ready(page)
    await holdToSight(page, where)
    if (width !== 768) await holdToAxe(page, where)
    if (PICTURES === undefined) return
    mkdirSync(PICTURES, { recursive: true })
    const file = join(PICTURES, `${name}-${locale.slice(0, 2)}-${width}${dark ? '-dark' : ''}.jpg`)
    await page.screenshot({ path: file, type: 'jpeg', quality: 72 })
  } finally {
    await context.close()
  }
}

test('every screen, in every language, narrow and wide, light and dark', { timeout: 900_000 }, async (t) => {
  const { url } = await serveDashboard(t)
  const scene = await setScene(url)
  for (const name of Object.keys(SCREENS))
    await t.test(name, async () => {
      for (const width of WIDTHS) await visit(scene, name, { locale: LOCALES.en, width, dark: width === 768 })
      await visit(scene, name, { locale: LOCALES.it, width: 360, dark: true })
      for (const language of ['it', 'es', 'fr', 'zh'] as const)
        await visit(scene, name, { locale: LOCALES[language], width: 1440, dark: language === 'fr' })
    })
})
