import type { Budget } from '../../math/optimize/budget.ts'
import { type LeastSquares, levenbergMarquardt } from '../../math/optimize/levenberg-marquardt.ts'
import { coefficientCount, type Order } from './order.ts'
import { expand, type Polynomials } from './polynomials.ts'
import type { Workspace } from './workspace.ts'

const TOLERANCE = 1e-5
const ITERATIONS = 25

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
          for (let t = 0; t < n; t++) into[column + t] = t < from || t < lag ? 0 : -source[t - lag]!
        }
      }
      lags(byPhi, p, 1)
      lags(byTheta, q, 1)
      lags(bySeasonalPhi, P, m)
      lags(bySeasonalTheta, Q, m)
    },
  }
  return levenbergMarquardt(problem, point, coefficientCount(order), n, squares, budget, TOLERANCE, ITERATIONS)
    .evaluations
}

/** e_t = φ(B) w_t − Σ θ_j e_{t − j} from the first t that has all its lags; Infinity where they explode. */
function conditionalErrors(w: Float64Array, polynomials: Polynomials, errors: Float64Array): number {
  const { phi, theta, phiAt, thetaAt, phiCount, thetaCount, arDegree } = polynomials
  let sum = 0
  errors.fill(0, 0, Math.min(arDegree, w.length))
  for (let t = arDegree; t < w.length; t++) {
    let error = w[t]!
    for (let i = 0; i < phiCount; i++) error -= phi[phiAt[i]!]! * w[t - 1 - phiAt[i]!]!
    for (let j = 0; j < thetaCount; j++) {
      const lag = thetaAt[j]! + 1
      if (t >= lag) error -= theta[lag - 1]! * errors[t - lag]!
    }
    errors[t] = error
    sum += error * error
  }
  return Number.isFinite(sum) ? sum : Number.POSITIVE_INFINITY
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
  for (let t = 0; t < w.length; t++) {
    let value = w[t]!
    for (let k = 1; k <= terms; k++) if (t >= k * spacing) value -= point[at + k - 1]! * w[t - k * spacing]!
    into[t] = value
  }
}

/** Divides by the whole moving average, in place, from `from` on; zero before. */
function undoMovingAverage(values: Float64Array, from: number, { theta, thetaAt, thetaCount }: Polynomials): void {
  values.fill(0, 0, Math.min(from, values.length))
  for (let t = from; t < values.length; t++) {
    let value = values[t]!
    for (let j = 0; j < thetaCount; j++) {
      const lag = thetaAt[j]! + 1
      if (t >= lag) value -= theta[lag - 1]! * values[t - lag]!
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
  for (let t = 0; t < into.length; t++) {
    let value = values[t]!
    for (let k = 1; k <= terms; k++) if (t >= k * spacing) value -= point[at + k - 1]! * into[t - k * spacing]!
    into[t] = value
  }
}
