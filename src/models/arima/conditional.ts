import type { Budget } from '../../math/optimize/budget.ts'
import { type LeastSquares, levenbergMarquardt } from '../../math/optimize/levenberg-marquardt.ts'
import { coefficientCount, type Order } from './order.ts'
import { expand, type Polynomials } from './polynomials.ts'
import type { Workspace } from './workspace.ts'

/** Where more are needed a root is near the unit circle, of which the exact likelihood has to judge. */
const ITERATIONS = 10
/** A step ends the search that gains less than this in log-likelihood: orders are told apart by far more. */
const UNSEEN = 0.05

/**
 * Conditional least squares (Box & Jenkins 1970, chapter 7): errors before the first complete lag are taken as zero.
 * `point` (φ, θ, Φ, Θ) is the start and holds the estimate on return; `w` is centred. The Jacobian's columns are lags of
 * four filtered series, so that its cost hardly depends on how many coefficients there are. Returns evaluations spent.
 */
export function fitConditional(
  w: Float64Array,
  order: Order,
  m: number,
  point: Float64Array,
  workspace: Workspace,
  budget: Budget,
): number {
  const { polynomials, filtered, squares } = workspace
  const { p, q, P, Q } = order
  const n = w.length
  const [byPhi, bySeasonalPhi, byTheta, bySeasonalTheta] = filtered
  const problem: LeastSquares = {
    residuals(at, into) {
      expand(polynomials, at, order, m)
      return conditionalErrors(w, polynomials, into)
    },
    jacobian(at, errors, into) {
      expand(polynomials, at, order, m)
      const from = polynomials.arDegree
      if (p > 0) {
        autoregress(w, at, p + q, P, m, byPhi)
        undoMovingAverage(byPhi, m * P, polynomials)
      }
      if (P > 0) {
        autoregress(w, at, 0, p, 1, bySeasonalPhi)
        undoMovingAverage(bySeasonalPhi, p, polynomials)
      }
      if (q > 0) undoTerms(errors, at, p, q, 1, byTheta)
      if (Q > 0) undoTerms(errors, at, p + q + P, Q, m, bySeasonalTheta)
      let column = 0
      const lags = (source: Float64Array, terms: number, spacing: number): void => {
        for (let k = 1; k <= terms; k++, column += n) {
          const lag = k * spacing
          const first = Math.min(n, Math.max(from, lag))
          into.fill(0, column, column + first)
          for (let t = first; t < n; t++) into[column + t] = -source[t - lag]!
        }
      }
      lags(byPhi, p, 1)
      lags(byTheta, q, 1)
      lags(bySeasonalPhi, P, m)
      lags(bySeasonalTheta, Q, m)
    },
  }
  const tolerance = (2 * UNSEEN) / n
  return levenbergMarquardt(problem, point, coefficientCount(order), n, squares, budget, tolerance, ITERATIONS)
    .evaluations
}

/** e_t = φ(B) w_t − Σ θ_j e_{t − j} from the first t that has all its lags; Infinity where they explode. */
function conditionalErrors(w: Float64Array, polynomials: Polynomials, errors: Float64Array): number {
  const { phi, phiAt, phiCount, arDegree } = polynomials
  // term by term: nothing waits for the value before, unlike in the moving average
  for (let t = arDegree; t < w.length; t++) errors[t] = w[t]!
  for (let i = 0; i < phiCount; i++) takeLag(errors, arDegree, w, phi[phiAt[i]!]!, phiAt[i]! + 1)
  undoMovingAverage(errors, arDegree, polynomials)
  let sum = 0
  for (let t = arDegree; t < w.length; t++) sum += errors[t]! * errors[t]!
  return Number.isFinite(sum) ? sum : Number.POSITIVE_INFINITY
}

/** Takes `coefficient` times the values `lag` before from those from `from` on. */
function takeLag(values: Float64Array, from: number, w: Float64Array, coefficient: number, lag: number): void {
  for (let t = Math.max(from, lag); t < values.length; t++) values[t]! -= coefficient * w[t - lag]!
}

/** The series less its `terms` autoregressive terms, `spacing` apart. */
function autoregress(
  w: Float64Array,
  point: Float64Array,
  at: number,
  terms: number,
  spacing: number,
  into: Float64Array,
): void {
  into.set(w)
  for (let k = 1; k <= terms; k++) takeLag(into, 0, w, point[at + k - 1]!, k * spacing)
}

/** Divides by the whole moving average, in place, from `from` on; zero before. */
function undoMovingAverage(values: Float64Array, from: number, polynomials: Polynomials): void {
  const { theta, thetaAt, thetaCount, maDegree } = polynomials
  values.fill(0, 0, Math.min(from, values.length))
  if (thetaCount === 0) return
  const whole = Math.min(values.length, Math.max(from, maDegree))
  for (let t = from; t < whole; t++) {
    let value = values[t]!
    for (let j = 0; j < thetaCount; j++) {
      const lag = thetaAt[j]! + 1
      if (t >= lag) value -= theta[lag - 1]! * values[t - lag]!
    }
    values[t] = value
  }
  for (let t = whole; t < values.length; t++) {
    let value = values[t]!
    for (let j = 0; j < thetaCount; j++) {
      const at = thetaAt[j]!
      value -= theta[at]! * values[t - 1 - at]!
    }
    values[t] = value
  }
}

/** Divides by one factor of the moving average. */
function undoTerms(
  values: Float64Array,
  point: Float64Array,
  at: number,
  terms: number,
  spacing: number,
  into: Float64Array,
): void {
  const whole = Math.min(into.length, terms * spacing)
  for (let t = 0; t < whole; t++) {
    let value = values[t]!
    for (let k = 1; k <= terms; k++) if (t >= k * spacing) value -= point[at + k - 1]! * into[t - k * spacing]!
    into[t] = value
  }
  for (let t = whole; t < into.length; t++) {
    let value = values[t]!
    for (let k = 1; k <= terms; k++) value -= point[at + k - 1]! * into[t - k * spacing]!
    into[t] = value
  }
}
