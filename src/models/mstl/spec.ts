import { type LocatedProblem, Problem, problem } from '../../messages.ts'
import { unknownOptions } from '../unknown-options.ts'

export interface MstlSpec {
  /**
   * Window of a season's change in cycles, odd; `auto`: 11 for the shortest season, 4 more for each longer one, as R's
   * `mstl`; `periodic`: the same season every cycle.
   */
  readonly seasonalWindow: number | 'auto' | 'periodic'
  /** `auto`: by logarithms where the season grows with the level; only where all values are above 0. */
  readonly multiplicative: boolean | 'auto'
}

const DEFAULTS: MstlSpec = { seasonalWindow: 'auto', multiplicative: 'auto' }
const LEAST_WINDOW = 7

export function check(options: Partial<MstlSpec> = {}): MstlSpec {
  const spec = { ...DEFAULTS, ...options }
  const faults: LocatedProblem[] = unknownOptions(options, DEFAULTS, 'mstl')
  const expect = (field: keyof MstlSpec, holds: boolean, expected: string): void => {
    if (!holds)
      faults.push(problem('config_invalid', { field, value: String(spec[field]), expected }, { model: 'mstl' }))
  }
  const { seasonalWindow: window } = spec
  const fits = typeof window === 'number' && Number.isInteger(window) && window >= LEAST_WINDOW && window % 2 === 1
  expect('seasonalWindow', window === 'auto' || window === 'periodic' || fits, `auto, periodic, ${LEAST_WINDOW}, 9, …`)
  expect('multiplicative', [true, false, 'auto'].includes(spec.multiplicative), 'auto, true, false')
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  return Object.freeze(spec)
}
