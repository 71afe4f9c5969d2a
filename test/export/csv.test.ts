import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import type { SeriesResult } from '../../src/batch/run-result.ts'
import { type CsvProfile, forecastCsv } from '../../src/export/csv.ts'
import { EVIL_NAMES, FORMULA_NAMES, forecast, result } from './results.ts'

const csv = (results: SeriesResult[], profile: CsvProfile = 'dated'): string =>
  [...forecastCsv(results, { profile })].join('')
const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true })
const HEADER =
  'series_name,date,period,forecast,lower_80,upper_80,lower_95,upper_95,model,confidence,pattern,status,unit\n'

const failed = result({ name: 'B', status: 'failed', outcome: null, dates: [null, null], unit: null })

test('dated: success, fallback without dates or bands, failed', () => {
  const fallback = result({
    name: 'C',
    status: 'fallback',
    calendar: null,
    dates: [null, null],
    unit: null,
    outcome: { used: 'seasonal_naive', pattern: 'short', confidenceScore: 0.4, forecast: { ...forecast, bands: null } },
  })
  assert.equal(
    csv([result(), failed, fallback]),
    `${HEADER}Prodotto_A,2025-01-31,1,125.3,110,140,100,150,SARIMA,0.85,seasonal,success,pieces
Prodotto_A,2025-02-28,2,-0.1,-2,2,-3,3,SARIMA,0.85,seasonal,success,pieces
B,,,,,,,,,,,failed,
C,,1,125.3,,,,,Seasonal naive,0.4,short,fallback,
C,,2,-0.1,,,,,Seasonal naive,0.4,short,fallback,
`,
  )
})

test('legacy-v1: the columns of the guide, failed series left out', () => {
  assert.equal(
    csv([failed, result()], 'legacy-v1'),
    `serie_name,model_selected,confidence_score,forecast_day,forecast_value
Prodotto_A,SARIMA,0.85,1,125.3
Prodotto_A,SARIMA,0.85,2,-0.1
`,
  )
})

test('levels name the columns in place and are the same for every row', () => {
  const text = csv([result({ levels: [0.9, 0.975] }), result({ name: 'D' })])
  assert.match(text, /forecast,lower_90,upper_90,lower_97\.5,upper_97\.5,model/)
  assert.equal(
    [...forecastCsv([result()], { profile: 'dated', levels: [0.5] })][0]?.includes('lower_50,upper_50,m'),
    true,
  )
  assert.equal(new Set(parse(text).map((row: string[]) => row.length)).size, 1)
})

test('no results give a header', () => {
  assert.equal(csv([]), HEADER)
})

test('cancelled series are rows too; a stale forecast of a failed one is not published', () => {
  const rows = rowsOf(csv([result({ status: 'cancelled' }), result({ status: 'failed' })]))
  assert.deepEqual(
    rows.map((row) => [row.status, row.forecast, row.model, row.lower_80]),
    [
      ['cancelled', '', '', ''],
      ['failed', '', '', ''],
    ],
  )
})

test('names come back byte for byte from a strict reader, in both profiles', () => {
  const results = EVIL_NAMES.map((name) => result({ name }))
  for (const [profile, column] of [
    ['dated', 'series_name'],
    ['legacy-v1', 'serie_name'],
  ] as const)
    assert.deepEqual([...new Set(rowsOf(csv(results, profile)).map((row) => row[column]))], EVIL_NAMES)
})

test('H037: no text cell of dated starts a formula, and every name can be had back; legacy names stay', () => {
  const results = FORMULA_NAMES.map((name) => result({ name, unit: name }))
  const rows = rowsOf(csv(results))
  for (const row of rows) for (const text of [row.series_name!, row.unit!]) assert.ok(text.startsWith("'"), text)
  const back = (text: string) => (/^'+[\0\t\r\n=+\-@＝＋－＠]/.test(text) ? text.slice(1) : text)
  assert.deepEqual([...new Set(rows.map((row) => back(row.series_name!)))], FORMULA_NAMES)
  assert.deepEqual([...new Set(rows.map((row) => row.forecast))], ['125.3', '-0.1'])
  const legacy = rowsOf(csv(results, 'legacy-v1'))
  assert.deepEqual([...new Set(legacy.map((row) => row.serie_name))], FORMULA_NAMES)
})

test('numbers come back as they were; what is not finite is empty', () => {
  const mean = Float64Array.of(1 / 3, 1e21, 5e-324, -0, Number.NaN, Infinity)
  const dates = Array.from(mean, () => null)
  const rows = rowsOf(csv([result({ dates, outcome: { forecast: { mean, bands: null } } })]))
  assert.deepEqual(
    rows.map((row) => row.forecast),
    ['0.3333333333333333', '1e+21', '5e-324', '0', '', ''],
  )
})

test('one chunk a series: memory does not grow with the portfolio', () => {
  let asked = 0
  function* many() {
    while (true) {
      asked++
      yield result()
    }
  }
  const chunks = forecastCsv(many(), { profile: 'dated' })
  for (let i = 0; i < 3; i++) chunks.next()
  assert.equal(asked, 2)
})
