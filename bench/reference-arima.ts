import { unlimited } from '../src/math/optimize/budget.ts'
import { arima } from '../src/models/arima/index.ts'
import { likelihoodOf } from '../src/models/arima/likelihood-of.ts'

interface ReferenceSeries {
  readonly season: number
  readonly values: readonly (number | null)[]
}

/** One `arima(method = "ML")` fit of R, with its series. */
export interface ArimaCase extends ReferenceSeries {
  readonly order: readonly [p: number, d: number, q: number]
  readonly seasonal: readonly [P: number, D: number, Q: number]
  readonly coef: Readonly<Record<string, number>>
  readonly loglik: number
}

/** How far below R's value still counts as reached; R's own is exact to this only where it takes differences. */
export const toleranceOf = ({ order, seasonal }: ArimaCase): number => (order[1] + seasonal[1] > 0 ? 5e-3 : 1e-3)
/** Rounding of R's ten digits, in its coefficients. */
const ROUNDING = 1e-6

export interface ArimaComparison {
  /** Our log-likelihood less R's. */
  readonly gap: number
  readonly reached: boolean
  /**
   * The exact log-likelihood at R's own coefficients less what R says: below −tolerance R's value is none, because it
   * leaves out every value whose variance is above 10⁴ times that of the errors.
   */
  readonly atTheirs: number
}

const seriesOf = ({ season, values }: ReferenceSeries) => ({
  name: '',
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
  seasonLength: season,
  calendar: null,
})

export function compareArima(item: ArimaCase): ArimaComparison {
  const [p, d, q] = item.order
  const [P, D, Q] = item.seasonal
  const series = seriesOf(item)
  const constant = 'intercept' in item.coef
  const spec = arima.check({ d, D, order: [p, q, P, Q], constant, selection: 'best' })
  const list = (name: string, count: number): number[] =>
    Array.from({ length: count }, (_, i) => item.coef[`${name}${i + 1}`]!)
  const theirs = { ar: list('ar', p), ma: list('ma', q), seasonalAr: list('sar', P), seasonalMa: list('sma', Q) }
  const fit = arima.fit(series, spec, unlimited)
  const ours = likelihoodOf(series, { d, D, constant }, fit.members[0]!)
  const exact = likelihoodOf(series, { d, D, constant }, theirs)
  const tolerance = toleranceOf(item)
  const gap = ours - item.loglik
  const reached = gap >= -tolerance && (d + D === 0 || ours >= exact - ROUNDING)
  return { gap, reached, atTheirs: exact - item.loglik }
}

/** What `auto.arima` chose by default. */
export interface AutoArimaCase extends ReferenceSeries {
  readonly arma: readonly number[]
  readonly aicc: number
}

/** Our smallest AICc less R's, with R's own differences. */
export function compareAutoArima({ arma, aicc, ...item }: AutoArimaCase): number {
  const series = seriesOf(item)
  const [d, D] = [arma[5]!, arma[6]!]
  const fit = arima.fit(series, arima.check({ d, D, selection: 'best' }), unlimited)
  const observed = series.values.filter((value) => !Number.isNaN(value)).length
  const values = observed - d - D * item.season
  return fit.members[0]!.criterion! + 2 * values * Math.log(fit.scale) - aicc
}
