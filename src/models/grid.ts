import { normalCdf, normalDensity, normalQuantile } from '../math/distribution/normal.ts'
import type { Random } from '../math/random.ts'

/**
 * The distribution that a quantile grid stands for, wherever its tails count (totals): linear in the normal score
 * z = Φ⁻¹(p) between the grid's probabilities and along the last segment beyond them. The grid of a normal distribution
 * gives that distribution back, however narrow it is.
 */
export function scoresOf(probabilities: Float64Array): Float64Array {
  const known = SCORES.get(probabilities) ?? probabilities.map((p) => normalQuantile(p))
  SCORES.set(probabilities, known)
  return known
}

/** Most grids of a run have the same probabilities. */
const SCORES = new WeakMap<Float64Array, Float64Array>()
const MOMENTS = new WeakMap<Float64Array, readonly (readonly [number, number, number])[]>()

/** Standard deviation at each step, in closed form by segment. */
export function gridSd(probabilities: Float64Array, values: Float64Array, horizon: number): Float64Array {
  const scores = scoresOf(probabilities)
  const width = scores.length
  const moments = momentsOf(scores)
  const result = new Float64Array(horizon)
  for (let h = 0; h < horizon && width > 1; h++) {
    const centre = values[h * width + (width >> 1)]!
    const scale = Math.max(Math.abs(values[h * width]! - centre), Math.abs(values[h * width + width - 1]! - centre))
    if (!(scale > 0)) continue
    let mean = 0
    let square = 0
    for (let k = 0; k < width - 1; k++) {
      const z0 = scores[k]!
      const low = (values[h * width + k]! - centre) / scale
      const slope = ((values[h * width + k + 1]! - centre) / scale - low) / (scores[k + 1]! - z0)
      const offset = low - slope * z0
      const m = moments[k]!
      mean += offset * m[0] + slope * m[1]
      square += offset * offset * m[0] + 2 * offset * slope * m[1] + slope * slope * m[2]
    }
    result[h] = scale * Math.sqrt(Math.max(0, square - mean * mean))
  }
  return result
}

/** By segment; the first and the last one go on for ever. */
function momentsOf(scores: Float64Array): readonly (readonly [number, number, number])[] {
  const width = scores.length
  const known =
    MOMENTS.get(scores) ??
    Array.from({ length: Math.max(0, width - 1) }, (_, k) =>
      partialMoments(
        k === 0 ? Number.NEGATIVE_INFINITY : scores[k]!,
        k === width - 2 ? Number.POSITIVE_INFINITY : scores[k + 1]!,
      ),
    )
  MOMENTS.set(scores, known)
  return known
}

/** ∫ z^k φ(z) dz from a to b for k = 0, 1, 2. */
function partialMoments(a: number, b: number): [number, number, number] {
  const edge = (z: number): number => (Number.isFinite(z) ? z * normalDensity(z) : 0)
  const mass = normalCdf(b) - normalCdf(a)
  return [mass, normalDensity(a) - normalDensity(b), mass + edge(a) - edge(b)]
}

/** Draws of a total, in antithetic pairs. */
const DRAWS = 2000

/** Sums over steps `from` to `to` (from 1, both included) with Gaussian dependence: the score of step h is Σ response[j] ε[h − j], over its size. */
export function drawTotals(
  probabilities: Float64Array,
  values: Float64Array,
  response: Float64Array,
  from: number,
  to: number,
  random: Random,
): Float64Array {
  const scores = scoresOf(probabilities)
  const errors = new Float64Array(to)
  const totals = new Float64Array(DRAWS)
  const sizes = new Float64Array(to)
  let squares = 0
  for (let h = 0; h < to; h++) {
    squares += response[h]! * response[h]!
    sizes[h] = Math.sqrt(squares)
  }
  for (let i = 0; i < DRAWS; i += 2) {
    for (let h = 0; h < to; h++) errors[h] = random.normal()
    for (let h = from - 1; h < to; h++) {
      let z = 0
      for (let j = 0; j <= h; j++) z += response[j]! * errors[h - j]!
      z /= sizes[h]!
      totals[i]! += valueAt(scores, values, h, z)
      totals[i + 1]! += valueAt(scores, values, h, -z)
    }
  }
  return totals
}

function valueAt(scores: Float64Array, values: Float64Array, step: number, z: number): number {
  const width = scores.length
  const at = step * width
  if (width < 2) return values[at]!
  // from the middle, near which most are
  let k = width >> 1
  while (k > 1 && scores[k - 1]! >= z) k--
  while (k < width - 1 && scores[k]! < z) k++
  const low = values[at + k - 1]!
  return low + ((z - scores[k - 1]!) / (scores[k]! - scores[k - 1]!)) * (values[at + k]! - low)
}
