import type { CandidateReport, Inventory, Metrics } from '../automl/outcome.ts'
import type { PortfolioFigures, SeriesResult, Supply } from '../batch/run-result.ts'
import { type Locale, renderAll } from '../i18n/render.ts'
import { frequencyName } from '../series/frequency-name.ts'
import { bandAt, levelName } from './bands.ts'
import { forecastOf, problemsOf } from './forecast-of.ts'
import { modelLabel } from './model-label.ts'
import { codeJson, problemJson } from './problem-json.ts'

export interface JsonOptions {
  /** Language of the texts. */
  readonly locale: Locale
}

/**
 * The forecasts as one JSON object, name to series, in the order of the results; one chunk and one line a series.
 *
 * A series: `model` (the guide's label), `confidence`, `pattern`, `forecast` (null when failed or cancelled),
 * `business_recommendation` (text), `status`, `requested_model`, `model_label`, `members` `[{ model, label, weight }]`,
 * `because`, `confidence_tolerance` (a share), `beats_seasonal_naive` (a probability), `confidence_grade`, `pattern_flags`, `pattern_evidence`, `unit`, `frequency` (`monthly`, `15min`; null
 * without dates), `season_length`, `observations`,
 * `start`, `month_end` (months are named by their last day) and `history` (the values it rests on, one a period; null = missing), `dates`, `lower_80`, `upper_80`, ... (null without bands),
 * `reorder_point`, `safety_stock`, `inventory` (terms, expected service, classes; orders and projected stock where the stock
 * on hand is known), `total` `{ level, group, parts }` (of a total), `reconciliation` `{ method, base_forecast }`, `like_items`,
 * `forecast_value`, `metrics`, `candidates`, `alternatives`, `related`
 * `[{ series, lag, correlation, p, granger_p }]` (series that lead this one), `codes`
 * `{ reasons, advice, risk }`, `overrides` (`[{ period, value, reason, note, author }]`, beside the forecasts they replace), `repairs`, `problems`. A code is `{ code, params, text }`. A number that is not finite is
 * null. Names may be anything, `__proto__` too: they are written as text, never used as a key here.
 */
export function* forecastJson(results: Iterable<SeriesResult>, options: JsonOptions): Generator<string> {
  let before = '{\n'
  for (const result of results) {
    yield `${before}${JSON.stringify(result.name)}: ${JSON.stringify(entryOf(result, options.locale))}`
    before = ',\n'
  }
  yield before === '{\n' ? '{}\n' : '\n}\n'
}

/** One series of the JSON export (`explain --json`): the same object with a single name. */
export const seriesJson = (result: SeriesResult, options: JsonOptions): string =>
  [...forecastJson([result], options)].join('')

function entryOf(result: SeriesResult, locale: Locale) {
  const { outcome } = result
  const forecast = forecastOf(result)?.forecast ?? null
  const codes = (list: NonNullable<typeof outcome>['risk'] | undefined) =>
    (list ?? []).map((code) => codeJson(code, locale))
  return {
    model: forecast === null || outcome === null ? null : modelLabel(outcome.used),
    confidence: forecast === null ? null : (outcome?.confidenceScore ?? null),
    pattern: outcome?.pattern ?? null,
    forecast: forecast === null ? null : [...forecast.mean],
    business_recommendation: outcome === null ? null : renderAll(outcome.businessRecommendation, locale),
    status: result.status,
    requested_model: outcome === null ? null : modelLabel(outcome.requested),
    model_label: forecast === null || outcome === null ? null : outcome.label,
    members: (outcome?.members ?? []).map(({ model, label, weight }) => ({ model: modelLabel(model), label, weight })),
    because: outcome?.because ? codeJson(outcome.because, locale) : null,
    confidence_tolerance: forecast === null ? null : (outcome?.confidenceTolerance ?? null),
    beats_seasonal_naive: forecast === null ? null : (outcome?.beatsNaive ?? null),
    confidence_grade: forecast === null ? null : (outcome?.confidenceGrade ?? null),
    pattern_flags: outcome?.flags ?? [],
    pattern_evidence: outcome?.patternEvidence ?? {},
    unit: result.unit,
    frequency: result.calendar === null ? null : frequencyName(result.calendar.frequency),
    season_length: result.seasonLength,
    observations: result.observations,
    start: result.calendar?.start ?? null,
    month_end: result.calendar?.monthEnd ?? false,
    history: [...result.history],
    dates: forecast === null ? null : result.dates,
    ...Object.fromEntries(bandFields(result.levels, forecast)),
    reorder_point: outcome?.inventory?.reorderPoint ?? null,
    safety_stock: outcome?.inventory?.safetyStock ?? null,
    inventory: inventoryJson(outcome?.inventory ?? null, result.portfolio),
    ...portfolioJson(result.portfolio),
    metrics: metricsJson(outcome?.metrics ?? null),
    candidates: (outcome?.candidates ?? []).map((candidate) => candidateJson(candidate, locale)),
    alternatives: (outcome?.alternatives ?? []).map(({ model, score, because }) => ({
      model: modelLabel(model),
      score,
      because: codeJson(because, locale),
    })),
    related: (outcome?.related ?? []).map(({ leader, lag, correlation, p, grangerP }) => ({
      series: leader,
      lag,
      correlation,
      p,
      granger_p: grangerP,
    })),
    codes: {
      reasons: codes(outcome?.whyChosen),
      advice: codes(outcome?.businessRecommendation),
      risk: codes(outcome?.risk),
    },
    overrides: result.overrides ?? [],
    repairs: result.repairs,
    problems: problemsOf(result).map((problem) => problemJson(problem, locale)),
  }
}

function bandFields(levels: readonly number[], forecast: NonNullable<SeriesResult['outcome']>['forecast']) {
  return levels.flatMap((level): [string, number[] | null][] => {
    const band = forecast === null ? null : bandAt(forecast, level)
    const name = levelName(level)
    return [
      [`lower_${name}`, band === null ? null : [...band.lower]],
      [`upper_${name}`, band === null ? null : [...band.upper]],
    ]
  })
}

const inventoryJson = (inventory: Inventory | null, portfolio: PortfolioFigures | undefined) =>
  inventory && {
    lead_time: inventory.leadTime,
    lead_time_sd: inventory.leadTimeSd,
    review_period: inventory.reviewPeriod,
    service_level: inventory.serviceLevel,
    service_measure: inventory.serviceMeasure,
    cycle_service: inventory.cycleService,
    fill_rate: inventory.fillRate,
    demand_distribution: inventory.demandDistribution,
    demand_lead_time: inventory.overLeadTime.mean,
    demand_protection: inventory.overProtection.mean,
    service_curve: inventory.serviceCurve.map(({ serviceLevel, reorderPoint, service }) => ({
      service_level: serviceLevel,
      reorder_point: reorderPoint,
      service,
    })),
    abc: portfolio?.abc ?? null,
    xyz: portfolio?.xyz ?? null,
    ...supplyJson(portfolio?.supply ?? null),
  }

const supplyJson = (supply: Supply | null) => ({
  stock_on_hand: supply?.stockOnHand ?? null,
  on_order: supply?.onOrder ?? null,
  order_proposal: supply?.orderProposal ?? null,
  stock_out_risk: supply?.stockOutRisk ?? null,
  expected_shortage: supply?.expectedShortage ?? null,
  cover_periods: supply?.coverPeriods ?? null,
  projected_stock: supply && [...supply.projectedStock],
  projected_risk: supply && [...supply.projectedRisk],
})

/** What the portfolio says of a series; nulls and empty lists where it says nothing. */
const portfolioJson = (portfolio: PortfolioFigures | undefined) => ({
  total: portfolio?.total ?? null,
  reconciliation: portfolio?.reconciliation
    ? { method: portfolio.reconciliation.method, base_forecast: [...portfolio.reconciliation.base] }
    : null,
  like_items: portfolio?.likeItems ?? [],
  forecast_value: portfolio?.value ?? null,
})

/** From the rolling origins; skill = 1 - loss / seasonal naive's loss. */
const metricsJson = (metrics: Metrics | null) =>
  metrics && {
    mase: metrics.mase,
    rmsse: metrics.rmsse,
    smape: metrics.smape,
    coverage_80: metrics.coverage80,
    coverage_95: metrics.coverage95,
    skill: metrics.skill,
    bias: metrics.bias,
    tracking_signal: metrics.trackingSignal,
    one_sided: metrics.oneSided,
  }

const candidateJson = (candidate: CandidateReport, locale: Locale) => ({
  model: modelLabel(candidate.model),
  label: candidate.label,
  scores: candidate.scores,
  evaluations: candidate.evaluations,
  ...(candidate.refused === undefined ? {} : { refused: codeJson(candidate.refused, locale) }),
})
