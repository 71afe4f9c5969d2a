import { checkedOptions, oneOf } from '../checked-options.ts'

/** Who forecasts the series without its seasons. */
export type Remainder = 'theta' | 'arima' | 'ets'

export interface MstlSpec {
  /**
   * Window of a season's change in cycles, odd; `auto`: 11 for the shortest season, 4 more for each longer one, as R's
   * `mstl`; `periodic`: the same season every cycle.
   */
  readonly seasonalWindow: number | 'auto' | 'periodic'
  /** `auto`: by logarithms where the season grows with the level; only where all values are above 0. */
  readonly multiplicative: boolean | 'auto'
  /** `auto`: theta for short histories; ARIMA for long ones, and with regressors. */
  readonly remainder: Remainder | 'auto'
}

const DEFAULTS: MstlSpec = { seasonalWindow: 'auto', multiplicative: 'auto', remainder: 'auto' }
const LEAST_WINDOW = 7

const isWindow = (window: unknown): boolean =>
  Number.isInteger(window) && (window as number) >= LEAST_WINDOW && (window as number) % 2 === 1

export const check = (options?: Partial<MstlSpec>): MstlSpec =>
  checkedOptions(
    'mstl',
    DEFAULTS,
    {
      seasonalWindow: [
        (window) => window === 'auto' || window === 'periodic' || isWindow(window),
        `auto, periodic, ${LEAST_WINDOW}, 9, …`,
      ],
      multiplicative: [oneOf<boolean | 'auto'>(true, false, 'auto'), 'auto, true, false'],
      remainder: [oneOf('auto', 'theta', 'arima', 'ets'), 'auto, theta, arima, ets'],
    },
    options,
  )
