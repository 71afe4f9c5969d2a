import { z } from 'zod'
import { COMBINATIONS, type Combination } from '../automl/combination/index.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import { closestName } from './closest.ts'
import { PRESETS, type PresetName } from './presets.ts'

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
  /** Periods, or days as `'10d'`; null: one period is assumed and flagged. [null] */
  readonly leadTime: number | string | null
  /** Periods. [0] */
  readonly leadTimeSd: number
  /** Periods. [0] */
  readonly reviewPeriod: number
  /** How models become one answer: learned weights with the median, or one of the plain ways. [auto] */
  readonly combination: Combination
  /** The confidence is the probability that the total ends within this share of what comes. [0.25] */
  readonly confidenceTolerance: number
  /** [false] */
  readonly seasonalPreference: boolean
  /** [true] */
  readonly intermittentDetection: boolean
  /** Whether a series that others lead may be forecast together with them; a stream is never. [true] */
  readonly relatedSeries: boolean
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
  leadTime: null,
  leadTimeSd: 0,
  reviewPeriod: 0,
  combination: 'auto',
  confidenceTolerance: 0.25,
  seasonalPreference: false,
  intermittentDetection: true,
  relatedSeries: true,
  holidays: null,
  seed: 1,
  deadline: null,
  memoryBudgetMb: null,
  preset: null,
}

/** Periods ahead at most: more is a slip, and would take time and memory without end. */
export const MOST_STEPS = 10_000

const share = z.number().gt(0).lt(1)
const periods = z.number().min(0).max(10_000)
const flag: Rule = [z.boolean(), 'true | false']
export const LEAD_TIME = z.union([periods, z.string().regex(/^\d+(\.\d+)?d$/)])

const DURATION = z.union([
  z.number().gt(0),
  z
    .string()
    .regex(/^\d+(\.\d+)?[smh]$/)
    .refine((text) => Number.parseFloat(text) > 0),
])
const SECONDS = { s: 1, m: 60, h: 3600 } as const

/** A checked duration in seconds. */
export const secondsOf = (duration: number | string): number =>
  typeof duration === 'number'
    ? duration
    : Number.parseFloat(duration) * SECONDS[duration.at(-1) as keyof typeof SECONDS]

type Rule = readonly [schema: z.ZodType, expected: string]
const RULES: { readonly [K in keyof ProcessorConfig]: Rule } = {
  enableParallel: flag,
  maxWorkers: [z.int().min(1).max(256), '1 – 256'],
  validationSplit: [z.number().min(0.1).max(0.4), '0.1 – 0.4'],
  maxModelsToTry: [z.int().min(3).max(10), '3 – 10'],
  timeoutPerModel: [z.number().gt(0).max(86_400), '0 < s ≤ 86400'],
  verbose: flag,
  effort: [z.enum(['fast', 'balanced', 'thorough']), 'fast | balanced | thorough'],
  levels: [z.array(share).min(1).max(20), '0 < p < 1, …'],
  nonNegative: [z.union([z.boolean(), z.literal('auto')]), 'auto | true | false'],
  serviceLevel: [share, '0 < p < 1'],
  leadTime: [LEAD_TIME.nullable(), '0 – 10000 | 10d'],
  leadTimeSd: [periods, '0 – 10000'],
  reviewPeriod: [periods, '0 – 10000'],
  combination: [z.enum(COMBINATIONS), COMBINATIONS.join(' | ')],
  confidenceTolerance: [z.number().min(0.01).max(1), '0.01 – 1'],
  seasonalPreference: flag,
  intermittentDetection: flag,
  relatedSeries: flag,
  holidays: [
    z
      .string()
      .regex(/^[A-Za-z]{2}(-[A-Za-z0-9]+){0,2}$/)
      .nullable(),
    'IT | DE-BY | …',
  ],
  seed: [z.int().min(0), '0, 1, 2, …'],
  deadline: [DURATION.nullable(), 's > 0 | 90s | 10m | 2h'],
  memoryBudgetMb: [z.int().min(256).nullable(), '≥ 256'],
  preset: [z.enum(['retail', 'manufacturing', 'spareParts']).nullable(), 'retail | manufacturing | spareParts'],
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
    const [schema, expected] = RULES[field as keyof ProcessorConfig]
    if (!schema.safeParse(value).success)
      faults.push(problem('config_invalid', { field, value: shownValue(value), expected }))
  }
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  const preset = given.preset == null ? {} : PRESETS[given.preset]
  const config: ProcessorConfig = { ...DEFAULT_CONFIG, ...preset, ...Object.fromEntries(entries) }
  return { ...config, levels: [...new Set(config.levels)].sort((a, b) => a - b) }
}
