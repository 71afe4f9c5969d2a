import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SeriesResult } from '../../src/batch/run-result.ts'
import { forecastCsv } from '../../src/export/csv.ts'
import { forecastJson } from '../../src/export/json.ts'
import { overrideSheetNames, readOverrides } from '../../src/export/overrides/read-overrides.ts'
import { resultsOfJson } from '../../src/export/read-json.ts'
import { forecastXlsx } from '../../src/export/xlsx/workbook.ts'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { bufferSource } from '../../src/io/bytes/source.ts'
import { sheetRows } from '../../src/io/xlsx/sheet-rows.ts'
import { EVIL_NAMES, reportOf, result } from './results.ts'

async function sheetOf(results: readonly SeriesResult[], locale: string) {
  const pieces: Uint8Array[] = []
  for await (const piece of forecastXlsx(reportOf(results, locale))) pieces.push(piece)
  return sheetRows('book.xlsx', bufferSource(Buffer.concat(pieces)), overrideSheetNames())
}

const given = { period: 2, value: 4, reason: 'promotion', note: 'shop opens', author: 'AB' }

for (const language of LANGUAGES)
  test(`${language}: overrides go into a workbook and come back as they were`, async () => {
    const results = [result({ overrides: [given] }), result({ name: '007' })]
    const { overrides, problems, accepted, refused } = readOverrides(
      await sheetOf(results, language),
      results,
      'book.xlsx',
    )
    assert.deepEqual([...overrides], [['Prodotto_A', [given]]])
    assert.deepEqual([accepted, refused], [1, 0])
    // 4 lies above the 95 % range of 3
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['override_far'],
    )
  })

test('what people type wrongly is refused cell by cell; the rest is taken', async () => {
  const results = [result(), result({ name: 'b' })]
  const sheet = await sheetOf(results, 'en')
  const [head, ...rows] = sheet
  const at = (title: string): number => head!.cells.indexOf(title)
  const typed = (row: number, changes: Record<string, string | number>) => {
    const cells = [...rows[row]!.cells]
    const numbers = [...rows[row]!.numbers]
    for (const [title, value] of Object.entries(changes)) {
      cells[at(title)] = String(value)
      numbers[at(title)] = typeof value === 'number' ? value : Number.NaN
    }
    return { row: rows[row]!.row, cells, numbers }
  }
  const cases: [Record<string, string | number>, string, string][] = [
    [{ Override: 'many', Reason: 'Promotion' }, 'override_not_number', 'Override'],
    [{ Override: 120 }, 'override_reason_missing', 'Reason'],
    [{ Override: 120, Reason: 'because' }, 'override_reason_unknown', 'Reason'],
    [{ Override: 120, Reason: 'Other' }, 'override_note_missing', 'Note'],
    [{ Series: 'c', Override: 120, Reason: 'Promotion' }, 'override_series_unknown', 'Series'],
    [{ Period: 3, Override: 120, Reason: 'Promotion' }, 'override_period_unknown', 'Period'],
    [{ Forecast: 99, Override: 120, Reason: 'Promotion' }, 'override_of_another_run', 'Forecast'],
  ]
  for (const [changes, code, column] of cases) {
    const { overrides, problems } = readOverrides([head!, typed(0, changes)], results, 'book.xlsx')
    assert.equal(overrides.size, 0, code)
    assert.deepEqual([problems[0]!.code, problems[0]!.column, problems[0]!.row], [code, column, 2])
  }
  const good = typed(0, { Override: 130, Reason: 'prezzo' })
  assert.equal(readOverrides([head!, good], results, '').refused, 1)
  const fine = typed(0, { Override: 130, Reason: 'price change' })
  assert.equal(readOverrides([head!, fine, fine], results, '').problems[0]!.code, 'override_twice')
  assert.equal(
    readOverrides([head!, typed(0, { Override: 125.4, Reason: 'Promotion' })], results, '').problems[0]!.code,
    'override_small',
  )
  assert.equal(
    readOverrides([{ row: 1, cells: ['a'], numbers: [Number.NaN] }], results, '').problems[0]!.code,
    'column_missing',
  )
})

test("an overridden value is exported, under no model's name, beside the forecast it replaces", () => {
  const csv = [...forecastCsv([result({ overrides: [given] })], { profile: 'dated' })].join('')
  assert.match(csv, /Prodotto_A,2025-01-31,1,125\.3,.*,SARIMA,/)
  assert.match(csv, /Prodotto_A,2025-02-28,2,4,.*,Override,/)
})

test('results read back from JSON write the same JSON, CSV and workbook', async () => {
  const results = [
    ...EVIL_NAMES.map((name) => result({ name })),
    result({ name: 'o', overrides: [given] }),
    result({ name: 'lost', status: 'failed', outcome: null, dates: [null, null], calendar: null }),
  ]
  const json = [...forecastJson(results, { locale: 'en' })].join('')
  const again = resultsOfJson(Object.entries(JSON.parse(json)))
  // JSON.parse puts names that are whole numbers first: compared by name
  const lines = (text: string): string[] => text.replaceAll(',\n', '\n').split('\n').sort()
  assert.deepEqual(lines([...forecastJson(again, { locale: 'en' })].join('')), lines(json))
  const csv = (all: readonly SeriesResult[]): string[] => [...forecastCsv(all, { profile: 'dated' })].sort()
  assert.deepEqual(csv(again), csv(results))
})
