import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { SeriesDetail } from '../../src/contract/result.ts'
import { closeBrowser, json, noBrowser, open, serveDashboard } from './browser.ts'
import { numberIn, walk } from './flow.ts'

const SAMPLE = join(import.meta.dirname, '../../samples/portfolio.csv')
const BUSINESS = join(import.meta.dirname, '../../../shared/data/business')
const EUROPEAN = join(BUSINESS, '02_walmart_eu_semicolon_bom_crlf.csv.gz')
const MESSY = join(BUSINESS, '06_messy_eu.csv.gz')
const absent = (file: string): string | false => (existsSync(file) ? false : 'the data are not here')

after(closeBrowser)
const skip = await noBrowser()

/** From an Italian file to one for the ERP. */
const MOST_CLICKS = 8

for (const locale of ['it-IT', 'en-GB'] as const)
  test(`${locale}: the sample, from the first page to a file`, { skip }, async (t) => {
    const { url } = await serveDashboard(t)
    const { page } = await open(t, url, { locale })
    const { job, rows } = await walk(page, url, locale, {
      ...{ file: SAMPLE, rowsIn: 10_280, effort: 'fast', delimiter: ',' },
      profile: { name: 'dated' },
    })
    // one series, on screen and over HTTP and in the file
    const name = rows[0]!.series_name!
    const detail = await json<SeriesDetail>(`${url}/api/v2/jobs/${job.id}/series/${encodeURIComponent(name)}`)
    await page.goto(`${url}/runs/${job.id}/series/${encodeURIComponent(name)}`)
    await page.locator('[data-drawn="true"]').first().waitFor()
    const total = detail.forecast!.published.reduce<number>((sum, value) => sum + (value ?? 0), 0)
    const shown = await page.locator('article dl.figures dd').first().textContent()
    assert.equal(numberIn(shown!, locale), Math.round(total))
    const inFile = rows
      .filter(({ series_name }) => series_name === name)
      .reduce((sum, row) => sum + Number(row.forecast), 0)
    assert.ok(Math.abs(inFile - total) < 1e-6 * Math.abs(total))
  })

for (const locale of ['it-IT', 'en-GB'] as const)
  test(`${locale}: a European file, to one for the ERP in at most ${MOST_CLICKS} clicks`, {
    skip: skip || absent(EUROPEAN),
  }, async (t) => {
    const { url } = await serveDashboard(t)
    const { page } = await open(t, url, { locale })
    const { clicks, rows, job } = await walk(page, url, locale, {
      ...{ file: EUROPEAN, rowsIn: 10_725, effort: 'fast', delimiter: ';' },
      profile: { name: 'sap-pir', settings: { plant: '1000', unit: 'EA', week_start: '5' } },
    })
    assert.ok(clicks <= MOST_CLICKS, `${clicks} clicks`)
    assert.ok(rows.length > 0)
    assert.equal(job.progress.completed, job.progress.total)
  })

for (const locale of ['it-IT', 'en-GB'] as const)
  test(`${locale}: the messy file is mended before the reader's eyes`, { skip: skip || absent(MESSY) }, async (t) => {
    const { url } = await serveDashboard(t)
    const { page } = await open(t, url, { locale })
    const { rows } = await walk(page, url, locale, {
      ...{ file: MESSY, rowsIn: 2_134, effort: 'fast', delimiter: ',' },
      profile: { name: 'generic' },
    })
    assert.ok(rows.length > 0)
  })
