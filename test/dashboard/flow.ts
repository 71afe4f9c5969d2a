import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import type { Job } from '../../src/contract/job.ts'
import type { Summary } from '../../src/contract/summary.ts'
import { holdToAxe, json, until } from './browser.ts'

/** Counts what a hand does: a press, or a file chosen. */
export class Hand {
  clicks = 0
  readonly #page: Page
  constructor(page: Page) {
    this.#page = page
  }
  async press(testId: string): Promise<void> {
    this.clicks++
    await this.#page.getByTestId(testId).click()
  }
  async choose(testId: string, files: readonly string[]): Promise<void> {
    this.clicks++
    const [chooser] = await Promise.all([
      this.#page.waitForEvent('filechooser'),
      this.#page.getByTestId(testId).click(),
    ])
    await chooser.setFiles([...files])
  }
}

export interface Walked {
  readonly job: Job
  readonly clicks: number
  /** The file that was downloaded, as rows. */
  readonly rows: readonly Record<string, string>[]
}

export interface Walk {
  readonly file: string
  /** What the check must say, on screen. */
  readonly rowsIn: number
  readonly effort?: 'fast'
  readonly profile: { readonly name: string; readonly settings?: Readonly<Record<string, string>> }
  readonly delimiter: string
}

/** From the home page to a file for another system, as a planner goes, holding every screen to axe on the way. */
export async function walk(page: Page, url: string, locale: string, given: Walk): Promise<Walked> {
  const hand = new Hand(page)
  await page.getByTestId('new-run').waitFor()
  await holdToAxe(page, 'runs')
  await hand.press('new-run')
  await page.getByTestId('choose').waitFor()
  await holdToAxe(page, 'upload')
  await hand.choose('choose', [given.file])
  await page.getByTestId('understood').waitFor()
  await holdToAxe(page, 'upload, understood')
  await hand.press('continue')
  await page.getByTestId('check-totals').waitFor()
  const totals = await page.getByTestId('check-totals').locator('dd').allTextContents()
  assert.equal(numberIn(totals[1]!, locale), given.rowsIn, 'rows read, on screen')
  assert.equal(
    numberIn(totals[1]!, locale),
    numberIn(totals[2]!, locale) + numberIn(totals[3]!, locale) + numberIn(totals[4]!, locale),
    'rows read are those used, repaired and rejected',
  )
  await holdToAxe(page, 'check')
  await hand.press('accept-repairs')
  await page.getByTestId('horizon').waitFor()
  if (given.effort !== undefined) await page.locator('.sentence select').selectOption(given.effort)
  await page.getByTestId('estimate').waitFor()
  await holdToAxe(page, 'configure')
  await hand.press('start')
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}/)
  const id = /\/runs\/([0-9a-f-]{36})/.exec(page.url())![1]!
  await page.locator('[role="progressbar"]').first().waitFor()
  if (!page.url().includes('/review')) await holdToAxe(page, 'run')
  const job = await until(async () => {
    const found = await json<Job>(`${url}/api/v2/jobs/${id}`)
    assert.notEqual(found.state, 'failed', JSON.stringify(found.problems))
    return found.state.startsWith('completed') ? found : null
  }, 600)
  // who has watched it is led on
  await page.waitForURL(/\/review/)
  await page.getByTestId('headline').waitFor()
  const summary = await json<Summary>(`${url}/api/v2/jobs/${id}/summary`)
  const headline = await page.getByTestId('headline').textContent()
  assert.ok(numbersIn(headline!, locale).includes(summary.series), `${headline} tells of ${summary.series} series`)
  if (summary.reviews.open > 1)
    assert.ok(numbersIn(headline!, locale).includes(summary.reviews.open), `${headline}: ${summary.reviews.open} wait`)
  await holdToAxe(page, 'inbox')
  await hand.press('to-export')
  await hand.press(`profile-${given.profile.name}`)
  for (const [name, value] of Object.entries(given.profile.settings ?? {})) {
    await page.getByTestId(`setting-${name}`).fill(value)
    await page.getByTestId(`setting-${name}`).press('Enter')
  }
  await page.locator('[data-testid="download"]:not([aria-disabled="true"])').waitFor()
  await holdToAxe(page, 'export')
  const shown = await page.getByTestId('control').locator('dd').allTextContents()
  const [download] = await Promise.all([page.waitForEvent('download'), hand.press('download')])
  const text = readFileSync((await download.path())!, 'utf8')
  const rows = parse(text, {
    columns: true,
    bom: true,
    delimiter: given.delimiter,
    relax_column_count: true,
  }) as Record<string, string>[]
  assert.equal(numberIn(shown[0]!, locale), rows.length, 'rows of the file, on screen')
  return { job, clicks: hand.clicks, rows }
}

/** The numbers of a text, as a locale writes them. */
export function numbersIn(text: string, locale: string): number[] {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6)
  const group = parts.find(({ type }) => type === 'group')?.value ?? ''
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  const plain = group === '' ? text : text.replaceAll(new RegExp(`(\\d)\\${group}(?=\\d{3})`, 'g'), '$1')
  return [...plain.matchAll(new RegExp(`\\d+(?:\\${decimal}\\d+)?`, 'g'))].map(([each]) =>
    Number(each.replace(decimal, '.')),
  )
}

export const numberIn = (text: string, locale: string): number => numbersIn(text, locale)[0] ?? Number.NaN
