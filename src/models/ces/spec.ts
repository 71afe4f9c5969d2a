import { Problem, problem } from '../../messages.ts'
import { unknownOptions } from '../unknown-options.ts'

/** `simple`: the complex pair repeats by season; `partial`: a real season on a complex level; `full`: both complex. */
export type CesSeasonality = 'none' | 'simple' | 'partial' | 'full'
export const SEASONALITIES: readonly CesSeasonality[] = ['none', 'simple', 'partial', 'full']

export interface CesSpec {
  /** `auto`: the smallest AICc of those the data admit. */
  readonly seasonality: CesSeasonality | 'auto'
}

const DEFAULTS: CesSpec = { seasonality: 'auto' }

export function check(options: Partial<CesSpec> = {}): CesSpec {
  const spec = { ...DEFAULTS, ...options }
  const faults = unknownOptions(options, DEFAULTS, 'ces')
  const expected = ['auto', ...SEASONALITIES]
  if (!expected.includes(spec.seasonality)) {
    const params = { field: 'seasonality', value: String(spec.seasonality), expected: expected.join(', ') }
    faults.push(problem('config_invalid', params, { model: 'ces' }))
  }
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  return Object.freeze(spec)
}
