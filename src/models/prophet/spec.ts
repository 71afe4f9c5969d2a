import { above, checkedOptions, oneOf, wholeBetween } from '../checked-options.ts'

/** Options as the package's, on its scale: values over the largest absolute one, time from 0 to 1 over the history. */
export interface ProphetSpec {
  readonly growth: 'linear' | 'flat' | 'logistic'
  /** Where logistic growth ends, on the scale of the series; needed for it. */
  readonly capacity: number | null
  /** Where logistic growth begins. */
  readonly floor: number
  /** Places where the slope may change, evenly spread over the first `changepointRange` of the history. */
  readonly changepoints: number
  readonly changepointRange: number
  /** Scale of the Laplace prior of a change of slope: more bends more. */
  readonly changepointPrior: number
  /** Standard deviations of the normal priors of the seasons' waves and of the regressors. */
  readonly seasonPrior: number
  readonly regressorPrior: number
  /** Seasons and regressors add to the trend or multiply it; `auto`: they multiply where the season grows with the level. */
  readonly seasonality: 'additive' | 'multiplicative' | 'auto'
  /** Pairs of waves for each season; `auto`: up to 10. */
  readonly harmonics: number | 'auto'
  /** Simulated futures for the spread. */
  readonly paths: number
}

const DEFAULTS: ProphetSpec = {
  growth: 'linear',
  capacity: null,
  floor: 0,
  changepoints: 25,
  changepointRange: 0.8,
  changepointPrior: 0.05,
  seasonPrior: 10,
  regressorPrior: 10,
  seasonality: 'additive',
  harmonics: 'auto',
  paths: 500,
}

export const check = (options?: Partial<ProphetSpec>): ProphetSpec =>
  checkedOptions(
    'prophet',
    DEFAULTS,
    {
      growth: [oneOf('linear', 'flat', 'logistic'), 'linear, flat, logistic'],
      capacity: [
        (capacity, { growth, floor }) => (capacity === null ? growth !== 'logistic' : above(floor)(capacity)),
        'null, > floor',
      ],
      floor: [Number.isFinite, '0, …'],
      changepoints: [wholeBetween(0, 1000), '0 – 1000'],
      changepointRange: [(share) => above(0)(share) && share <= 1, '0 < share ≤ 1'],
      changepointPrior: [above(0), '> 0'],
      seasonPrior: [above(0), '> 0'],
      regressorPrior: [above(0), '> 0'],
      seasonality: [oneOf('additive', 'multiplicative', 'auto'), 'additive, multiplicative, auto'],
      harmonics: [(count) => count === 'auto' || wholeBetween(1, 1000)(count), 'auto, 1 – 1000'],
      paths: [wholeBetween(2, 100_000), '2 – 100000'],
    },
    options,
  )
