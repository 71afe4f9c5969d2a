import type { Budget } from '../math/optimize/budget.ts'
import type { Random } from '../math/random.ts'
import type { Series } from '../series/series.ts'
import type { Forecast } from './forecast.ts'

/** What every model family offers: options, checked once, then a fit that is plain data, then a forecast. */
export interface Model<Spec, Fit extends FitBase> {
  readonly name: string
  /** Fills defaults and freezes; throws a `Problem` (`config_invalid`) with every fault found. */
  check(options?: Partial<Spec>): Spec
  /** Fits on all values given. Returns plain data that survives `structuredClone` and JSON (numbers and arrays). Throws a `Problem` with a listed code when the series cannot be fitted. */
  fit(series: Series, spec: Spec, budget: Budget): Fit
  /**
   * The same parameters carried through another history of the same series: states are found anew, nothing is estimated.
   * Absent where a fit costs no more. Throws as `fit` where they cannot be carried.
   */
  update?(fit: Fit, series: Series): Fit
  /** The same form, orders and waves estimated anew on another history, where finding them is the dear part. */
  refit?(fit: Fit, series: Series, spec: Spec, budget: Budget): Fit
  /**
   * `random` is used by simulated spreads only; the same stream gives the same bytes. `future` holds the regressors of the
   * periods to come, one column for each of those the fit was given; throws `regressor_future_missing` where a value that
   * the fit needs is not there.
   */
  forecast(fit: Fit, horizon: number, random: Random, future?: readonly Float64Array[]): Forecast
}

export interface FitBase {
  /** Registry name: `ets`, `naive`, ... */
  readonly model: string
  /** As the field writes it: `ETS(A,Ad,A)[12]`. */
  readonly label: string
  /** Evaluations of the objective that the search spent. */
  readonly evaluations: number
}
