import type { CandidateReport, Outcome } from '../automl/outcome.ts'
import type { Overrides, ResultRow, SeriesDetail } from '../contract/result.ts'
import { bandAt } from '../export/bands.ts'
import { forecastOf, problemsOf } from '../export/forecast-of.ts'
import { codeJson, problemJson } from '../export/problem-json.ts'
import { snakeCase } from '../export/snake-case.ts'
import type { Code } from '../messages.ts'
import { periodDate } from '../series/calendar.ts'
import { frequencyName } from '../series/frequency-name.ts'
import { finite, type StoredResult } from './stored-result.ts'

/** Numbers of an object under the names of the wire; what is not finite is null. */
const figures = (fields: object): Record<string, number | null> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [snakeCase(name), finite(value as number)]))

export const NO_OVERRIDES: Overrides = { version: 0, values: [], reason: null, author: null, changed_at: null }

/** Everything that is known of one series. */
export function seriesDetail(
  jobId: string,
  row: ResultRow,
  { result, values }: StoredResult,
  overrides: Overrides,
  locale: string,
): SeriesDetail {
  const { outcome, calendar } = result
  const codes = (list: readonly Code[] | undefined) => (list ?? []).map((code) => codeOf(code, locale))
  return {
    job_id: jobId,
    row,
    frequency: calendar === null ? null : frequencyName(calendar.frequency),
    season_length: result.seasonLength,
    horizon: result.horizon,
    history: {
      dates: Array.from(values, (_, i) => (calendar === null ? null : periodDate(calendar, i))),
      values: Array.from(values, finite),
    },
    forecast: forecast(result, overrides),
    overrides,
    backtest: {
      metrics: outcome?.metrics ? figures(outcome.metrics) : null,
      candidates: (outcome?.candidates ?? []).map((one) => candidate(one, locale)),
    },
    members: [...(outcome?.members ?? [])],
    alternatives: (outcome?.alternatives ?? []).map(({ model, score, because }) => ({
      ...{ model, score },
      because: codeOf(because, locale),
    })),
    related: (outcome?.related ?? []).map(({ leader, lag, correlation, p, grangerP }) => ({
      series: leader,
      lag,
      correlation: finite(correlation),
      p: finite(p),
      granger_p: finite(grangerP),
    })),
    pattern_flags: [...(outcome?.flags ?? [])],
    pattern_evidence: figures(outcome?.patternEvidence ?? {}),
    confidence_tolerance: finite(outcome?.confidenceTolerance),
    beats_seasonal_naive: finite(outcome?.beatsNaive),
    inventory: inventory(outcome),
    because: outcome?.because ? codeOf(outcome.because, locale) : null,
    reasons: codes(outcome?.whyChosen),
    advice: codes(outcome?.businessRecommendation),
    risk: codes(outcome?.risk),
    repairs: result.repairs.map((repair) => ({ ...repair })),
    problems: problemsOf(result).map((one) => problemJson(one, locale)),
  }
}

const codeOf = (code: Code, locale: string) => {
  const { params, ...rest } = codeJson(code, locale)
  return { ...rest, params: { ...params } }
}

function forecast(result: StoredResult['result'], { values: overrides }: Overrides): SeriesDetail['forecast'] {
  const outcome = forecastOf(result)
  if (outcome === null) return null
  const mean = Array.from(outcome.forecast.mean, finite)
  const published = [...mean]
  for (const { period, value } of overrides) if (period <= published.length) published[period - 1] = value
  const bands = result.levels.flatMap((level) => {
    const band = bandAt(outcome.forecast, level)
    return band === null
      ? []
      : [{ level, lower: Array.from(band.lower, finite), upper: Array.from(band.upper, finite) }]
  })
  return { dates: [...result.dates], mean, bands, published }
}

const candidate = ({ model, label, scores, evaluations, refused }: CandidateReport, locale: string) => ({
  ...{ model, label, evaluations },
  scores: Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, finite(score)])),
  ...(refused && { refused: codeOf(refused, locale) }),
})

function inventory(outcome: Outcome | null): SeriesDetail['inventory'] {
  if (!outcome?.inventory) return null
  const { demandDistribution, ...rest } = outcome.inventory
  return { ...figures(rest), demand_distribution: demandDistribution }
}
