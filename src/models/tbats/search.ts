import { solveLower } from '../../math/cholesky.ts'
import { type BfgsResult, bfgs, bfgsScratch } from '../../math/optimize/bfgs.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { solveUpper } from './curvature.ts'

const TOLERANCE = 1e-6
/** Where data and priors pull apart a search could go on for hundreds of steps: what they gain foretells nothing. */
const ITERATIONS = 30

/**
 * BFGS in coordinates in which the curvature at the start, whose Cholesky factor is given, is one in all directions: it has
 * little left to learn. `point` is the start and holds the best point on return.
 */
export function search(
  objective: (point: Float64Array, gradient: Float64Array) => number,
  point: Float64Array,
  factor: Float64Array,
  budget: Budget,
): BfgsResult {
  const size = point.length
  const from = point.slice()
  const moved = new Float64Array(size)
  const place = (at: Float64Array): void => {
    point.set(at)
    solveUpper(factor, size, point)
    for (let i = 0; i < size; i++) point[i]! += from[i]!
  }
  const whitened = (at: Float64Array, gradient: Float64Array): number => {
    place(at)
    const value = objective(point, gradient)
    if (value < Number.POSITIVE_INFINITY) solveLower(factor, size, gradient)
    return value
  }
  const result = bfgs(whitened, moved, bfgsScratch(size), budget, TOLERANCE, ITERATIONS)
  place(moved)
  return result
}
