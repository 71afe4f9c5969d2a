import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import type { SeriesResult } from '../../src/batch/run-result.ts'
import { serialOf } from '../../src/export/xlsx/cell.ts'
import { forecastXlsx } from '../../src/export/xlsx/workbook.ts'
import { escapeXml } from '../../src/export/xlsx/xml.ts'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { text } from '../../src/i18n/render.ts'
import { code, Problem, problem } from '../../src/messages.ts'
import { EVIL_NAMES, FORMULA_NAMES, forecast, reportOf, result } from './results.ts'

const made = async (results: readonly SeriesResult[], locale = 'en'): Promise<Buffer> => {
  const pieces: Uint8Array[] = []
  for await (const piece of forecastXlsx(reportOf(results, locale))) pieces.push(piece)
  return Buffer.concat(pieces)
}
const sheetsOf = async (bytes: Buffer) =>
  new Map((await readXlsx(bytes)).sheets.map((sheet) => [sheet.name, sheet.rows as unknown[][]]))

const failed = result({
  name: 'lost',
  status: 'failed',
  outcome: null,
  problems: [problem('series_no_values', { observations: 3 }, { series: 'lost' })],
})
const low = result({
  name: 'unsure',
  outcome: { confidenceScore: 0.3, confidenceGrade: 'low', risk: [code('risk_wide_bands', { percent: 120 })] },
})

test('eight sheets, the one of a chosen series and the history, read by another library', async () => {
  const sheets = await sheetsOf(await made([result(), low, failed]))
  assert.deepEqual(
    [...sheets.keys()],
    [
      ...['Summary', 'Forecasts', 'Models', 'Confidence', 'Data quality', 'Exceptions', 'Overrides', 'Read me'],
      ...['One series', 'History', 'index'],
    ],
  )
  const [head, first, second] = sheets.get('Forecasts')!
  assert.deepEqual(head!.slice(0, 8), [
    'Series',
    'Date',
    'Period',
    'Forecast',
    'Low 80 %',
    'High 80 %',
    'Low 95 %',
    'High 95 %',
  ])
  assert.deepEqual(first!.slice(2, 8), [1, 125.3, 110, 140, 100, 150])
  assert.deepEqual([first![0], second![3]], ['Prodotto_A', -0.1])
  assert.ok(first![1] instanceof Date)
  assert.equal(first![1].toISOString().slice(0, 10), '2025-01-31')
  assert.equal(sheets.get('Forecasts')!.length, 1 + 4)
  assert.equal(sheets.get('History')!.length, 1 + 3 * 24)
  const exceptions = sheets.get('Exceptions')!
  assert.deepEqual(
    exceptions.slice(1).map(([severity, name]) => [severity, name]),
    [
      ['■ urgent', 'lost'],
      ['▲ attention', 'unsure'],
      ['◆ to know', 'Prodotto_A'],
      ['◆ to know', 'unsure'],
    ],
  )
  assert.match(String(sheets.get('Summary')![1]![0]), /^2 of 3 series need you; 2 forecast, 2 periods ahead$/)
})

test('the same results are the same bytes, whatever the hour and the zone', async () => {
  const zone = process.env.TZ
  const first = await made([result(), low])
  process.env.TZ = 'Pacific/Auckland'
  const second = await made([result(), low])
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
  assert.ok(first.equals(second))
})

test('texts are never formulas and come back as they are; numbers stay numbers (H037, H038)', async () => {
  const link = [
    '=HYPERLINK("http://example.com","x")',
    "=cmd|' /C calc'!A0",
    '</t><script>x</script>',
    '_x0041_',
    'a\u0007b',
  ]
  const names = [...EVIL_NAMES.filter((name) => name !== ''), ...FORMULA_NAMES, ...link]
  const bytes = await made(names.map((name) => result({ name })))
  const rows = (await sheetsOf(bytes)).get('Models')!
  assert.equal(rows.length, names.length + 1)
  // what another library cannot give back byte for byte are the escapes of signs XML has no room for
  const plain = names.filter((name) => !/\p{Cc}|_x/u.test(name))
  const found = new Set(rows.map(([name]) => name))
  for (const name of plain) assert.ok(found.has(name), name)
  const forecasts = (await sheetsOf(bytes)).get('Forecasts')!
  assert.ok(forecasts.slice(1).every((row) => typeof row[3] === 'number'))
})

test('what XML cannot hold is escaped as workbooks do', () => {
  assert.equal(escapeXml('a\u0000b_x0041_\r<&>"\ud800'), 'a_x0000_b_x005F_x0041__x000D_&lt;&amp;&gt;&quot;\ufffd')
})

test('serial numbers of dates', () => {
  assert.equal(serialOf('1900-03-01'), 61)
  assert.equal(serialOf('2025-01-31'), 45_688)
  assert.equal(serialOf('2025-01-31T12:00'), 45_688.5)
  assert.equal(serialOf('1899-12-31'), null)
  assert.equal(serialOf('no date'), null)
})

test('series without dates, without bands, without anything', async () => {
  const undated = result({ name: 'undated', calendar: null, dates: [null, null] })
  const bare = result({
    name: 'bare',
    outcome: { forecast: { ...forecast, bands: null }, metrics: null, inventory: null },
  })
  const sheets = await sheetsOf(await made([undated, bare]))
  assert.deepEqual(sheets.get('Forecasts')![3]!.slice(3, 8), [125.3, null, null, null, null])
  const none = await sheetsOf(await made([failed]))
  assert.equal(none.get('Forecasts')![1]![0], 'No series could be forecast.')
  assert.equal((await sheetsOf(await made([]))).get('Exceptions')![1]![0], 'No series needs you.')
})

test('more rows than a sheet holds are refused before anything is written', () => {
  const long = { ...forecast, mean: new Float64Array(600_000), bands: null }
  assert.throws(
    () =>
      forecastXlsx({
        ...reportOf([]),
        results: [result({ outcome: { forecast: long } }), result({ outcome: { forecast: long } })],
      }),
    (error) => error instanceof Problem && error.code === 'workbook_too_large',
  )
})

for (const language of LANGUAGES)
  test(`${language}: names of sheets and columns that a workbook can have`, async () => {
    const say = (key: string): string => text(`ui.report.${key}`, { level: '80' }, language)
    const sheets = [
      'summary',
      'forecasts',
      'models',
      'confidence',
      'data_quality',
      'exceptions',
      'overrides',
      'read_me',
      'series',
      'history',
    ]
    const names = sheets.map((key) => say(`sheet.${key}`))
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length)
    for (const name of names) assert.match(name, /^[^[\]:*?/\\]{1,31}$/)
    const reasons = ['promotion', 'price', 'customer', 'stock_out', 'data_error', 'other'].map((key) =>
      say(`reason.${key}`),
    )
    assert.ok(reasons.join(',').length <= 253)
    assert.ok(reasons.every((word) => !word.includes(',')))
    for (const [sheet, rows] of await sheetsOf(await made([result(), low, failed], language))) {
      const titles = rows[0]!
      if (['Forecasts', 'Models', 'Confidence'].includes(sheet))
        assert.equal(new Set(titles).size, titles.length, sheet)
      for (const cell of rows.flat()) assert.doesNotMatch(String(cell), /\bui\.|undefined|NaN|\{\w/)
    }
  })
