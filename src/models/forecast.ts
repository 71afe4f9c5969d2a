/**
 * What a model says of the future: a mean and a spread per step, on the scale of the series.
 * Bands, quantiles and totals are functions of it (`forecast-functions` below), never stored by name.
 */
export interface Forecast {
  /** Point forecast per step, length = horizon. */
  readonly mean: Float64Array
  readonly spread: Spread
}

export type Spread =
  /** Normal at each step. `response[j]` is the effect on step h + j of an error at step h (response[0] = 1): it gives the dependence between steps. */
  | { readonly kind: 'normal'; readonly sd: Float64Array; readonly response: Float64Array }
  /** `values[step * probabilities.length + k]` is the quantile at probabilities[k]; dependence between steps as above. */
  | {
      readonly kind: 'quantiles'
      readonly probabilities: Float64Array
      readonly values: Float64Array
      readonly response: Float64Array
    }
  /** Simulated futures: `values[path * horizon + step]`. */
  | { readonly kind: 'paths'; readonly count: number; readonly values: Float64Array }
  /** Nothing can be said (one observation): bands are null. */
  | { readonly kind: 'none' }
