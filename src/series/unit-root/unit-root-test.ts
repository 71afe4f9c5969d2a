export interface UnitRootTest {
  readonly test: 'kpss' | 'adf'
  /** How often the tested values were differenced. */
  readonly differences: number
  /** NaN where nothing could be tested. */
  readonly statistic: number
  /** Lags in the long-run variance (KPSS) or in the regression (ADF). */
  readonly lags: number
  /** Interpolated between the tabulated levels: 0.01 stands for at most, 0.10 for at least. */
  readonly p: number
  /** The verdict: another difference is needed. */
  readonly unitRoot: boolean
}
