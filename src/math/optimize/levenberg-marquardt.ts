import type { Budget } from './budget.ts'

/** A sum of squares to make small. Vectors and columns live in the problem's own scratch. */
export interface LeastSquares {
  /** Writes the residuals at `point` and returns their sum of squares; Infinity where the point is not admissible. */
  residuals(point: Float64Array, into: Float64Array): number
  /** Writes ∂ residual / ∂ coordinate, `count` numbers a coordinate, at the point whose residuals are given. */
  jacobian(point: Float64Array, residuals: Float64Array, into: Float64Array): void
  /** A Jacobian costs many evaluations: it is carried from step to step by what the residuals did, as long as that leads on. */
  readonly dear?: boolean
}

export interface LeastSquaresResult {
  readonly squares: number
  /** Of the residuals; what a Jacobian costs is the problem's to count. */
  readonly evaluations: number
}

/** Scratch for problems of up to `size` coordinates and `count` residuals. */
export interface LeastSquaresScratch {
  readonly residuals: Float64Array
  readonly trialResiduals: Float64Array
  readonly jacobian: Float64Array
  readonly trial: Float64Array
  readonly normal: Float64Array
  readonly damped: Float64Array
  readonly gradient: Float64Array
  readonly step: Float64Array
}

export function leastSquaresScratch(size: number, count: number): LeastSquaresScratch {
  const vector = (length: number): Float64Array => new Float64Array(length)
  return {
    residuals: vector(count),
    trialResiduals: vector(count),
    jacobian: vector(size * count),
    trial: vector(size),
    normal: vector(size * size),
    damped: vector(size * size),
    gradient: vector(size),
    step: vector(size),
  }
}

const FIRST_DAMPING = 1e-3
const LEAST_DAMPING = 1e-10
const MOST_DAMPING = 1e7

/** Share of the gain foretold that a step by a carried Jacobian has to bring. */
const FAITHFUL = 0.25

/**
 * Levenberg–Marquardt with Marquardt's scaling (Marquardt 1963; Nocedal & Wright 2006, section 10.3): Gauss–Newton steps,
 * damped until they lower the sum of squares. `point` is the start and holds the best point on return. Stops where an
 * accepted step gains less than `tolerance` of the sum, or none can be found. A dear Jacobian follows the steps by rank-one
 * updates (Broyden 1965) and is made anew where it leads astray, `maxIterations` times at most.
 */
export function levenbergMarquardt(
  problem: LeastSquares,
  point: Float64Array,
  size: number,
  count: number,
  scratch: LeastSquaresScratch,
  budget: Budget,
  tolerance: number,
  maxIterations: number,
): LeastSquaresResult {
  const { step, trial, jacobian } = scratch
  let { residuals, trialResiduals } = scratch
  let squares = problem.residuals(point, residuals)
  let evaluations = 1
  if (!Number.isFinite(squares) || size === 0) return { squares, evaluations }
  let damping = FIRST_DAMPING
  let carried = false
  for (let made = 0; carried || made < maxIterations; ) {
    if (evaluations >= budget.maxEvaluations || budget.expired?.() === true) break
    if (!carried) {
      problem.jacobian(point, residuals, jacobian)
      made++
    }
    normalEquations(scratch, residuals, size, count)
    let gained = -1
    while (damping <= MOST_DAMPING && evaluations < budget.maxEvaluations) {
      if (solveDamped(scratch, size, damping)) {
        for (let i = 0; i < size; i++) trial[i] = point[i]! - step[i]!
        const next = problem.residuals(trial, trialResiduals)
        evaluations++
        if (next < squares) {
          gained = squares - next
          squares = next
          for (let i = 0; i < size; i++) point[i] = trial[i]!
          const kept = residuals
          residuals = trialResiduals
          trialResiduals = kept
          damping = Math.max(LEAST_DAMPING, damping / 10)
          break
        }
      }
      if (carried) break
      damping *= 10
    }
    const found = gained > tolerance * squares
    const hoped = problem.dear === true ? foretold(scratch, size) : 0
    // a carried Jacobian that leads nowhere is made anew where it promised something
    if (!found && (gained >= 0 || !carried || hoped <= tolerance * squares)) break
    carried = problem.dear === true && found && gained > FAITHFUL * hoped
    if (carried) carry(scratch, residuals, trialResiduals, size, count)
  }
  return { squares, evaluations }
}

/** Jᵀ J, its lower half, and Jᵀ r. */
function normalEquations(
  { jacobian, normal, gradient }: LeastSquaresScratch,
  residuals: Float64Array,
  size: number,
  count: number,
): void {
  for (let i = 0; i < size; i++) {
    const column = i * count
    let sum = 0
    let square = 0
    for (let t = 0; t < count; t++) {
      const value = jacobian[column + t]!
      sum += value * residuals[t]!
      square += value * value
    }
    gradient[i] = sum
    normal[i * size + i] = square
    // two at a time: a sum alone waits for its last addition at each step
    for (let j = 0; j < i; j += 2) {
      const other = j * count
      const next = j + 1 < i ? other + count : other
      let product = 0
      let following = 0
      for (let t = 0; t < count; t++) {
        const value = jacobian[column + t]!
        product += value * jacobian[other + t]!
        following += value * jacobian[next + t]!
      }
      normal[i * size + j] = product
      if (j + 1 < i) normal[i * size + j + 1] = following
    }
  }
}

/** What the step would gain were the residuals linear. */
function foretold({ normal, gradient, step }: LeastSquaresScratch, size: number): number {
  let gain = 0
  for (let i = 0; i < size; i++) {
    gain += 2 * step[i]! * gradient[i]!
    for (let j = 0; j <= i; j++) gain -= (i === j ? 1 : 2) * step[i]! * step[j]! * normal[i * size + j]!
  }
  return gain
}

/** The least change of the Jacobian with which the step would have led to the residuals that it led to. */
function carry(
  { jacobian, step }: LeastSquaresScratch,
  now: Float64Array,
  before: Float64Array,
  size: number,
  count: number,
): void {
  let square = 0
  for (let i = 0; i < size; i++) square += step[i]! * step[i]!
  for (let t = 0; t < count; t++) {
    let miss = now[t]! - before[t]!
    for (let i = 0; i < size; i++) miss += jacobian[i * count + t]! * step[i]!
    miss /= square
    for (let i = 0; i < size; i++) jacobian[i * count + t]! -= miss * step[i]!
  }
}

/** Cholesky solution of (JᵀJ + damping · diag JᵀJ) step = Jᵀ r; false where it is not positive definite. */
function solveDamped({ normal, damped, gradient, step }: LeastSquaresScratch, size: number, damping: number): boolean {
  let largest = 0
  for (let i = 0; i < size; i++) largest = Math.max(largest, normal[i * size + i]!)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = normal[i * size + j]!
      if (i === j) sum += damping * Math.max(sum, 1e-12 * largest)
      for (let k = 0; k < j; k++) sum -= damped[i * size + k]! * damped[j * size + k]!
      if (i === j) {
        if (!(sum > 0)) return false
        damped[i * size + i] = Math.sqrt(sum)
      } else damped[i * size + j] = sum / damped[j * size + j]!
    }
  }
  for (let i = 0; i < size; i++) {
    let sum = gradient[i]!
    for (let k = 0; k < i; k++) sum -= damped[i * size + k]! * step[k]!
    step[i] = sum / damped[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = step[i]!
    for (let k = i + 1; k < size; k++) sum -= damped[k * size + i]! * step[k]!
    step[i] = sum / damped[i * size + i]!
  }
  return true
}
