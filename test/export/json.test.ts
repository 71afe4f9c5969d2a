import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SeriesResult } from '../../src/batch/run-result.ts'
import { forecastJson, seriesJson } from '../../src/export/json.ts'
import { problem } from '../../src/messages.ts'
import { EVIL_NAMES, FORMULA_NAMES, forecast, result } from './results.ts'

const json = (results: SeriesResult[]): string => [...forecastJson(results, { locale: 'en' })].join('')

test('a series as the guide prints it, and beside it what we know', () => {
  const { Prodotto_A } = JSON.parse(json([result()]))
  assert.deepEqual(Prodotto_A, {
    model: 'SARIMA',
    confidence: 0.85,
    pattern: 'seasonal',
    forecast: [125.3, -0.1],
    business_recommendation: 'Demand is stable. Keep the present order plan.',
    status: 'success',
    requested_model: 'SARIMA',
    model_label: 'ARIMA(0,1,1)(0,1,1)[12]',
    members: [{ model: 'SARIMA', label: 'ARIMA(0,1,1)(0,1,1)[12]', weight: 1 }],
    because: null,
    confidence_tolerance: 0.25,
    beats_seasonal_naive: 0.7,
    confidence_grade: 'high',
    pattern_flags: ['trending'],
    pattern_evidence: { seasonalStrength: 0.8 },
    unit: 'pieces',
    frequency: 'monthly',
    season_length: 12,
    observations: 24,
    start: '2023-01-31',
    month_end: true,
    history: Array.from({ length: 24 }, (_, t) => 100 + t + 10 * (t % 12)),
    dates: ['2025-01-31', '2025-02-28'],
    lower_80: [110, -2],
    upper_80: [140, 2],
    lower_95: [100, -3],
    upper_95: [150, 3],
    reorder_point: 260,
    safety_stock: 10,
    inventory: { lead_time: 2, review_period: 0, service_level: 0.95, demand_distribution: 'normal' },
    metrics: { mase: 0.7, rmsse: 0.8, smape: 5, coverage_80: 0.81, coverage_95: null, skill: 0.2 },
    candidates: [
      { model: 'SARIMA', label: 'ARIMA(0,1,1)(0,1,1)[12]', scores: { relative: 0.8, sd: null }, evaluations: 9 },
      {
        model: 'ETS',
        label: 'ETS',
        scores: {},
        evaluations: 0,
        refused: {
          code: 'series_no_values',
          params: { observations: 3 },
          text: 'None of the 3 rows of the series holds a number. Fill in the values or remove the series.',
        },
      },
    ],
    related: [],
    alternatives: [
      {
        model: 'ETS',
        score: 0.9,
        because: {
          code: 'lower_validation_score',
          params: { percent: 4 },
          text: 'Its error in the trial forecasts was 4 % larger than that of the chosen model.',
        },
      },
    ],
    codes: {
      reasons: [
        {
          code: 'pattern_seasonal',
          params: { seasonLength: 12, strength: 0.8 },
          text: 'The series repeats every 12 periods; the season has a strength of 0.8 on a scale from 0 to 1.',
        },
      ],
      advice: [{ code: 'advice_stable', params: {}, text: 'Demand is stable. Keep the present order plan.' }],
      risk: [],
    },
    overrides: [],
    repairs: [],
    problems: [],
  })
})

test('the text begins with the keys of the guide, one line a series', () => {
  const lines = json([result(), result({ name: 'B' })]).split('\n')
  assert.equal(lines.length, 5)
  assert.match(
    lines[1]!,
    /^"Prodotto_A": \{"model":"SARIMA","confidence":0\.85,"pattern":"seasonal","forecast":\[125\.3,-0\.1\],"business_recommendation":/,
  )
})

test('a failed series has status, problems, and no forecast', () => {
  const fault = problem('series_empty', {}, { series: 'B' })
  const { B } = JSON.parse(json([result({ name: 'B', status: 'failed', outcome: null, problems: [fault] })]))
  assert.equal(B.status, 'failed')
  for (const key of ['forecast', 'model', 'confidence', 'dates', 'lower_80', 'reorder_point', 'metrics'])
    assert.equal(B[key], null, key)
  assert.equal(B.problems.length, 1)
  assert.equal(B.problems[0].code, 'series_empty')
  assert.match(B.problems[0].text, /^series «B»: The series has no rows\./)
})

test('without dates and bands: nulls, the same keys', () => {
  const bare = result({ calendar: null, dates: [null, null], outcome: { forecast: { ...forecast, bands: null } } })
  const entry = JSON.parse(json([bare])).Prodotto_A
  assert.deepEqual([entry.frequency, entry.dates, entry.lower_80, entry.upper_95], [null, [null, null], null, null])
  assert.deepEqual(Object.keys(entry), Object.keys(JSON.parse(json([result()])).Prodotto_A))
})

test('a problem known to the series and to its outcome is said once', () => {
  const known = problem('series_short', { observations: 5, advised: 24 }, { series: 'Prodotto_A' })
  const entry = JSON.parse(json([result({ problems: [known], outcome: { problems: [known] } })])).Prodotto_A
  assert.equal(entry.problems.length, 1)
})

test('any name is a key of its own', () => {
  const names = [...EVIL_NAMES, ...FORMULA_NAMES]
  const parsed = JSON.parse(json(names.map((name) => result({ name }))))
  assert.deepEqual(Object.keys(parsed).sort(), [...names].sort())
  assert.ok(Object.hasOwn(parsed, '__proto__'))
})

test('nothing is an empty object; one series is a file of one', () => {
  assert.equal(json([]), '{}\n')
  assert.equal(seriesJson(result(), { locale: 'en' }), json([result()]))
})
