import { checkedOptions, oneOf, wholeBetween } from '../checked-options.ts'

export type Criterion = 'aicc' | 'aic' | 'bic' | 'hannan_quinn'

export interface VarSpec {
  /** Lags; `auto`: the smallest criterion. */
  readonly order: number | 'auto'
  /** Largest order that `auto` tries; fewer where the history is short. */
  readonly maxOrder: number
  readonly criterion: Criterion
  /** First differences of every series; `auto`: of those whose level moves (KPSS). */
  readonly differences: 0 | 1 | 'auto'
}

const DEFAULTS: VarSpec = { order: 'auto', maxOrder: 12, criterion: 'bic', differences: 'auto' }

export const check = (options?: Partial<VarSpec>): VarSpec =>
  checkedOptions(
    'var',
    DEFAULTS,
    {
      order: [(order) => order === 'auto' || wholeBetween(0, 100)(order), 'auto, 0 – 100'],
      maxOrder: [wholeBetween(1, 100), '1 – 100'],
      criterion: [oneOf('aicc', 'aic', 'bic', 'hannan_quinn'), 'aicc, aic, bic, hannan_quinn'],
      differences: [oneOf<0 | 1 | 'auto'>(0, 1, 'auto'), '0, 1, auto'],
    },
    options,
  )
