import { cholesky, solve } from '../../math/cholesky.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { lasso } from '../../math/optimize/lasso.ts'
import { dot } from '../../math/vector.ts'
import { objective, type Point, residuals, SIGMA_PRIOR, type Terms, TREND_PRIOR, trendSize } from './objective.ts'

export interface Maximum {
  readonly point: Point
  readonly sigma: number
  /** Minus the logarithm of likelihood times priors. */
  readonly value: number
  readonly evaluations: number
}

/** Gain relative to the value below which the search ends, and rounds at most. */
const TOLERANCE = 1e-11
const ROUNDS = 200
/** Of the largest value: a smaller sigma is rounding, and the likelihood has no bound. */
const LEAST_SIGMA = 1e-6

/** The sigma that fits best to a sum of squares: the root of n/σ − S/σ³ + σ/s² = 0. */
function bestSigma(n: number, squares: number): number {
  const prior = SIGMA_PRIOR ** 2
  const square = (2 * squares) / (n + Math.sqrt(n * n + (4 * squares) / prior))
  return Math.max(LEAST_SIGMA, Math.sqrt(square))
}

/**
 * The most probable parameters. With sigma known and the trend linear, all else is a ridge regression with a lasso on
 * the changes of slope: the ridge's unknowns are eliminated and the lasso solved exactly. What bends (seasons that
 * multiply, logistic growth) is linearised around the last point, and the step shortened until it gains (Gauss–Newton).
 */
export function maximum(terms: Terms, start: Point, budget: Budget): Maximum {
  const n = terms.y.length
  const size = start.length
  const curved = terms.multiplicative || terms.growth === 'logistic'
  const residual = new Float64Array(n)
  const jacobian = Array.from({ length: size }, () => new Float64Array(n))
  const gram = new Float64Array(size * size)
  const moment = new Float64Array(size)
  let point = start.slice()
  let squares = residuals(terms, point, residual, jacobian)
  let sigma = bestSigma(n, squares)
  let value = objective(terms, point, sigma, squares)
  let evaluations = 1
  const solver = regularized(terms, size)
  for (let round = 0; round < ROUNDS; round++) {
    if (evaluations >= budget.maxEvaluations || budget.expired?.() === true) break
    if (round === 0 || curved) products(jacobian, gram)
    // with straight terms the target is the series itself, and stays
    for (let i = 0; i < size; i++) {
      let sum = dot(jacobian[i]!, residual)
      for (let j = 0; j < size; j++) sum += gram[i * size + j]! * point[j]!
      moment[i] = sum
    }
    const target = solver(gram, moment, sigma, point)
    let step = 1
    let next = point
    let here = Number.POSITIVE_INFINITY
    let size2 = 0
    let newSigma = sigma
    for (; step > 1e-4 && evaluations < budget.maxEvaluations; step /= 2) {
      next = point.map((from, i) => from + step * (target[i]! - from))
      size2 = residuals(terms, next, residual, curved ? jacobian : null)
      evaluations++
      newSigma = bestSigma(n, size2)
      here = objective(terms, next, newSigma, size2)
      if (here < value) break
    }
    if (!(here < value)) break
    const gain = value - here
    ;[point, squares, sigma, value] = [next, size2, newSigma, here]
    if (gain <= TOLERANCE * (1 + Math.abs(value))) break
  }
  return { point, sigma, value, evaluations }
}

/** Products of all columns with each other. */
function products(columns: readonly Float64Array[], gram: Float64Array): void {
  const size = columns.length
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const value = dot(columns[i]!, columns[j]!)
      gram[i * size + j] = value
      gram[j * size + i] = value
    }
}

/** Minimum of ‖target − Jθ‖²/2σ² with the priors, from the products of J: memory made once. */
function regularized(terms: Terms, size: number) {
  const bends = terms.changepoints.length
  const rest = size - bends
  // slope, offset and the columns' coefficients are the ridge's; the bends are the lasso's
  const ridge = [0, 1, ...Array.from({ length: size - trendSize(terms) }, (_, c) => trendSize(terms) + c)]
  const precision = Float64Array.from(ridge, (_, u) => 1 / (u < 2 ? TREND_PRIOR : terms.priors[u - 2]!) ** 2)
  const square = new Float64Array(rest * rest)
  const solved = new Float64Array((bends + 1) * rest)
  const h = new Float64Array(bends * bends)
  const g = new Float64Array(bends)
  return (gram: Float64Array, moment: Float64Array, sigma: number, from: Point): Point => {
    const weight = 1 / (sigma * sigma)
    for (const [u, i] of ridge.entries()) {
      for (const [v, j] of ridge.entries())
        square[u * rest + v] = weight * gram[i * size + j]! + (u === v ? precision[u]! : 0)
      for (let b = 0; b < bends; b++) solved[b * rest + u] = weight * gram[i * size + 2 + b]!
      solved[bends * rest + u] = weight * moment[i]!
    }
    cholesky(square, rest)
    for (let b = 0; b <= bends; b++) solve(square, rest, solved, b * rest)
    const eliminated = (a: number, b: number): number => {
      let sum = 0
      for (const [u, i] of ridge.entries()) sum += gram[i * size + 2 + a]! * solved[b * rest + u]!
      return weight * sum
    }
    for (let a = 0; a < bends; a++) {
      for (let b = 0; b < bends; b++) h[a * bends + b] = weight * gram[(2 + a) * size + 2 + b]! - eliminated(a, b)
      g[a] = weight * moment[2 + a]! - eliminated(a, bends)
    }
    const changes = from.slice(2, 2 + bends)
    lasso(h, g, 1 / terms.changepointPrior, changes)
    const target = new Float64Array(size)
    target.set(changes, 2)
    for (const [u, i] of ridge.entries()) {
      let sum = solved[bends * rest + u]!
      for (let b = 0; b < bends; b++) sum -= solved[b * rest + u]! * changes[b]!
      target[i] = sum
    }
    return target
  }
}
