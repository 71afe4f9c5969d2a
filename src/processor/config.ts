import { COMBINATIONS, type Combination } from '../automl/combination/contract.ts'
import { METHODS, type Method } from '../hierarchy/covariance.ts'
import { isTemplate } from '../hierarchy/names.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import { closestName } from './closest.ts'
import { PRESETS, type PresetName } from './presets.ts'
import { between, either, isShare, listOf, matches, oneOf, positive, type Rule, rule, whole } from './rule.ts'

/** Every option of the processor, with its default in brackets. */
export interface ProcessorConfig {
  /** False: one worker thread. [true] */
  readonly enableParallel: boolean
  /** Never more are started than there are cores. [8] */
  readonly maxWorkers: number
  /** Share of a history kept for validation, 0.1 to 0.4. [0.2] */
  readonly validationSplit: number
  /** Models tried per series, 3 to 10. [5] */
  readonly maxModelsToTry: number
  /**
   * Seconds of one model for one series, counted from when it begins. Then its search ends with the best so far, marked
   * `search_cut_short`; a model that does not even do that is ended a second later, and the others answer (`fallback`). [60]
   */
  readonly timeoutPerModel: number
  /** Writes `done/total` to stderr each tenth of a run that has no `progressCallback`. [true] */
  readonly verbose: boolean
  /** [balanced] */
  readonly effort: 'fast' | 'balanced' | 'thorough'
  /** Band levels between 0 and 1, kept ascending. [0.8, 0.95] */
  readonly levels: readonly number[]
  /** `auto`: where the history has no negatives. [auto] */
  readonly nonNegative: boolean | 'auto'
  /** [0.95] */
  readonly serviceLevel: number
  /** `cycle`: probability that no demand waits until the next order arrives; `fill_rate`: share of the demand met at once. [cycle] */
  readonly serviceMeasure: 'cycle' | 'fill_rate'
  /** Periods, or days as `'10d'`; null: one period is assumed and flagged. [null] */
  readonly leadTime: number | string | null
  /** Periods. [0] */
  readonly leadTimeSd: number
  /** Periods. [0] */
  readonly reviewPeriod: number
  /** How models become one answer: learned on other series, or one of the plain ways. [auto] */
  readonly combination: Combination
  /** The confidence is the probability that the total ends within this share of what comes. [0.25] */
  readonly confidenceTolerance: number
  /** [false] */
  readonly seasonalPreference: boolean
  /** [true] */
  readonly intermittentDetection: boolean
  /** Whether a series that others lead may be forecast together with them; a stream is never. [true] */
  readonly relatedSeries: boolean
  /**
   * Totals that are forecast too and add up: `names` (by the pieces of names like `Milano_A`), `columns` (by what columns or
   * `group` tell), `auto` (columns, else names), or a template of the names: `{location}_{product}`. [null]
   */
  readonly hierarchy: string | null
  /** How forecasts are made to add up: `bottom_up`, `ols`, `wls`, `mint` (by the covariance of past errors). [mint] */
  readonly reconciliation: Method
  /** Whether new items are forecast like items that are like them, in a batch of a whole portfolio. [true] */
  readonly analogy: boolean
  /** Country (`IT`), state (`DE-BY`) or region whose public holidays may explain a series with dates. [null] */
  readonly holidays: string | null
  /** Whole number. [1] */
  readonly seed: number
  /**
   * Seconds for a whole run, or `'90s'`, `'10m'`, `'2h'`. What is not finished by then gets a simple forecast, marked
   * `deadline_reached`; null: no limit. [null]
   */
  readonly deadline: number | string | null
  /** Megabytes of the whole process, above which the worker that holds most is ended; null: nine tenths of the machine's. [null] */
  readonly memoryBudgetMb: number | null
  /** Options of a branch; what is given explicitly goes before them. [null] */
  readonly preset: PresetName | null
}

const isHierarchy = (how: unknown): boolean =>
  how === null || how === 'auto' || how === 'names' || how === 'columns' || (typeof how === 'string' && isTemplate(how))

export const DEFAULT_CONFIG: ProcessorConfig = {
  enableParallel: true,
  maxWorkers: 8,
  validationSplit: 0.2,
  maxModelsToTry: 5,
  timeoutPerModel: 60,
  verbose: true,
  effort: 'balanced',
  levels: [0.8, 0.95],
  nonNegative: 'auto',
  serviceLevel: 0.95,
  serviceMeasure: 'cycle',
  leadTime: null,
  leadTimeSd: 0,
  reviewPeriod: 0,
  combination: 'auto',
  confidenceTolerance: 0.25,
  seasonalPreference: false,
  intermittentDetection: true,
  relatedSeries: true,
  hierarchy: null,
  reconciliation: 'mint',
  analogy: true,
  holidays: null,
  seed: 1,
  deadline: null,
  memoryBudgetMb: null,
  preset: null,
}

/** Periods ahead at most: more is a slip, and would take time and memory without end. */
export const MOST_STEPS = 10_000

const flag = rule('true | false', oneOf(true, false))
const periods = between(0, 10_000)
/** Periods, or days as `10d`. */
export const isLeadTime = either(periods, matches(/^\d+(\.\d+)?d$/))
/** Seconds, or a text of a number that is not 0 and its unit. */
const isDuration = either(positive(), matches(/^(?!0*\.?0*[smh]$)\d+(\.\d+)?[smh]$/))

const SECONDS = { s: 1, m: 60, h: 3600 } as const

/** A checked duration in seconds. */
export const secondsOf = (duration: number | string): number =>
  typeof duration === 'number'
    ? duration
    : Number.parseFloat(duration) * SECONDS[duration.at(-1) as keyof typeof SECONDS]

const RULES: { readonly [K in keyof ProcessorConfig]: Rule } = {
  enableParallel: flag,
  maxWorkers: rule('1 – 256', whole(1, 256)),
  validationSplit: rule('0.1 – 0.4', between(0.1, 0.4)),
  maxModelsToTry: rule('3 – 10', whole(3, 10)),
  timeoutPerModel: rule('0 < s ≤ 86400', positive(86_400)),
  verbose: flag,
  effort: rule('fast | balanced | thorough', oneOf('fast', 'balanced', 'thorough')),
  levels: rule('0 < p < 1, …', listOf(isShare, 20)),
  nonNegative: rule('auto | true | false', oneOf('auto', true, false)),
  serviceLevel: rule('0 < p < 1', isShare),
  serviceMeasure: rule('cycle | fill_rate', oneOf('cycle', 'fill_rate')),
  leadTime: rule('0 – 10000 | 10d', either(isLeadTime, oneOf(null))),
  leadTimeSd: rule('0 – 10000', periods),
  reviewPeriod: rule('0 – 10000', periods),
  combination: rule(COMBINATIONS.join(' | '), oneOf(...COMBINATIONS)),
  confidenceTolerance: rule('0.01 – 1', between(0.01, 1)),
  seasonalPreference: flag,
  intermittentDetection: flag,
  relatedSeries: flag,
  hierarchy: rule('auto | names | columns | {location}_{product}', isHierarchy),
  reconciliation: rule(METHODS.join(' | '), oneOf(...METHODS)),
  analogy: flag,
  holidays: rule('IT | DE-BY | …', either(matches(/^[A-Za-z]{2}(-[A-Za-z0-9]+){0,2}$/), oneOf(null))),
  seed: rule('0, 1, 2, …', whole(0)),
  deadline: rule('s > 0 | 90s | 10m | 2h', either(isDuration, oneOf(null))),
  memoryBudgetMb: rule('≥ 256', either(whole(256), oneOf(null))),
  preset: rule('retail | manufacturing | spareParts', oneOf('retail', 'manufacturing', 'spareParts', null)),
}

/** A value as a message shows it: short, and never an object's insides. */
export const shownValue = (value: unknown): string =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? '{…}' : String(value)).slice(0, 80)

/**
 * A complete configuration: what is given, then its preset, then the defaults; `undefined` counts as not given.
 * Throws one `Problem` that carries every fault: `config_invalid`, `config_unknown`.
 */
export function resolveConfig(given: Partial<ProcessorConfig> = {}): ProcessorConfig {
  const faults: LocatedProblem[] = []
  const names = Object.keys(RULES)
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  for (const [field, value] of entries) {
    if (!Object.hasOwn(RULES, field)) {
      faults.push(problem('config_unknown', { field, closest: closestName(field, names) }))
      continue
    }
    const { holds, expected } = RULES[field as keyof ProcessorConfig]
    if (!holds(value)) faults.push(problem('config_invalid', { field, value: shownValue(value), expected }))
  }
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  const preset = given.preset == null ? {} : PRESETS[given.preset]
  const config: ProcessorConfig = { ...DEFAULT_CONFIG, ...preset, ...Object.fromEntries(entries) }
  return { ...config, levels: [...new Set(config.levels)].sort((a, b) => a - b) }
}
