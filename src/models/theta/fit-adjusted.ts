import { brentMinimum } from '../../math/optimize/brent.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { accumulate, interceptOf, makeSums, runningLines, type State, type Sums, slopeOf } from './kernel.ts'
import type { ThetaSpec } from './spec.ts'

/** A fit to seasonally adjusted values less their first. */
export interface AdjustedFit {
  readonly state: State
  /** Start of the level. */
  readonly initial: number
  readonly squares: number
  /** Errors that count, and the variance of one. */
  readonly count: number
  readonly variance: number
  /** −2 log-likelihood without its constant, plus the priors' penalty. */
  readonly value: number
  readonly evaluations: number
}

/** Errors of the first observations say little: a line through one or two points leads anywhere (as the paper's own programs). */
const WARM_UP = 3
/** Starts of the search for alpha; the ends are its bounds, as R's for simple exponential smoothing. */
const GRID = [
  ...[1e-4, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55],
  ...[0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.94, 0.97, 0.99, 0.9999],
]
/** Local minima of the grid that are followed. */
const FOLLOWED = 2
/** Of alpha. Finer, rounding decides which of two points is lower, and a rescaled series has another answer. */
const TOLERANCE = 1e-5
/** Density of alpha's prior: Beta(3, 1), after the forecasts of short series (M1, M3, M4, tourism). */
const ALPHA_POWER = 2
/** Prior of w = 1 − 1/theta: normal around theta = 2 with standard deviation 1. */
const WEIGHT_CENTRE = 0.5
const WEIGHT_PRECISION = 1
/** Squares below this share of their sum before the fit are rounding. */
const ROUNDING = 1e-14
const EXACT = 1e-26

/**
 * Best alpha by one-dimensional search, that of an earlier fit being `near`; l_0 and theta follow in closed form. `y` starts with
 * an observation.
 */
export function fitAdjusted(
  y: Float64Array,
  observed: number,
  spec: ThetaSpec,
  budget: Budget,
  near: number | null = null,
): AdjustedFit {
  const dynamic = spec.variant.startsWith('dynamic')
  const map = spec.estimation === 'map'
  const free = spec.variant.endsWith('optimised')
  const standard = spec.variant === 'standard'
  const warmUp = standard ? 0 : Math.min(WARM_UP, Math.max(0, observed - WARM_UP))
  const intercepts = new Float64Array(y.length)
  const slopes = new Float64Array(y.length)
  const line = runningLines(y, intercepts, slopes)
  if (!dynamic) {
    intercepts.fill(standard ? 0 : interceptOf(line))
    slopes.fill(standard ? 0 : slopeOf(line))
  }
  const sums = makeSums()
  const answer: Answer = { weight: standard ? 0 : WEIGHT_CENTRE, initial: 0, squares: 0, penalty: 0 }
  const objective = (alpha: number): number => {
    accumulate(y, intercepts, slopes, alpha, warmUp, sums)
    solve(sums, free, map, answer)
    const value = sums.count * Math.log(answer.squares) + answer.penalty
    return map ? value - 2 * ALPHA_POWER * Math.log(alpha) : value
  }
  const { alpha, value, evaluations } = near === null ? search(objective, budget) : searchNear(objective, near, budget)
  objective(alpha)
  const { weight, initial, squares } = answer
  const level = sums.level + sums.c * initial + sums.u * weight
  const freedom = sums.count - (free ? 3 : 2)
  const slope = slopeOf(line)
  return {
    state: {
      ...{ alpha, level, power: sums.power, periods: y.length, dynamic, line, slope },
      // the drift of the standard method is half the slope, and starts one step later than that of the static line
      weight: standard ? WEIGHT_CENTRE : weight,
      intercept: standard ? -slope : interceptOf(line),
    },
    initial,
    squares,
    count: sums.count,
    variance: freedom > 0 ? squares / freedom : meanSquaredChange(y),
    value,
    evaluations,
  }
}

interface Answer {
  weight: number
  initial: number
  squares: number
  penalty: number
}

/** l_0, w (if free; theta from 1 to infinity) and the squares that remain, from the sums of one pass. */
function solve(sums: Sums, free: boolean, map: boolean, answer: Answer): void {
  const { cc, cg, gg, ce, ge, ee, count } = sums
  const floor = Math.max(EXACT, ROUNDING * ee)
  answer.penalty = 0
  if (free) {
    const own = gg - (cg * cg) / cc
    const product = ge - (cg * ce) / cc
    if (own > ROUNDING * gg) {
      let precision = 0
      if (map) {
        const left = ee - (ce * ce) / cc - (product * product) / own
        precision = (WEIGHT_PRECISION * Math.max(floor, left)) / Math.max(1, count - 3)
      }
      const best = (product + precision * WEIGHT_CENTRE) / (own + precision)
      answer.weight = Math.min(1, Math.max(0, best))
    } else answer.weight = WEIGHT_CENTRE
    if (map) answer.penalty = WEIGHT_PRECISION * (answer.weight - WEIGHT_CENTRE) ** 2
  }
  const w = answer.weight
  answer.initial = (ce - w * cg) / cc
  answer.squares = Math.max(floor, ee - 2 * w * ge + w * w * gg - answer.initial * (ce - w * cg))
}

interface Found {
  readonly alpha: number
  readonly value: number
  readonly evaluations: number
}

/** Between the neighbours of an alpha in the grid; the whole range where the minimum is not in there. */
function searchNear(objective: (alpha: number) => number, alpha: number, budget: Budget): Found {
  const value = objective(alpha)
  const low = GRID.findLast((one) => one < alpha) ?? GRID[0]!
  const high = GRID.find((one) => one > alpha) ?? GRID.at(-1)!
  const { point, value: least, evaluations: spent } = brentMinimum(objective, low, high, budget, TOLERANCE)
  const evaluations = spent + 1
  if (least > value) return { alpha, value, evaluations }
  const inside = point - low > TOLERANCE && high - point > TOLERANCE
  if (inside || evaluations >= budget.maxEvaluations) return { alpha: point, value: least, evaluations }
  const whole = search(objective, { ...budget, maxEvaluations: budget.maxEvaluations - evaluations })
  return { ...whole, evaluations: whole.evaluations + evaluations }
}

/** The grid, thinned where the budget is small, then Brent's method around its lowest local minima. */
function search(objective: (alpha: number) => number, budget: Budget): Found {
  const stride = Math.ceil(GRID.length / Math.max(1, Math.min(GRID.length, budget.maxEvaluations)))
  const grid = GRID.filter((_, i) => i % stride === stride >> 1)
  const values = grid.map(objective)
  let evaluations = grid.length
  const minima = grid
    .map((_, i) => i)
    .filter((i) => values[i]! < (values[i - 1] ?? Infinity) && values[i]! <= (values[i + 1] ?? Infinity))
    .sort((a, b) => values[a]! - values[b]! || a - b)
  const first = minima[0] ?? grid.length >> 1
  let best = { alpha: grid[first]!, value: values[first]! }
  for (const i of minima.slice(0, FOLLOWED)) {
    const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
    if (left.maxEvaluations <= 0 || budget.expired?.() === true) break
    const found = brentMinimum(objective, grid[i - 1] ?? grid[i]!, grid[i + 1] ?? grid[i]!, left, TOLERANCE)
    evaluations += found.evaluations
    if (found.value < best.value) best = { alpha: found.point, value: found.value }
  }
  return { ...best, evaluations }
}

/** Of neighbouring observations, per step between them: all that a handful of values says of errors. */
function meanSquaredChange(y: Float64Array): number {
  let sum = 0
  let count = 0
  let before = 0
  for (let t = 1; t < y.length; t++) {
    if (Number.isNaN(y[t]!)) continue
    sum += (y[t]! - y[before]!) ** 2 / (t - before)
    count++
    before = t
  }
  return sum / count
}
