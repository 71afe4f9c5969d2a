import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { closeBrowser, noBrowser, open, serveDashboard, until } from './browser.ts'
import { setScene } from './screens.ts'

after(closeBrowser)
const skip = await noBrowser()

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = (
      globalThis as unknown as { document: { activeElement: { textContent: string; tagName: string; id: string } } }
    ).document
    return `${activeElement.tagName} ${activeElement.id} ${activeElement.textContent.trim().slice(0, 60)}`
  })

test('without a mouse: to the content, through the inbox, into a chart and back', { skip }, async (t) => {
  const { url } = await serveDashboard(t)
  const scene = await setScene(url)
  const { page } = await open(t, `${url}/runs/${scene.job.id}/review`)
  await page.getByTestId('inbox-row').first().waitFor()
  await page.keyboard.press('Tab')
  assert.match(await focused(page), /To the content/)
  await page.keyboard.press('Enter')
  assert.match(await focused(page), /^MAIN main/)
  // j opens the first series, j the next, k goes back
  const names = await page.getByTestId('inbox-row').allTextContents()
  const beside = (): string | null => new URL(page.url()).searchParams.get('series')
  await page.keyboard.press('j')
  await until(async () => beside() === names[0])
  await page.keyboard.press('j')
  await until(async () => beside() === names[1])
  await page.keyboard.press('k')
  await until(async () => beside() === names[0])
  await page.locator('aside [data-drawn="true"]').first().waitFor()
  // accepted, and on to the next
  await page.keyboard.press('a')
  await until(async () => beside() === names[1])
  const review = await (
    await fetch(`${url}/api/v2/jobs/${scene.job.id}/series/${encodeURIComponent(names[0]!)}`)
  ).json()
  assert.equal((review as { row: { review: { state: string } } }).row.review.state, 'accepted')
  // into the chart: each point is said
  await page.locator('aside [data-drawn="true"]').first().focus()
  await page.keyboard.press('End')
  const said = await until(async () => (await page.getByTestId('announcer').textContent()) || null)
  assert.match(said, /forecast/)
  await page.keyboard.press('ArrowLeft')
  await until(async () => (await page.getByTestId('announcer').textContent()) !== said)
  // Esc closes; ? helps; / searches
  await page.keyboard.press('Escape')
  await until(async () => beside() === null)
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.goto(`${url}/runs/${scene.job.id}/review?view=all`)
  await page.locator('.virtual .title').first().waitFor()
  await page.keyboard.press('/')
  assert.match(await focused(page), /^INPUT/)
})

test('the language changes at once, and stays', { skip }, async (t) => {
  const { url } = await serveDashboard(t)
  const { page } = await open(t, url)
  await page.getByTestId('new-run').waitFor()
  for (const [code, word] of [
    ['it', 'Nuovo ciclo'],
    ['es', 'Ejecución nueva'],
    ['fr', 'Nouvelle exécution'],
    ['zh', '新建运行'],
    ['en', 'New run'],
    ['it', 'Nuovo ciclo'],
  ] as const) {
    await page.locator('#language').selectOption(code)
    await page.getByTestId('new-run').filter({ hasText: word }).waitFor()
  }
  await page.reload()
  await page.getByTestId('new-run').filter({ hasText: 'Nuovo ciclo' }).waitFor()
})
