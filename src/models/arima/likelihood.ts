import { bfgs, bfgsScratch } from '../../math/optimize/bfgs.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { type LeastSquares, levenbergMarquardt } from '../../math/optimize/levenberg-marquardt.ts'
import { concentrate } from './concentrate.ts'
import { decode, encode } from './coordinates.ts'
import type { Differenced } from './data.ts'
import { exactFilter } from './exact-filter.ts'
import { coefficientCount, type Order } from './order.ts'
import { expand } from './polynomials.ts'
import type { Workspace } from './workspace.ts'

/** The exact likelihood of an order at one point, with regression and variance concentrated out. */
export interface Likelihood {
  /** Of the differenced series as given; −Infinity where the point is not stationary. */
  readonly logLikelihood: number
  /** Maximum likelihood estimate: Σ v²/F over the values observed. */
  readonly variance: number
  /** Σ v²/F. */
  readonly squares: number
}

const NOT_HERE: Likelihood = { logLikelihood: Number.NEGATIVE_INFINITY, variance: Number.NaN, squares: Number.NaN }
/** Below this, on a series of size one, errors are rounding: the likelihood has no bound. */
const EXACT = 1e-28

/** Values that the likelihood is of: those of the differenced series that gaps do not take away. */
export const countOf = ({ w, gaps }: Differenced): number => w.length - gaps.length

/**
 * Evaluates once. Afterwards the workspace holds the standardised errors (`squares.trialResiduals`), the states after the
 * last value and the coefficients of the regressors (`concentrate.coefficients`: gaps, then the constant).
 */
export function likelihoodAt(data: Differenced, order: Order, point: Float64Array, workspace: Workspace): Likelihood {
  const errors = workspace.squares.trialResiduals
  const logs = standardised(data, order, point, workspace, errors)
  if (Number.isNaN(logs)) return NOT_HERE
  let squares = 0
  for (let t = 0; t < data.w.length; t++) squares += errors[t]! * errors[t]!
  const n = countOf(data)
  const variance = Math.max(squares / n, EXACT)
  return { logLikelihood: -0.5 * (n * Math.log(2 * Math.PI * variance) + n + logs), variance, squares }
}

/** Relative to a coordinate's size: the error of forward differences moves the optimum by about half of this. */
const STEP = 1e-6
const ROUGH = 1e-6
const TOLERANCE = 1e-9
const STEPS = 12
const ITERATIONS = 60

/**
 * Maximum likelihood from `point`, which holds the estimate on return. −2 log L is n log Σ r² for the residuals
 * r = v/√F · (Π F)^(1/2n) (Box & Jenkins 1970, section 7.1, made exact), so a few steps of Levenberg–Marquardt lead most
 * of the way, where a quasi-Newton method first has to learn the curvature. `thorough` ends it by BFGS on −2 log L itself:
 * near a unit root of the moving average F counts as much as v. Returns evaluations spent.
 */
export function fitExact(
  data: Differenced,
  order: Order,
  point: Float64Array,
  workspace: Workspace,
  budget: Budget,
  thorough: boolean,
): number {
  const size = coefficientCount(order)
  if (size === 0) return 0
  const length = data.w.length
  const n = countOf(data)
  const { shifted, squares, natural } = workspace
  let evaluations = 0
  const residuals = (at: Float64Array, into: Float64Array): number => {
    evaluations++
    decode(at, order, natural)
    const logs = standardised(data, order, natural, workspace, into)
    if (Number.isNaN(logs)) return Number.POSITIVE_INFINITY
    const factor = Math.exp(logs / (2 * n))
    let sum = 0
    for (let t = 0; t < length; t++) {
      const residual = into[t]! * factor
      into[t] = residual
      sum += residual * residual
    }
    return Number.isFinite(sum) ? Math.max(sum, n * EXACT) : Number.POSITIVE_INFINITY
  }
  /** Moves one coordinate by a small step that is admissible, and returns it; 0 where there is none. */
  const move = (at: Float64Array, i: number, into: Float64Array): { step: number; sum: number } => {
    let step = STEP * Math.max(0.1, Math.abs(at[i]!))
    shifted[i] = at[i]! + step
    let sum = residuals(shifted, into)
    if (sum === Number.POSITIVE_INFINITY) {
      step = -step
      shifted[i] = at[i]! + step
      sum = residuals(shifted, into)
    }
    shifted[i] = at[i]!
    return { step: sum === Number.POSITIVE_INFINITY ? 0 : step, sum }
  }
  const problem: LeastSquares = {
    residuals,
    jacobian(at, current, into) {
      for (let i = 0; i < size; i++) shifted[i] = at[i]!
      for (let i = 0; i < size; i++) {
        const column = into.subarray(i * length, (i + 1) * length)
        const { step } = move(at, i, column)
        for (let t = 0; t < length; t++) column[t] = step === 0 ? 0 : (column[t]! - current[t]!) / step
      }
    },
  }
  const limited: Budget = { maxEvaluations: Math.ceil(budget.maxEvaluations / (size + 1)), expired: budget.expired }
  const end = new Float64Array(size)
  encode(point, order, end)
  levenbergMarquardt(problem, end, size, length, squares, limited, ROUGH, STEPS)
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    const here = n * Math.log(residuals(at, squares.residuals))
    if (!Number.isFinite(here)) return Number.POSITIVE_INFINITY
    for (let i = 0; i < size; i++) shifted[i] = at[i]!
    for (let i = 0; i < size; i++) {
      const { step, sum } = move(at, i, squares.trialResiduals)
      gradient[i] = step === 0 ? 0 : (n * Math.log(sum) - here) / step
    }
    return here
  }
  if (thorough) bfgs(objective, end, bfgsScratch(size), limited, TOLERANCE, ITERATIONS)
  decode(end, order, point)
  return evaluations
}

/** Standardised errors less what the regressors explain; returns the log determinant that goes with them, or NaN. */
function standardised(
  { w, gaps, regressors, seasonLength }: Differenced,
  order: Order,
  point: Float64Array,
  workspace: Workspace,
  into: Float64Array,
): number {
  expand(workspace.polynomials, point, order, seasonLength)
  const used = { ...regressors, count: gaps.length + Number(order.constant) }
  const logs = exactFilter(w, workspace.polynomials, into, used, workspace.filter)
  if (used.count === 0 || Number.isNaN(logs)) return logs
  return logs + concentrate(into, used, gaps.length, workspace.concentrate)
}
