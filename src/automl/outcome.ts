import type { Code, LocatedProblem } from '../messages.ts'
import type { PublishedForecast } from '../models/published-forecast.ts'
import type { Lead } from '../series/series.ts'
import type { Combination } from './combination/index.ts'

export type { PublishedForecast } from '../models/published-forecast.ts'

/** First that holds; thresholds in `pattern.ts`. */
export type Pattern =
  | 'constant'
  | 'short'
  | 'intermittent'
  | 'lumpy'
  | 'seasonal'
  | 'trending'
  | 'volatile'
  | 'erratic'
  | 'smooth'

/** Days off of one name: ISO dates. */
export interface Holiday {
  readonly name: string
  readonly dates: readonly string[]
}

/** What is asked for one series; complete (defaults are filled by the caller), plain data. */
export interface ForecastOptions {
  readonly horizon: number
  /** Band levels, 0 to 1. */
  readonly levels: readonly number[]
  readonly nonNegative: boolean | 'auto'
  /** Share of the history kept for rolling-origin validation, 0.1 to 0.4. */
  readonly validationSplit: number
  readonly maxModelsToTry: number
  readonly effort: 'fast' | 'balanced' | 'thorough'
  /** How members become one answer. */
  readonly combination: Combination
  /** Share of the total within which the confidence is the probability of ending. */
  readonly confidenceTolerance: number
  readonly seasonalPreference: boolean
  readonly intermittentDetection: boolean
  readonly seed: number
  /** Of the years from the first period to the last one forecast; none without a calendar. */
  readonly holidays: readonly Holiday[]
  /** Inventory terms, in periods of the series. */
  readonly serviceLevel: number
  /** `cycle`: no demand waits in a cycle; `fill_rate`: share of the demand met from stock at once. */
  readonly serviceMeasure: 'cycle' | 'fill_rate'
  readonly leadTime: number
  /** True where nobody gave a lead time: flagged `lead_time_assumed`. */
  readonly leadTimeAssumed: boolean
  readonly leadTimeSd: number
  /** Lead times of the past, each as likely as the others; none: a distribution of that mean and standard deviation. */
  readonly leadTimes: readonly number[]
  readonly reviewPeriod: number
}

export interface Metrics {
  readonly mase: number
  readonly rmsse: number
  readonly smape: number
  readonly coverage80: number
  readonly coverage95: number
  /** 1 − loss / seasonal naive's loss. */
  readonly skill: number
  /** Sum of the errors (forecast less actual) over that of the absolute actual values: above 0, forecasts were too high. */
  readonly bias: number
  /** Sum of the errors over their mean absolute size: beyond ±4 they lean to one side. */
  readonly trackingSignal: number
  /** Whether there were three trials or more, and the sums of their errors have one sign: of two every other pair does by chance. */
  readonly oneSided: boolean
}

/** The distribution of a total, in quantiles at `DEMAND_PROBABILITIES`. */
export interface TotalDemand {
  readonly mean: number
  readonly quantiles: readonly number[]
}

export interface Inventory {
  readonly reorderPoint: number
  readonly safetyStock: number
  /** Mean lead time. */
  readonly leadTime: number
  readonly leadTimeSd: number
  readonly reviewPeriod: number
  readonly serviceLevel: number
  readonly serviceMeasure: ForecastOptions['serviceMeasure']
  /** Expected at the reorder point: cycles without a shortage, demand met at once. */
  readonly cycleService: number
  readonly fillRate: number
  readonly demandDistribution: string
  readonly overLeadTime: TotalDemand
  /** Over lead time and review. */
  readonly overProtection: TotalDemand
  /** Reorder points at other service levels of the same measure, and the service that each promises. */
  readonly serviceCurve: readonly {
    readonly serviceLevel: number
    readonly reorderPoint: number
    readonly service: number
  }[]
}

export interface CandidateReport {
  readonly model: string
  readonly label: string
  readonly scores: Readonly<Record<string, number>>
  readonly evaluations: number
  readonly refused?: Code
}

/** Another series that this one was found to follow. */
export interface Related extends Lead {
  /** Of the vector autoregression: probability by chance of what the leader's past adds; null where it did not answer. */
  readonly grangerP: number | null
}

/** Everything the engine says of one series. */
export interface Outcome {
  readonly status: 'success' | 'fallback' | 'failed'
  /** Registry name that selection asked for first, and the one that answered. */
  readonly requested: string
  readonly used: string
  readonly label: string
  readonly because: Code | null
  readonly members: readonly { readonly model: string; readonly label: string; readonly weight: number }[]
  readonly pattern: Pattern
  readonly flags: readonly Pattern[]
  readonly patternEvidence: Readonly<Record<string, number>>
  readonly forecast: PublishedForecast | null
  /** Probability that the total over the horizon ends within `confidenceTolerance` of what comes. */
  readonly confidenceScore: number
  readonly confidenceTolerance: number
  /** Probability that it is nearer to what comes than the seasonal naive; null where nothing can be said. */
  readonly beatsNaive: number | null
  readonly confidenceGrade: 'high' | 'fair' | 'low'
  readonly whyChosen: readonly Code[]
  readonly businessRecommendation: readonly Code[]
  readonly risk: readonly Code[]
  readonly alternatives: readonly { readonly model: string; readonly score: number; readonly because: Code }[]
  /** Series that lead this one, the surest first; empty where none was found. */
  readonly related: readonly Related[]
  readonly inventory: Inventory | null
  readonly metrics: Metrics | null
  /** Errors (forecast less actual) of the answer's trials, by how many periods before the end of the history each began. */
  readonly trialErrors: readonly { readonly back: number; readonly errors: readonly number[] }[]
  readonly candidates: readonly CandidateReport[]
  readonly problems: readonly LocatedProblem[]
}
