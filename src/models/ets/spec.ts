import { type LocatedProblem, Problem, problem } from '../../messages.ts'
import { unknownOptions } from '../unknown-options.ts'
import type { SeasonKind, Shape } from './kernel.ts'

/** One of the 15 forms: error A or M, trend N, A or Ad, season N, A or M (never A with M). */
export interface Form {
  readonly error: 'A' | 'M'
  readonly trend: 'N' | 'A' | 'Ad'
  readonly season: 'N' | 'A' | 'M'
}

/**
 * What may be asked of exponential smoothing.
 * `map` maximises likelihood times priors (see `prior.ts`): the default, since plain maximum likelihood over-fits short series.
 */
export interface EtsSpec {
  readonly estimation: 'map' | 'ml'
  /** `average`: forms weighted by exp(−¼ ΔAICc); `best`: the smallest AICc alone. */
  readonly selection: 'average' | 'best'
  /** Restricts the search to one form, written `AAdM`; null tries all that fit the data. */
  readonly form: string | null
  /** Multiplicative seasons and errors may be tried where all values are positive. */
  readonly multiplicative: boolean
  /** Simulated futures for the spread, shared between the averaged forms. */
  readonly paths: number
}

const DEFAULTS: EtsSpec = { estimation: 'map', selection: 'average', form: null, multiplicative: true, paths: 500 }

export const FORMS: readonly Form[] = (['A', 'M'] as const).flatMap((error) =>
  (['N', 'A', 'Ad'] as const).flatMap((trend) =>
    (['N', 'A', 'M'] as const)
      .filter((season) => error === 'M' || season !== 'M')
      .map((season) => ({ error, trend, season })),
  ),
)

export const formName = (form: Form): string => `${form.error}${form.trend}${form.season}`
export const formLabel = (form: Form, seasonLength: number): string =>
  `ETS(${form.error},${form.trend},${form.season})${form.season === 'N' ? '' : `[${seasonLength}]`}`
export const parseForm = (name: string): Form | undefined => FORMS.find((form) => formName(form) === name)

const SEASONS: Record<Form['season'], SeasonKind> = { N: 0, A: 1, M: 2 }
export const shapeOf = (form: Form, seasonLength: number): Shape => ({
  multiplicativeError: form.error === 'M',
  trend: form.trend !== 'N',
  season: SEASONS[form.season],
  seasonLength: form.season === 'N' ? 1 : seasonLength,
})

/** Parameters that count against a form, as R's `ets` counts them: smoothing, initial states less one for the season, and the variance. */
export const parameterCount = (form: Form, seasonLength: number): number =>
  3 + (form.trend === 'N' ? 0 : 2) + (form.trend === 'Ad' ? 1 : 0) + (form.season === 'N' ? 0 : seasonLength)

export function check(options: Partial<EtsSpec> = {}): EtsSpec {
  const spec = { ...DEFAULTS, ...options }
  const faults: LocatedProblem[] = unknownOptions(options, DEFAULTS, 'ets')
  const expect = (field: keyof EtsSpec, holds: boolean, expected: string): void => {
    if (!holds)
      faults.push(problem('config_invalid', { field, value: String(spec[field]), expected }, { model: 'ets' }))
  }
  expect('estimation', spec.estimation === 'map' || spec.estimation === 'ml', 'map, ml')
  expect('selection', spec.selection === 'average' || spec.selection === 'best', 'average, best')
  expect('form', spec.form === null || parseForm(spec.form) !== undefined, FORMS.map(formName).join(', '))
  expect('multiplicative', typeof spec.multiplicative === 'boolean', 'true, false')
  expect('paths', Number.isInteger(spec.paths) && spec.paths >= 2 && spec.paths <= 100_000, '2-100000')
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  return Object.freeze(spec)
}
