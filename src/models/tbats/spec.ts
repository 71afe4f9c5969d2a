import { checkedOptions, oneOf, wholeBetween } from '../checked-options.ts'

export type Trend = 'none' | 'linear' | 'damped'

export interface TbatsSpec {
  /** Transformation of Box and Cox with Guerrero's power; `auto`: where its AICc is smaller. Only where all values are above 0. */
  readonly boxCox: boolean | 'auto'
  /** `auto`: the smallest AICc. */
  readonly trend: Trend | 'auto'
  /** Pairs of waves for each season; `auto`: the smallest AICc of a whitened regression. */
  readonly harmonics: number | 'auto'
  /** Whether errors may depend on those before them, by the smallest AICc. */
  readonly arma: boolean
}

const DEFAULTS: TbatsSpec = { boxCox: 'auto', trend: 'auto', harmonics: 'auto', arma: true }

export const check = (options?: Partial<TbatsSpec>): TbatsSpec =>
  checkedOptions(
    'tbats',
    DEFAULTS,
    {
      boxCox: [oneOf<boolean | 'auto'>(true, false, 'auto'), 'auto, true, false'],
      trend: [oneOf('auto', 'none', 'linear', 'damped'), 'auto, none, linear, damped'],
      harmonics: [(count) => count === 'auto' || wholeBetween(1, 1000)(count), 'auto, 1 – 1000'],
      arma: [oneOf(true, false), 'true, false'],
    },
    options,
  )
