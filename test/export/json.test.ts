import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SeriesResult } from '../../src/batch/run-result.ts'
import { forecastJson, seriesJson } from '../../src/export/json.ts'
import { problem } from '../../src/messages.ts'
import { EVIL_NAMES, FORMULA_NAMES, forecast, result } from './results.ts'

const json = (results: SeriesResult[]): string => [...forecastJson(results, { locale: 'en' })].join('')

test('what the portfolio says of a series stands beside its stock', () => {
  const supply = {
    ...{ stockOnHand: 40, onOrder: 20, orderProposal: 200, stockOutRisk: 1, expectedShortage: 190, coverPeriods: 0.3 },
    projectedStock: Float64Array.of(-85.3, 74.8),
    projectedRisk: Float64Array.of(1, 0.01),
  }
  const portfolio = {
    total: { level: ['state'], group: ['Lazio'], parts: ['a', 'b'] },
    reconciliation: { method: 'mint', base: Float64Array.of(120, 1) },
    likeItems: ['a'],
    ...({ abc: 'A', xyz: 'X', value: 500, supply } as const),
  }
  const { Prodotto_A } = JSON.parse(json([result({ portfolio })]))
  const { inventory, total, reconciliation, like_items: like, forecast_value: value } = Prodotto_A
  assert.deepEqual([inventory.abc, inventory.xyz, inventory.order_proposal], ['A', 'X', 200])
  assert.deepEqual(inventory.projected_stock, [-85.3, 74.8])
  assert.deepEqual(total, { level: ['state'], group: ['Lazio'], parts: ['a', 'b'] })
  assert.deepEqual(reconciliation, { method: 'mint', base_forecast: [120, 1] })
  assert.deepEqual([like, value], [['a'], 500])
})

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
    inventory: {
      ...{ lead_time: 2, lead_time_sd: 0, review_period: 0, service_level: 0.95, service_measure: 'cycle' },
      ...{ cycle_service: 0.95, fill_rate: 0.99, demand_distribution: 'normal' },
      ...{ demand_lead_time: 250, demand_protection: 250 },
      service_curve: [{ service_level: 0.98, reorder_point: 270, service: 0.981 }],
      ...{ abc: null, xyz: null, stock_on_hand: null, on_order: null, order_proposal: null, stock_out_risk: null },
      ...{ expected_shortage: null, cover_periods: null, projected_stock: null, projected_risk: null },
    },
    ...{ total: null, reconciliation: null, like_items: [], forecast_value: null },
    metrics: {
      ...{ mase: 0.7, rmsse: 0.8, smape: 5, coverage_80: 0.81, coverage_95: null, skill: 0.2 },
      ...{ bias: 0.02, tracking_signal: 1.5, one_sided: false },
    },
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
