import type { Inventory, Metrics, Outcome, PublishedForecast } from '../automl/outcome.ts'
import type { Override, PortfolioFigures, SeriesResult } from '../batch/run-result.ts'
import type { Code, LocatedProblem, MessageCode, Repair } from '../messages.ts'
import { parseFrequency } from '../series/frequency-name.ts'
import { levelName } from './bands.ts'
import { registryName } from './model-label.ts'

/** A series of `forecasts.json`, with the fields that results are made of again. */
type Entry = Readonly<Record<string, unknown>>
interface WrittenCode {
  readonly code: MessageCode
  readonly params: Code['params']
}

const numbers = (values: unknown): Float64Array =>
  Float64Array.from((values as (number | null)[] | null) ?? [], (value) => value ?? Number.NaN)
const codeOf = ({ code, params }: WrittenCode): Code => ({ code, params })
const codesOf = (list: unknown): Code[] => ((list as WrittenCode[] | undefined) ?? []).map(codeOf)

/**
 * The results as `forecastJson` wrote them: a run can be exported again, in another language or format, from its folder
 * alone. What the file does not hold (quantiles beyond the levels) is not there; texts are made anew from their codes.
 */
export const resultsOfJson = (entries: Iterable<readonly [name: string, entry: unknown]>): SeriesResult[] =>
  Array.from(entries, ([name, entry]) => resultOf(name, entry as Entry))

function resultOf(name: string, entry: Entry): SeriesResult {
  const levels = Object.keys(entry)
    .flatMap((key) => /^lower_(\d+(?:\.\d+)?)$/.exec(key)?.[1] ?? [])
    .map((level) => Number((Number(level) / 100).toPrecision(12)))
    .sort((a, b) => a - b)
  const frequency = typeof entry.frequency === 'string' ? parseFrequency(entry.frequency) : null
  const dates = entry.dates as (string | null)[] | null
  return {
    name,
    status: entry.status as SeriesResult['status'],
    unit: (entry.unit as string | null) ?? null,
    calendar:
      frequency === null || typeof entry.start !== 'string'
        ? null
        : { frequency, start: entry.start, monthEnd: entry.month_end === true },
    seasonLength: entry.season_length as number,
    observations: entry.observations as number,
    history: numbers(entry.history),
    dates: dates ?? [],
    horizon: dates?.length ?? 0,
    levels,
    outcome: entry.pattern === null ? null : outcomeOf(entry, levels),
    repairs: entry.repairs as Repair[],
    ...((entry.overrides as Override[] | undefined)?.length ? { overrides: entry.overrides as Override[] } : {}),
    problems: (entry.problems as Record<string, unknown>[]).map(problemOf),
    portfolio: portfolioOf(entry),
  }
}

/** What the portfolio said of it; the file holds no more than this. */
function portfolioOf(entry: Entry): PortfolioFigures {
  const inventory = entry.inventory as Pick<PortfolioFigures, 'abc' | 'xyz'> | null
  const reconciliation = entry.reconciliation as { method: string; base_forecast: (number | null)[] } | null
  return {
    total: entry.total as PortfolioFigures['total'],
    reconciliation: reconciliation && { method: reconciliation.method, base: numbers(reconciliation.base_forecast) },
    likeItems: entry.like_items as string[],
    ...{ abc: inventory?.abc ?? null, xyz: inventory?.xyz ?? null },
    ...{ value: entry.forecast_value as number | null, supply: null },
  }
}

/** What is unknown of a place is null in the file, and absent here. */
function problemOf(written: Record<string, unknown>): LocatedProblem {
  const { text: _, ...rest } = written
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)) as unknown as LocatedProblem
}

function outcomeOf(entry: Entry, levels: readonly number[]): Outcome {
  const codes = entry.codes as Record<'reasons' | 'advice' | 'risk', unknown>
  const metrics = entry.metrics as Record<string, number | null> | null
  const inventory = entry.inventory as Record<string, unknown> | null
  const number = (value: unknown): number => (value as number | null) ?? Number.NaN
  const status = entry.status as Outcome['status'] | 'cancelled'
  return {
    status: status === 'cancelled' ? 'failed' : status,
    requested: registryName(entry.requested_model as string),
    used: registryName((entry.model ?? entry.requested_model) as string),
    label: (entry.model_label as string | null) ?? '',
    because: entry.because === null ? null : codeOf(entry.because as WrittenCode),
    members: (entry.members as Outcome['members']).map((member) => ({ ...member, model: registryName(member.model) })),
    pattern: entry.pattern as Outcome['pattern'],
    flags: entry.pattern_flags as Outcome['flags'],
    patternEvidence: entry.pattern_evidence as Outcome['patternEvidence'],
    forecast: forecastOf(entry, levels),
    confidenceScore: number(entry.confidence),
    confidenceTolerance: number(entry.confidence_tolerance),
    beatsNaive: entry.beats_seasonal_naive as number | null,
    confidenceGrade: (entry.confidence_grade as Outcome['confidenceGrade'] | null) ?? 'low',
    whyChosen: codesOf(codes.reasons),
    businessRecommendation: codesOf(codes.advice),
    risk: codesOf(codes.risk),
    alternatives: (entry.alternatives as { model: string; score: number; because: WrittenCode }[]).map(
      ({ model, score, because }) => ({ model: registryName(model), score, because: codeOf(because) }),
    ),
    related: (
      entry.related as { series: string; lag: number; correlation: number; p: number; granger_p: number | null }[]
    ).map(({ series, lag, correlation, p, granger_p: grangerP }) => ({
      leader: series,
      lag,
      correlation,
      p,
      grangerP,
    })),
    inventory:
      inventory === null
        ? null
        : {
            reorderPoint: number(entry.reorder_point),
            safetyStock: number(entry.safety_stock),
            leadTime: number(inventory.lead_time),
            leadTimeSd: number(inventory.lead_time_sd),
            reviewPeriod: number(inventory.review_period),
            serviceLevel: number(inventory.service_level),
            serviceMeasure: inventory.service_measure as Inventory['serviceMeasure'],
            cycleService: number(inventory.cycle_service),
            fillRate: number(inventory.fill_rate),
            demandDistribution: String(inventory.demand_distribution),
            // the file holds their means alone
            overLeadTime: { mean: number(inventory.demand_lead_time), quantiles: [] },
            overProtection: { mean: number(inventory.demand_protection), quantiles: [] },
            serviceCurve: (
              inventory.service_curve as { service_level: number; reorder_point: number; service: number }[]
            ).map(({ service_level: serviceLevel, reorder_point: reorderPoint, service }) => ({
              ...{ serviceLevel, reorderPoint, service },
            })),
          },
    metrics: metrics && metricsOf(metrics),
    trialErrors: [],
    candidates: (
      entry.candidates as {
        model: string
        label: string
        scores: Record<string, number | null>
        evaluations: number
        refused?: WrittenCode
      }[]
    ).map(({ model, label, scores, evaluations, refused }) => ({
      ...{ model: registryName(model), label, evaluations },
      scores: Object.fromEntries(Object.entries(scores).map(([key, value]) => [key, number(value)])),
      ...(refused !== undefined && { refused: codeOf(refused) }),
    })),
    problems: [],
  }
}

const metricsOf = (written: Readonly<Record<string, number | boolean | null>>): Metrics => {
  const of = (key: string): number => (written[key] as number | null) ?? Number.NaN
  return {
    mase: of('mase'),
    rmsse: of('rmsse'),
    smape: of('smape'),
    coverage80: of('coverage_80'),
    coverage95: of('coverage_95'),
    skill: of('skill'),
    bias: of('bias'),
    trackingSignal: of('tracking_signal'),
    // runs of before do not say
    oneSided: written.one_sided === true,
  }
}

/** Quantiles at the ends of the bands. */
function forecastOf(entry: Entry, levels: readonly number[]): PublishedForecast | null {
  if (entry.forecast === null) return null
  const mean = numbers(entry.forecast)
  const ends = levels.flatMap((level) => [
    { p: (1 - level) / 2, values: entry[`lower_${levelName(level)}`] as number[] | null },
    { p: (1 + level) / 2, values: entry[`upper_${levelName(level)}`] as number[] | null },
  ])
  if (ends.length === 0 || ends.some(({ values }) => values === null)) return { mean, bands: null }
  ends.sort((a, b) => a.p - b.p)
  const values = new Float64Array(mean.length * ends.length)
  for (const [k, end] of ends.entries())
    for (let step = 0; step < mean.length; step++) values[step * ends.length + k] = end.values![step] ?? Number.NaN
  return { mean, bands: { probabilities: Float64Array.from(ends, ({ p }) => p), values, response: Float64Array.of(1) } }
}
