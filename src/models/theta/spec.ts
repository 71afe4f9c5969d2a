import { type LocatedProblem, Problem, problem } from '../../messages.ts'
import { unknownOptions } from '../unknown-options.ts'

/**
 * `standard`: simple exponential smoothing with half the slope of a line as drift (Assimakopoulos & Nikolopoulos 2000;
 * Hyndman & Billah 2003). The others by Fiorucci et al. (2016): `optimised` chooses theta, `dynamic` lets the line follow the
 * data with theta = 2, `dynamic_optimised` does both.
 */
export type ThetaVariant = 'standard' | 'optimised' | 'dynamic' | 'dynamic_optimised'

export interface ThetaSpec {
  readonly variant: ThetaVariant
  /** `map`: priors on alpha and theta, the season shrunk by its noise; `ml`: least squares, the season by a test, as R's `thetaf`. */
  readonly estimation: 'map' | 'ml'
  /** Kind of season that may be taken out; `auto` decides between the two by likelihood. Whether there is one, the data say. */
  readonly season: 'auto' | 'additive' | 'multiplicative' | 'none'
}

const DEFAULTS: ThetaSpec = { variant: 'dynamic_optimised', estimation: 'map', season: 'auto' }
const NAMES = { standard: 'Theta', optimised: 'OTM', dynamic: 'DSTM', dynamic_optimised: 'DOTM' } as const
const ESTIMATIONS = ['map', 'ml'] as const
const SEASONS = ['auto', 'additive', 'multiplicative', 'none'] as const

/** As the papers abbreviate the variants, with the season that was taken out: `DOTM(M)[12]`. */
export function labelOf(variant: ThetaVariant, season: 'additive' | 'multiplicative' | null, seasonLength: number) {
  return season === null ? NAMES[variant] : `${NAMES[variant]}(${season === 'additive' ? 'A' : 'M'})[${seasonLength}]`
}

export function check(options: Partial<ThetaSpec> = {}): ThetaSpec {
  const spec = { ...DEFAULTS, ...options }
  const faults: LocatedProblem[] = unknownOptions(options, DEFAULTS, 'theta')
  const expect = (field: keyof ThetaSpec, allowed: readonly string[]): void => {
    if (allowed.includes(spec[field])) return
    const params = { field, value: String(spec[field]), expected: allowed.join(', ') }
    faults.push(problem('config_invalid', params, { model: 'theta' }))
  }
  expect('variant', Object.keys(NAMES))
  expect('estimation', ESTIMATIONS)
  expect('season', SEASONS)
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  return Object.freeze(spec)
}
