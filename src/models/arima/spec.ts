import { type LocatedProblem, Problem, problem } from '../../messages.ts'
import { unknownOptions } from '../unknown-options.ts'
import type { Criterion } from './fit-order.ts'

/** What may be asked of ARIMA. */
export interface ArimaSpec {
  /** First and seasonal differences; null: by KPSS tests and the strength of the season. */
  readonly d: number | null
  readonly D: number | null
  /** Which tests choose them where they are null. */
  readonly unitRootTest: 'kpss' | 'adf'
  readonly seasonalTest: 'strength' | 'ocsb'
  /** One order, as `[p, q, P, Q]`; null searches. */
  readonly order: readonly [p: number, q: number, P: number, Q: number] | null
  /** A mean (without differences) or a drift (with one): true, false, or by the criterion. Never with two differences. */
  readonly constant: boolean | 'auto'
  /** Largest p and q; P and Q; p + q + P + Q (null: 6, and 5 where the search is exhaustive). */
  readonly maxOrder: number
  readonly maxSeasonalOrder: number
  readonly maxSum: number | null
  readonly criterion: Criterion
  /** `stepwise`: hill climbs; `exhaustive`: every order within the bounds. */
  readonly search: 'stepwise' | 'exhaustive'
  /**
   * Pairs of waves a season, in place of seasonal orders and differences: for long seasons, several of them, or such that
   * are not whole. `auto`: by AICc of a regression. 0: none.
   */
  readonly fourier: number | 'auto'
  /** `average`: the close ones weighted by exp(−½ Δ criterion); `best`: the smallest criterion alone. */
  readonly selection: 'average' | 'best'
  /** Standard errors and the Ljung–Box test of the leading order; left out, the one is empty and the other null. */
  readonly diagnostics: boolean
}

const DEFAULTS: ArimaSpec = {
  d: null,
  D: null,
  unitRootTest: 'kpss',
  seasonalTest: 'strength',
  order: null,
  constant: 'auto',
  maxOrder: 5,
  maxSeasonalOrder: 2,
  maxSum: null,
  criterion: 'aicc',
  search: 'stepwise',
  fourier: 0,
  selection: 'average',
  diagnostics: true,
}

const whole = (value: unknown, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most

const MOST_HARMONICS = 100
const MOST_ORDER = 10
const MOST_SEASONAL_ORDER = 4

/** Throws one `config_invalid` that carries every fault. */
export function check(options: Partial<ArimaSpec> = {}): ArimaSpec {
  const spec = { ...DEFAULTS, ...options }
  const faults: LocatedProblem[] = unknownOptions(options, DEFAULTS, 'arima')
  const expect = (field: keyof ArimaSpec, holds: boolean, expected: string): void => {
    if (!holds)
      faults.push(problem('config_invalid', { field, value: String(spec[field]), expected }, { model: 'arima' }))
  }
  const among = (field: keyof ArimaSpec, values: readonly unknown[]): void =>
    expect(field, values.includes(spec[field]), values.join(', '))
  expect('d', spec.d === null || whole(spec.d, 2), '0-2')
  expect('D', spec.D === null || whole(spec.D, 1), '0-1')
  among('unitRootTest', ['kpss', 'adf'])
  among('seasonalTest', ['strength', 'ocsb'])
  const { order } = spec
  const fits = (values: readonly number[]): boolean =>
    values.length === 4 && values.every((value, i) => whole(value, i < 2 ? MOST_ORDER : MOST_SEASONAL_ORDER))
  expect('order', order === null || fits(order), `[0-${MOST_ORDER}, 0-${MOST_ORDER}, 0-4, 0-4]`)
  among('constant', [true, false, 'auto'])
  expect('maxOrder', whole(spec.maxOrder, MOST_ORDER), `0-${MOST_ORDER}`)
  expect('maxSeasonalOrder', whole(spec.maxSeasonalOrder, MOST_SEASONAL_ORDER), `0-${MOST_SEASONAL_ORDER}`)
  expect('maxSum', spec.maxSum === null || whole(spec.maxSum, 2 * (MOST_ORDER + MOST_SEASONAL_ORDER)), '0-28')
  among('criterion', ['aicc', 'aic', 'bic'])
  expect('fourier', spec.fourier === 'auto' || whole(spec.fourier, MOST_HARMONICS), `auto, 0-${MOST_HARMONICS}`)
  among('search', ['stepwise', 'exhaustive'])
  among('selection', ['average', 'best'])
  among('diagnostics', [true, false])
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  return Object.freeze(spec)
}
