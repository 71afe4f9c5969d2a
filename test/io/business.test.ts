import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Portfolio } from '../../src/io/portfolio.ts'
import { readText } from './read-helper.ts'

const folder = new URL('../../../shared/data/business/', import.meta.url)
const skip = existsSync(folder) ? false : 'the business files of ../shared are not on this machine'
const read = (name: string): Promise<Portfolio> =>
  readText(readFileSync(new URL(`${name}.csv.gz`, folder)), {}, `${name}.csv.gz`)

test('the ISO file and its European twin give the same series', { skip }, async () => {
  const [first, second] = [await read('01_walmart_long_iso'), await read('02_walmart_eu_semicolon_bom_crlf')]
  assert.equal(first.items.length, 75)
  // the columns that group the series are named in each file's own language
  const unnamed = ({ items }: typeof first) =>
    items.map(({ group, ...item }) => ({ ...item, group: Object.values(group ?? {}).toSorted() }))
  assert.deepEqual(unnamed(second), unnamed(first))
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

/** Which repair each kind of edit must lead to. */
const KINDS: Readonly<Record<string, string>> = {
  'blank value': 'missing_value',
  'text n/d': 'missing_value',
  'currency sign': 'number_cleaned',
  'conflicting duplicate': 'duplicate_merged',
  'exact duplicate': 'duplicate_dropped',
  'row dropped': 'gap_left_missing',
  'date as d-m-yy': 'date_reformatted',
  'value x100 (outlier)': 'outlier_reported',
}

test('precision and recall of the repairs of the messy file are at least .98', { skip }, async () => {
  const { items, problems, files } = await read('06_messy_eu')
  const { edits } = JSON.parse(readFileSync(new URL('06_messy_eu.edits.json', folder), 'utf8'))
  const wanted = new Set(edits.map(([store, dept, date, what]: string[]) => `${store}_${dept} ${date} ${KINDS[what!]}`))
  // that rows are shuffled is told once a series
  const found = items.flatMap(({ repairs }) => repairs).filter(({ kind }) => kind !== 'order_restored')
  const hits = found.filter(({ series, date, kind }) => wanted.has(`${series} ${date} ${kind}`)).length
  assert.equal(wanted.size, edits.length)
  assert.ok(
    hits / found.length >= 0.98 && hits / wanted.size >= 0.98,
    `${hits} of ${found.length} found, ${wanted.size} wanted`,
  )
  for (const { kind, before, after, row } of found) {
    if (kind === 'outlier_reported') assert.equal(after, before)
    assert.equal(row === null, kind === 'gap_left_missing')
  }
  assert.deepEqual(
    problems.map(({ code, row }) => [code, row]),
    [['row_not_data', 2138]],
  )
  assert.equal(files[0]?.headerRow, 4)
})
