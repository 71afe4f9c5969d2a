import { bfgs, bfgsScratch } from '../../math/optimize/bfgs.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { type LeastSquares, levenbergMarquardt } from '../../math/optimize/levenberg-marquardt.ts'
import { concentrate } from './concentrate.ts'
import { decode, encode } from './coordinates.ts'
import type { ArimaData } from './data.ts'
import { exactFilter } from './exact-filter.ts'
import { levelsFilter } from './levels-filter.ts'
import { coefficientCount, type Order } from './order.ts'
import { expand } from './polynomials.ts'
import type { Workspace } from './workspace.ts'

/** The exact likelihood of an order at one point, with regression and variance concentrated out. */
export interface Likelihood {
  /** Of the differenced series as given; −Infinity where the point is not stationary. */
  readonly logLikelihood: number
  /** Σ v²/F. */
  readonly squares: number
}

const NOT_HERE: Likelihood = { logLikelihood: Number.NEGATIVE_INFINITY, squares: Number.NaN }
/** Below this, on a series of size one, errors are rounding: the likelihood has no bound. */
const EXACT = 1e-28

/**
 * Evaluates once. Afterwards the workspace holds the standardised errors (`squares.trialResiduals`), the states after the
 * last value and the coefficients of the columns (`concentrate.coefficients`).
 */
export function likelihoodAt(data: ArimaData, order: Order, point: Float64Array, workspace: Workspace): Likelihood {
  const errors = workspace.squares.trialResiduals
  const logs = standardised(data, order, point, workspace, errors)
  if (Number.isNaN(logs)) return NOT_HERE
  let squares = 0
  for (let t = 0; t < data.length; t++) squares += errors[t]! * errors[t]!
  const n = data.count
  const variance = Math.max(squares / n, EXACT)
  return { logLikelihood: -0.5 * (n * Math.log(2 * Math.PI * variance) + n + logs), squares }
}

/** How far an estimate is followed: as others take it up, to what can be seen, to what can be printed, to the last digit. */
export type Depth = 'near' | 'maximum' | 'close' | 'thorough'

/** Where a search ended, and what it spent. */
export interface Climbed {
  /** −Infinity where it could not begin. */
  readonly logLikelihood: number
  readonly evaluations: number
}

/** Relative to a coordinate's size: the error of forward differences moves the optimum by about half of this. */
const STEP = 1e-6
const ROUGH = 1e-6
const CLOSE = 1e-8
/** Gain of log-likelihood in one step that changes nothing that can be seen; with few values steps are cheap, and followed closer. */
const UNSEEN = 0.02
const UNSEEN_OF_FEW = 0.005
const MANY = 200
const TOLERANCE = 1e-9
const STEPS = 12
const FEW_STEPS = 2
const ITERATIONS = 60

/**
 * Maximum likelihood from `point`, which holds the estimate on return. −2 log L is n log Σ r² for the residuals
 * r = v/√F · (Π F)^(1/2n) (Box & Jenkins 1970, section 7.1, made exact), so a few steps of Levenberg–Marquardt lead most
 * of the way, where a quasi-Newton method first has to learn the curvature. `near`: as far as a fit needs that another will
 * take up from there. `thorough` ends it by BFGS on −2 log L itself:
 * near a unit root of the moving average F counts as much as v.
 */
export function fitExact(
  data: ArimaData,
  order: Order,
  point: Float64Array,
  workspace: Workspace,
  budget: Budget,
  depth: Depth,
): Climbed {
  const size = coefficientCount(order)
  if (size === 0) return { logLikelihood: likelihoodAt(data, order, point, workspace).logLikelihood, evaluations: 1 }
  const length = data.length
  const n = data.count
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
  const seen = depth === 'near' || depth === 'maximum'
  const problem: LeastSquares = {
    // carried from step to step it amplifies rounding: where a step costs little it is made anew
    dear: seen && n > MANY,
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
  // a share of the squares is worth n / 2 of it in log-likelihood
  const tolerance = seen ? (2 * (n > MANY ? UNSEEN : UNSEEN_OF_FEW)) / n : depth === 'close' ? CLOSE : ROUGH
  const steps = depth === 'near' ? FEW_STEPS : STEPS
  const reached = levenbergMarquardt(problem, end, size, length, squares, limited, tolerance, steps)
  let value = n * Math.log(reached.squares)
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
  if (depth === 'thorough') value = bfgs(objective, end, bfgsScratch(size), limited, TOLERANCE, ITERATIONS).value
  decode(end, order, point)
  return { logLikelihood: -0.5 * (value + n * (Math.log((2 * Math.PI) / n) + 1)), evaluations }
}

/** Columns that count for an order: the constant is the last of them. */
export const columnsOf = ({ columns }: ArimaData, { constant }: Order): number => columns.length - Number(!constant)

/** Standardised errors less what the columns explain; returns the log determinant that goes with them, or NaN. */
function standardised(
  data: ArimaData,
  order: Order,
  point: Float64Array,
  workspace: Workspace,
  into: Float64Array,
): number {
  const { polynomials, filter, levels, columnErrors: errors } = workspace
  expand(polynomials, point, order, data.seasonLength)
  const columns = { series: data.columns, errors, count: columnsOf(data, order), begins: data.begins }
  const logs =
    levels === null || data.levels === null
      ? exactFilter(data.w, polynomials, into, columns, filter)
      : levelsFilter(data.levels, polynomials, data.integration, into, columns, levels)
  if (columns.count === 0 || Number.isNaN(logs)) return logs
  return logs + concentrate(into, columns, data.nuisance, workspace.concentrate)
}
