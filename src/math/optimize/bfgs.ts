import type { Budget } from './budget.ts'

export interface BfgsResult {
  readonly value: number
  readonly evaluations: number
  readonly converged: boolean
}

/** Scratch of one search; make it once per size and hand it to every search of that size. */
export interface BfgsScratch {
  readonly gradient: Float64Array
  readonly trial: Float64Array
  readonly trialGradient: Float64Array
  readonly direction: Float64Array
  readonly change: Float64Array
  readonly product: Float64Array
  readonly inverse: Float64Array
}

export function bfgsScratch(size: number): BfgsScratch {
  const vector = (): Float64Array => new Float64Array(size)
  return {
    gradient: vector(),
    trial: vector(),
    trialGradient: vector(),
    direction: vector(),
    change: vector(),
    product: vector(),
    inverse: new Float64Array(size * size),
  }
}

/** Sufficient decrease of the Armijo rule (Nocedal & Wright 2006, section 3.1). */
const DECREASE = 1e-4
const LARGEST_FIRST_STEP = 1

/**
 * Dense BFGS (Nocedal & Wright 2006, algorithm 6.1) with an analytic gradient and a backtracking line search that
 * accepts Infinity as "not here". `objective(point, gradient)` returns the value and writes the gradient.
 * `point` is the start and holds the best point on return. O(size²) a step besides the objective; allocates nothing.
 * `units`: of each coordinate what a step may well be (1 / √ of half the curvature); all are searched in these.
 */
export function bfgs(
  objective: (point: Float64Array, gradient: Float64Array) => number,
  point: Float64Array,
  scratch: BfgsScratch,
  budget: Budget,
  tolerance = 1e-8,
  maxIterations = 200,
  units: Float64Array | null = null,
): BfgsResult {
  const size = point.length
  const { gradient, trial, trialGradient, direction, change, product, inverse } = scratch
  let value = objective(point, gradient)
  let evaluations = 1
  if (!Number.isFinite(value)) return { value: Number.POSITIVE_INFINITY, evaluations, converged: false }
  let fresh = true
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (evaluations >= budget.maxEvaluations || budget.expired?.() === true)
      return { value, evaluations, converged: false }
    if (fresh) setDiagonal(inverse, size, units)
    let slope = 0
    let norm = 0
    for (let i = 0; i < size; i++) {
      let sum = 0
      const row = i * size
      for (let j = 0; j < size; j++) sum -= inverse[row + j]! * gradient[j]!
      direction[i] = sum
      slope += sum * gradient[i]!
      const length = units === null ? sum : sum / units[i]!
      norm += length * length
    }
    if (!(slope < 0)) {
      if (fresh) return { value, evaluations, converged: true }
      fresh = true
      continue
    }
    norm = Math.sqrt(norm)
    let step = fresh ? Math.min(1, LARGEST_FIRST_STEP / norm) : Math.min(1, 10 / norm)
    let next = Number.POSITIVE_INFINITY
    let found = false
    for (let halving = 0; halving < 30 && evaluations < budget.maxEvaluations; halving++) {
      for (let i = 0; i < size; i++) trial[i] = point[i]! + step * direction[i]!
      next = objective(trial, trialGradient)
      evaluations++
      if (next <= value + DECREASE * step * slope) {
        found = true
        break
      }
      // Minimum of the parabola through the value, the slope and the trial, kept within a tenth and a half.
      const parabola = Number.isFinite(next) ? (-slope * step * step) / (2 * (next - value - slope * step)) : 0
      step = Math.min(0.5 * step, Math.max(0.1 * step, parabola))
    }
    if (!found) {
      if (evaluations >= budget.maxEvaluations) return { value, evaluations, converged: false }
      if (fresh) return { value, evaluations, converged: true }
      fresh = true
      continue
    }
    const gain = value - next
    updateInverse(inverse, size, point, trial, gradient, trialGradient, change, product, fresh, units)
    fresh = false
    point.set(trial)
    gradient.set(trialGradient)
    value = next
    if (gain <= tolerance * (1 + Math.abs(value))) return { value, evaluations, converged: true }
  }
  return { value, evaluations, converged: false }
}

function setDiagonal(inverse: Float64Array, size: number, units: Float64Array | null, factor = 1): void {
  inverse.fill(0)
  for (let i = 0; i < size; i++) inverse[i * size + i] = units === null ? factor : factor * units[i]! * units[i]!
}

/**
 * The BFGS update of the inverse Hessian, scaled at the first step (Nocedal & Wright 2006, eq. 6.17 and 6.20); skipped
 * without curvature. Leaves the change of the gradient in `fromGradient`.
 */
function updateInverse(
  inverse: Float64Array,
  size: number,
  from: Float64Array,
  to: Float64Array,
  fromGradient: Float64Array,
  toGradient: Float64Array,
  change: Float64Array,
  product: Float64Array,
  first: boolean,
  units: Float64Array | null,
): void {
  const bends = fromGradient
  let curvature = 0
  let bend = 0
  for (let i = 0; i < size; i++) {
    const s = to[i]! - from[i]!
    const y = toGradient[i]! - fromGradient[i]!
    change[i] = s
    bends[i] = y
    curvature += s * y
    const b = units === null ? y : y * units[i]!
    bend += b * b
  }
  if (!(curvature > 1e-12 * Math.sqrt(bend))) return
  if (first) setDiagonal(inverse, size, units, curvature / bend)
  let quadratic = 0
  for (let i = 0, at = 0; i < size; i++) {
    let sum = 0
    for (let j = 0; j < size; j++) sum += inverse[at++]! * bends[j]!
    product[i] = sum
    quadratic += sum * bends[i]!
  }
  const factor = 1 + quadratic / curvature
  for (let i = 0, at = 0; i < size; i++) {
    const ofProduct = -change[i]! / curvature
    const ofChange = -factor * ofProduct - product[i]! / curvature
    for (let j = 0; j < size; j++) inverse[at++]! += ofChange * change[j]! + ofProduct * product[j]!
  }
}
