import type { ForecastOptions, Holiday } from '../automl/outcome.ts'
import { Problem, problem } from '../messages.ts'
import type { Calendar, Frequency } from '../series/calendar.ts'
import type { ProcessorConfig } from './config.ts'

/** Supply terms of one series; what is not given comes from the configuration. */
export interface Terms {
  readonly leadTime?: number | string
  readonly leadTimeSd?: number
  /** Lead times of the past, in periods: then the two above are not read. */
  readonly leadTimes?: ArrayLike<number>
  readonly reviewPeriod?: number
  readonly serviceLevel?: number
  readonly serviceMeasure?: ForecastOptions['serviceMeasure']
}

/** Days in one period: a mean year of 365.25, seven calendar days to five business days. */
const DAYS: Readonly<Record<Frequency['unit'], number>> = {
  year: 365.25,
  month: 365.25 / 12,
  week: 7,
  day: 1,
  businessDay: 7 / 5,
  hour: 1 / 24,
  minute: 1 / 1440,
  second: 1 / 86_400,
}

/** Everything the engine is told of one series. Throws `config_invalid` for days where no frequency is known. */
export function optionsFor(
  item: { readonly name: string; readonly calendar: Calendar | null },
  config: ProcessorConfig,
  horizon: number,
  terms: Terms = {},
  frequency: Frequency | null = item.calendar?.frequency ?? null,
  holidays: readonly Holiday[] = [],
): ForecastOptions {
  const leadTime = terms.leadTime ?? config.leadTime
  const leadTimes = Array.from(terms.leadTimes ?? [])
  return {
    horizon,
    levels: config.levels,
    nonNegative: config.nonNegative,
    validationSplit: config.validationSplit,
    maxModelsToTry: config.maxModelsToTry,
    effort: config.effort,
    combination: config.combination,
    confidenceTolerance: config.confidenceTolerance,
    seasonalPreference: config.seasonalPreference,
    intermittentDetection: config.intermittentDetection,
    seed: config.seed,
    holidays,
    serviceLevel: terms.serviceLevel ?? config.serviceLevel,
    serviceMeasure: terms.serviceMeasure ?? config.serviceMeasure,
    leadTime: leadTime === null ? 1 : inPeriods(leadTime, frequency, item.name),
    leadTimeAssumed: leadTime === null && leadTimes.length === 0,
    leadTimeSd: terms.leadTimeSd ?? config.leadTimeSd,
    leadTimes,
    reviewPeriod: terms.reviewPeriod ?? config.reviewPeriod,
  }
}

function inPeriods(leadTime: number | string, frequency: Frequency | null, series: string): number {
  if (typeof leadTime === 'number') return leadTime
  if (frequency !== null) return Number.parseFloat(leadTime) / (DAYS[frequency.unit] * frequency.step)
  const params = { field: 'leadTime', value: leadTime, expected: 'frequency' }
  throw new Problem(problem('config_invalid', params, { series }))
}
