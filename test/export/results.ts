import type { Outcome, PublishedForecast } from '../../src/automl/outcome.ts'
import type { SeriesResult } from '../../src/batch/run-result.ts'
import type { ReportOf } from '../../src/export/report/report.ts'
import { code } from '../../src/messages.ts'
import { exceptionsOf } from '../../src/portfolio/exceptions.ts'

/** Quantiles 0.025, 0.1, 0.5, 0.9, 0.975 of two steps. */
export const forecast: PublishedForecast = {
  mean: Float64Array.of(125.3, -0.1),
  bands: {
    probabilities: Float64Array.of(0.025, 0.1, 0.5, 0.9, 0.975),
    values: Float64Array.of(100, 110, 125, 140, 150, -3, -2, 0, 2, 3),
    response: Float64Array.of(1),
  },
}

const outcome: Outcome = {
  status: 'success',
  requested: 'sarima',
  used: 'sarima',
  label: 'ARIMA(0,1,1)(0,1,1)[12]',
  because: null,
  members: [{ model: 'sarima', label: 'ARIMA(0,1,1)(0,1,1)[12]', weight: 1 }],
  pattern: 'seasonal',
  flags: ['trending'],
  patternEvidence: { seasonalStrength: 0.8 },
  forecast,
  confidenceScore: 0.85,
  confidenceTolerance: 0.25,
  beatsNaive: 0.7,
  confidenceGrade: 'high',
  whyChosen: [code('pattern_seasonal', { seasonLength: 12, strength: 0.8 })],
  businessRecommendation: [code('advice_stable')],
  risk: [],
  alternatives: [{ model: 'ets', score: 0.9, because: code('lower_validation_score', { percent: 4 }) }],
  related: [],
  inventory: {
    reorderPoint: 260,
    safetyStock: 10,
    leadTime: 2,
    leadTimeSd: 0,
    reviewPeriod: 0,
    serviceLevel: 0.95,
    serviceMeasure: 'cycle',
    cycleService: 0.95,
    fillRate: 0.99,
    demandDistribution: 'normal',
    overLeadTime: { mean: 250, quantiles: [230, 250, 270] },
    overProtection: { mean: 250, quantiles: [230, 250, 270] },
    serviceCurve: [{ serviceLevel: 0.98, reorderPoint: 270, service: 0.981 }],
  },
  metrics: {
    mase: 0.7,
    rmsse: 0.8,
    smape: 5,
    coverage80: 0.81,
    coverage95: Number.NaN,
    skill: 0.2,
    bias: 0.02,
    trackingSignal: 1.5,
    oneSided: false,
  },
  trialErrors: [],
  candidates: [
    { model: 'sarima', label: 'ARIMA(0,1,1)(0,1,1)[12]', scores: { relative: 0.8, sd: Infinity }, evaluations: 9 },
    { model: 'ets', label: 'ETS', scores: {}, evaluations: 0, refused: code('series_no_values', { observations: 3 }) },
  ],
  problems: [],
}

type Changes = Partial<Omit<SeriesResult, 'outcome'>> & { readonly outcome?: Partial<Outcome> | null }

export function result(changes: Changes = {}): SeriesResult {
  return {
    name: 'Prodotto_A',
    status: 'success',
    unit: 'pieces',
    calendar: { frequency: { unit: 'month', step: 1 }, start: '2023-01-31', monthEnd: true },
    seasonLength: 12,
    observations: 24,
    history: Float64Array.from({ length: 24 }, (_, t) => 100 + t + 10 * (t % 12)),
    dates: ['2025-01-31', '2025-02-28'],
    horizon: 2,
    levels: [0.8, 0.95],
    repairs: [],
    problems: [],
    ...changes,
    outcome: changes.outcome === null ? null : { ...outcome, ...changes.outcome },
  }
}

/** A report of results that came from no file. */
export const reportOf = (results: readonly SeriesResult[], locale = 'en'): ReportOf => ({
  ...{ results, locale, read: null, engineVersion: '0.1.0' },
  exceptions: exceptionsOf(results.map((one) => ({ result: one, supply: {} }))),
})

export const EVIL_NAMES = [
  '__proto__',
  'constructor',
  'a,b',
  'say "hi"',
  'two\nlines',
  'cr\r\nlf',
  ' blank ends ',
  "'quoted'",
  "O'Neill",
  '007',
  '1E5',
  '-12.5',
  '日本 🎉',
  '</script>',
  '',
]

export const FORMULA_NAMES = [
  '=1+1',
  '+cmd',
  '-x',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '\nx',
  '＝1',
  '＋1x',
  '－x',
  '＠x',
  '\0=1',
  "'=1",
]
