/** What is known of every period from outside (prices, promotions, holidays), of the periods to come as well. */
export interface Regressors {
  readonly names: readonly string[]
  /** One a name: `columns[c][i]` belongs to period i; those beyond the last period of the series are its future. */
  readonly columns: readonly Float64Array[]
}

/** The columns of `horizon` periods from period `from` on. */
export const futureOf = ({ columns }: Regressors, from: number, horizon: number): Float64Array[] =>
  columns.map((column) => column.slice(from, from + horizon))
