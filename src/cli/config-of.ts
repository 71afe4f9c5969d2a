import { type LocatedProblem, Problem } from '../messages.ts'
import { type ProcessorConfig, resolveConfig } from '../processor/config.ts'
import { PRESETS } from '../processor/presets.ts'
import type { RunFlags } from './options.ts'

/** Field of the configuration to the flag that sets it: a fault is told in the caller's own words. */
const FLAGS: Readonly<Record<string, string>> = {
  preset: '--preset',
  effort: '--effort',
  validationSplit: '--validation-split',
  maxModelsToTry: '--max-models',
  timeoutPerModel: '--timeout-per-model',
  deadline: '--deadline',
  maxWorkers: '--workers',
  levels: '--level',
  nonNegative: '--non-negative',
  leadTime: '--lead-time',
  serviceLevel: '--service-level',
  reviewPeriod: '--review-period',
  leadTimeSd: '--lead-time-sd',
  serviceMeasure: '--service-measure',
  hierarchy: '--hierarchy',
  reconciliation: '--reconciliation',
  analogy: '--no-analogy',
  holidays: '--holidays',
  seed: '--seed',
}

/** Fields that flags call otherwise. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  maxWorkers: 'workers',
  maxModelsToTry: 'maxModels',
  levels: 'level',
}

/** The complete, valid configuration of the flags; what was not given is left to the preset and the defaults. */
export function configOf(flags: RunFlags): ProcessorConfig {
  const given = givenBy(flags)
  try {
    // checked there: a word that is no effort, or no preset, is one of the faults it lists
    return resolveConfig(given as Partial<ProcessorConfig>)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const named = (fault: LocatedProblem): LocatedProblem => {
      const field = String(fault.params.field)
      return { ...fault, params: { ...fault.params, field: FLAGS[field] ?? field } }
    }
    const all = error.all.map(named)
    throw new Problem(all[0]!, all, error)
  }
}

const givenBy = (flags: RunFlags) => ({
  preset: flags.preset,
  effort: flags.effort,
  validationSplit: flags.validationSplit,
  maxModelsToTry: flags.maxModels,
  timeoutPerModel: flags.timeoutPerModel,
  deadline: flags.deadline,
  maxWorkers: flags.workers,
  levels: flags.level,
  nonNegative: flags.nonNegative,
  leadTime: flags.leadTime,
  serviceLevel: flags.serviceLevel,
  reviewPeriod: flags.reviewPeriod,
  leadTimeSd: flags.leadTimeSd,
  serviceMeasure: flags.serviceMeasure,
  hierarchy: flags.hierarchy,
  reconciliation: flags.reconciliation,
  // commander says true where nobody typed it
  analogy: flags.analogy === false ? false : undefined,
  holidays: flags.holidays,
  seed: flags.seed,
})

/** Where each value came from: the flag, `preset retail`, or `default`. */
export function originsOf(config: ProcessorConfig, flags: RunFlags): Record<string, string> {
  const given: Readonly<Record<string, unknown>> = givenBy(flags)
  const preset: object = config.preset === null ? {} : PRESETS[config.preset]
  const from = (name: string): string => flags.origins?.[ATTRIBUTES[name] ?? name] ?? FLAGS[name]!
  const origins = Object.keys(config).map((name): [string, string] => {
    if (given[name] !== undefined) return [name, from(name)]
    return [name, Object.hasOwn(preset, name) ? `preset ${config.preset}` : 'default']
  })
  return Object.fromEntries([
    ...origins,
    ['horizon', flags.horizon === undefined ? 'default' : (flags.origins?.horizon ?? '--horizon')],
  ])
}
