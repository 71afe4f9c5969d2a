import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import type { Portfolio } from '../../src/io/portfolio.ts'
import { periodDate } from '../../src/series/calendar.ts'
import { readText } from './read-helper.ts'

const folder = new URL('../../../shared/data/business/', import.meta.url)
const skip = existsSync(folder) ? false : 'the business files of ../shared are not on this machine'
const read = (name: string): Promise<Portfolio> =>
  readText(gunzipSync(readFileSync(new URL(`${name}.csv.gz`, folder))), {}, `${name}.csv`)

test('the ISO file and its European twin give the same series', { skip }, async () => {
  const [first, second] = [await read('01_walmart_long_iso'), await read('02_walmart_eu_semicolon_bom_crlf')]
  assert.equal(first.items.length, 75)
  assert.deepEqual(second.items, first.items)
  assert.equal(first.totals.used, 10_725)
  assert.equal(second.files[0].dialect?.dateOrder, 'dmy')
})

for (const [name, series, observations] of [
  ['04_storeitem_wide_iso', 100, 1826],
  ['05_pbs_long_monthly', 60, 204],
  ['09_synthetic_moretti_like_wide', 12, 120],
] as const)
  test(`${name} is read whole`, { skip }, async () => {
    const { items, totals, problems } = await read(name)
    assert.deepEqual([items.length, items[0].values.length, totals.rejected], [series, observations, 0])
    assert.deepEqual(problems, [])
  })

test('every edit of the messy file is found in its repairs, but for the outliers', { skip }, async () => {
  const portfolio = await read('06_messy_eu')
  const { edits } = JSON.parse(readFileSync(new URL('06_messy_eu.edits.json', folder), 'utf8'))
  const kinds: Record<string, string> = {
    'blank value': 'missing_value',
    'text n/d': 'missing_value',
    'currency sign': 'number_cleaned',
    'conflicting duplicate': 'duplicate_merged',
    'exact duplicate': 'duplicate_dropped',
    'row dropped': 'gap_left_missing',
    'date as d-m-yy': 'date_reformatted',
  }
  const unseen: unknown[] = []
  let outside = 0
  for (const [store, dept, date, what] of edits) {
    if (what === 'value x100 (outlier)') continue
    const item = portfolio.items.find(({ name }) => name === `${store}_${dept}`)
    assert.ok(item?.calendar, `${store}_${dept}`)
    const last = periodDate(item.calendar, item.values.length - 1) ?? ''
    if (item.repairs.some((repair) => repair.kind === kinds[what] && repair.date === date)) continue
    if (date < item.calendar.start || date > last) outside++
    else unseen.push([store, dept, date, what])
  }
  assert.deepEqual(unseen, [])
  assert.equal(outside, 0)
  assert.deepEqual(
    portfolio.problems.map(({ code, row }) => [code, row]),
    [['row_not_data', 2138]],
  )
  assert.equal(portfolio.files[0].headerRow, 4)
})
