import type { CandidateReport } from '../automl/outcome.ts'
import type { Overrides, ResultRow, SeriesDetail } from '../contract/result.ts'
import { bandAt } from '../export/bands.ts'
import { forecastOf, problemsOf } from '../export/forecast-of.ts'
import { problemJson } from '../export/problem-json.ts'
import { snakeCase } from '../export/snake-case.ts'
import type { Code } from '../messages.ts'
import { periodDate } from '../series/calendar.ts'
import { frequencyName } from '../series/frequency-name.ts'
import { decompositionOf, itemFigures, originsOf, stockFiguresOf } from './series-figures.ts'
import { finite, type StoredResult } from './stored-result.ts'
import { wireCode } from './wire-code.ts'

/** The numbers of an object under the names of the wire; what is not finite is null. */
const figures = (fields: object): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'boolean' ? [] : [[snakeCase(name), finite(value as number)]],
    ),
  )

export const NO_OVERRIDES: Overrides = { version: 0, values: [], reason: null, author: null, changed_at: null }

/** Everything that is known of one series. */
export function seriesDetail(
  jobId: string,
  row: ResultRow,
  stored: StoredResult,
  exceptions: SeriesDetail['exceptions'],
  overrides: Overrides,
  locale: string,
): SeriesDetail {
  const { result } = stored
  const { outcome, calendar, history, portfolio } = result
  const codes = (list: readonly Code[] | undefined) => (list ?? []).map((code) => wireCode(code, locale))
  const total = portfolio?.total ?? null
  const reconciliation = portfolio?.reconciliation ?? null
  return {
    job_id: jobId,
    row,
    frequency: calendar === null ? null : frequencyName(calendar.frequency),
    season_length: result.seasonLength,
    horizon: result.horizon,
    history: {
      dates: Array.from(history, (_, i) => (calendar === null ? null : periodDate(calendar, i))),
      values: Array.from(history, finite),
    },
    forecast: forecast(result, overrides),
    overrides,
    item: itemFigures(stored),
    exceptions,
    backtest: {
      metrics: outcome?.metrics ? figures(outcome.metrics) : null,
      candidates: (outcome?.candidates ?? []).map((one) => candidate(one, locale)),
      origins: originsOf(result),
    },
    decomposition: decompositionOf(result),
    hierarchy: total && { level: [...total.level], group: [...total.group], parts: [...total.parts] },
    reconciliation: reconciliation && {
      method: reconciliation.method,
      base: Array.from(reconciliation.base, finite),
    },
    members: [...(outcome?.members ?? [])],
    alternatives: (outcome?.alternatives ?? []).map(({ model, score, because }) => ({
      ...{ model, score },
      because: wireCode(because, locale),
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
    supply: stockFiguresOf(result),
    because: outcome?.because ? wireCode(outcome.because, locale) : null,
    reasons: codes(outcome?.whyChosen),
    advice: codes(outcome?.businessRecommendation),
    risk: codes(outcome?.risk),
    repairs: result.repairs.map((repair) => ({ ...repair })),
    problems: problemsOf(result).map((one) => problemJson(one, locale)),
  }
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
  ...(refused && { refused: wireCode(refused, locale) }),
})
