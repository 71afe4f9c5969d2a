import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RunReport, runJson } from '../../src/export/run-json.ts'
import { timingsJson } from '../../src/export/timings-json.ts'
import { problem } from '../../src/messages.ts'
import { result } from './results.ts'

const totals = { rowsIn: 10, used: 7, repaired: 2, rejected: 1 }
const report: RunReport = {
  files: [
    {
      file: 'sales.csv',
      sha256: 'ab12',
      encoding: 'utf-8',
      sheet: null,
      evidence: [],
      examples: [],
      dialect: { delimiter: ';', quote: '"', decimal: ',', thousands: '.', dateOrder: 'dmy' },
      layout: 'long',
      columns: { Data: 'date' },
      headerRow: 1,
      ...totals,
    },
  ],
  config: { serviceLevel: 0.95, maxWorkers: 8, horizon: 30, leadTime: undefined },
  configOrigins: { serviceLevel: 'default', horizon: '--horizon' },
  results: [
    result(),
    result({ name: 'B', status: 'failed', outcome: null, problems: [problem('series_empty', {}, { series: 'B' })] }),
  ],
  engineVersion: '0.1.0',
  seed: 1,
  totals,
  problems: [problem('row_date_invalid', { value: 'x' }, { file: 'sales.csv', row: 3, column: 'Data' })],
}

test('run.json: inputs, configuration with origins, rows, counts, what has no forecast', () => {
  const parsed = JSON.parse(runJson(report))
  assert.deepEqual(Object.keys(parsed), [
    'schema_version',
    'engine',
    'seed',
    'inputs',
    'config',
    'rows',
    'series',
    'not_forecast',
    'exceptions',
    'problems',
  ])
  assert.equal(parsed.inputs[0].sha256, 'ab12')
  assert.deepEqual(parsed.inputs[0].dialect, {
    delimiter: ';',
    quote: '"',
    decimal: ',',
    thousands: '.',
    date_order: 'dmy',
  })
  assert.deepEqual(parsed.config, {
    horizon: { value: 30, origin: '--horizon' },
    lead_time: { value: null, origin: null },
    service_level: { value: 0.95, origin: 'default' },
  })
  assert.deepEqual(parsed.rows, { rows_in: 10, used: 7, repaired: 2, rejected: 1 })
  assert.deepEqual(parsed.series, { total: 2, success: 1, fallback: 0, failed: 1, cancelled: 0 })
  assert.equal(parsed.not_forecast[0].series_name, 'B')
  assert.equal(parsed.not_forecast[0].problems[0].code, 'series_empty')
  assert.equal(parsed.problems[0].row, 3)
})

test('run.json does not depend on how the run was carried out, nor on the order of the options', () => {
  const { serviceLevel, horizon, leadTime } = report.config
  const config = { leadTime, horizon, serviceLevel, maxWorkers: 1, enableParallel: false, verbose: false }
  assert.equal(runJson({ ...report, config }), runJson(report))
})

test('timings.json', () => {
  const timings = { start: '2026-01-01T10:00:00Z', end: '2026-01-01T10:00:02Z', seconds: 2, host: 'pc', workers: 4 }
  assert.deepEqual(JSON.parse(timingsJson(timings)), { schema_version: 1, ...timings })
})
