/** A forecast ready to be published: plain data, small, crosses threads and files. */
export interface PublishedForecast {
  readonly mean: Float64Array
  /** Null where no band can be given. */
  readonly bands: {
    readonly probabilities: Float64Array
    /** values[step * probabilities.length + k] */
    readonly values: Float64Array
    /** Dependence between steps, as in `forecast.ts`. */
    readonly response: Float64Array
  } | null
}
