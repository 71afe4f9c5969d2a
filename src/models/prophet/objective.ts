/** A regression on what bends, in the package's scale, without missing rows. */
export interface Terms {
  readonly y: Float64Array
  readonly times: Float64Array
  readonly growth: 'linear' | 'flat' | 'logistic'
  /** Logistic growth: the ceiling over the scale; the floor is taken from y. */
  readonly capacity: number
  readonly changepoints: Float64Array
  readonly changepointPrior: number
  /** Columns of seasons and regressors, the standard deviations of their priors, and whether they multiply the trend. */
  readonly columns: readonly Float64Array[]
  readonly priors: Float64Array
  readonly multiplicative: boolean
}

/** slope, offset, changes of slope …, coefficients of the columns … */
export type Point = Float64Array

/** Standard deviations of the normal priors of slope and offset, and of the half-normal one of sigma. */
export const TREND_PRIOR = 5
export const SIGMA_PRIOR = 0.5

const logistic = (z: number): number => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)))

/** slope × (t − offset) or slope × t + offset, bent at the changepoints: in logistic growth what goes into the sigmoid. */
export function bent(
  { growth, changepoints }: Pick<Terms, 'growth' | 'changepoints'>,
  point: Point,
  t: number,
): number {
  const [k, m] = [point[0]!, point[1]!]
  let z = growth === 'logistic' ? k * (t - m) : k * t + m
  for (let j = 0; j < changepoints.length && t > changepoints[j]!; j++) z += point[2 + j]! * (t - changepoints[j]!)
  return z
}

/** The trend that belongs to a bent line. */
export const trendFrom = ({ growth, capacity }: Pick<Terms, 'growth' | 'capacity'>, z: number): number =>
  growth === 'logistic' ? capacity * logistic(z) : z

/** Parameters of the trend: offset alone where it is flat. */
export const trendSize = ({ changepoints }: Terms): number => 2 + changepoints.length

/** Residuals into `residual`; returns their sum of squares. With `jacobian`, the derivatives of the fitted values, a column a parameter. */
export function residuals(
  terms: Terms,
  point: Point,
  residual: Float64Array,
  jacobian: readonly Float64Array[] | null,
): number {
  const { y, times, growth, capacity, changepoints, columns, multiplicative } = terms
  const from = trendSize(terms)
  let squares = 0
  for (let i = 0; i < y.length; i++) {
    const t = times[i]!
    const z = bent(terms, point, t)
    const trend = trendFrom(terms, z)
    let effect = 0
    for (let c = 0; c < columns.length; c++) effect += columns[c]![i]! * point[from + c]!
    const factor = multiplicative ? 1 + effect : 1
    const fitted = multiplicative ? trend * factor : trend + effect
    const r = y[i]! - fitted
    residual[i] = r
    squares += r * r
    if (jacobian === null) continue
    const steep = growth === 'logistic' ? factor * trend * (1 - trend / capacity) : factor
    const moves = growth === 'flat' ? 0 : steep
    jacobian[0]![i] = moves * (growth === 'logistic' ? t - point[1]! : t)
    jacobian[1]![i] = growth === 'logistic' ? -steep * point[0]! : steep
    for (let j = 0; j < changepoints.length; j++)
      jacobian[2 + j]![i] = t > changepoints[j]! ? moves * (t - changepoints[j]!) : 0
    const share = multiplicative ? trend : 1
    for (let c = 0; c < columns.length; c++) jacobian[from + c]![i] = share * columns[c]![i]!
  }
  return squares
}

/** Minus the logarithm of likelihood times priors, without constants, as the package's Stan program has it. */
export function objective(terms: Terms, point: Point, sigma: number, squares: number): number {
  const from = trendSize(terms)
  let value = terms.y.length * Math.log(sigma) + squares / (2 * sigma * sigma) + sigma ** 2 / (2 * SIGMA_PRIOR ** 2)
  value += (point[0]! ** 2 + point[1]! ** 2) / (2 * TREND_PRIOR ** 2)
  for (let j = 2; j < from; j++) value += Math.abs(point[j]!) / terms.changepointPrior
  for (let c = 0; c < terms.columns.length; c++) value += (point[from + c]! / terms.priors[c]!) ** 2 / 2
  return value
}
