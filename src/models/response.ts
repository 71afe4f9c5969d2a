import { stepByStep } from './samples.ts'

/** Surprises followed: more of them add little precision, and long horizons stay cheap. */
const COLUMNS = 24
/** A surprise smaller than this share of its step's standard deviation is rounding. */
const NO_SURPRISE = 1e-6

/** The response vector that best gives back the dependence seen in simulated futures; O(horizon × count). */
export function dependence(values: Float64Array, count: number, horizon: number): Float64Array {
  const columns = followed(horizon)
  const covariance = new Float64Array(horizon * columns)
  const deviations = standardized(values, count, horizon)
  if (deviations !== null)
    for (let h = 0; h < horizon; h += 2)
      for (let k = 0; k <= Math.min(h + 1, columns - 1); k += 4)
        meanProducts(deviations, count, horizon, h, k, covariance, columns)
  return responseTo(covariance, horizon)
}

/** Room for one call of `meanProducts`. */
const sums = new Float64Array(8)

/**
 * Mean products of rows `h` and `h` + 1 with the four rows from `k` on, all at once: each row is read less often, and a sum
 * alone would wait for its addition before. Rows that are not there are those of the last one, and are not kept.
 */
function meanProducts(
  rows: Float64Array,
  count: number,
  horizon: number,
  h: number,
  k: number,
  means: Float64Array,
  columns: number,
): void {
  const end = (horizon - 1) * count
  const x = h * count
  const y = Math.min(x + count, end)
  const a = k * count
  const b = Math.min(a + count, end)
  const c = Math.min(b + count, end)
  const d = Math.min(c + count, end)
  let xa = 0
  let xb = 0
  let xc = 0
  let xd = 0
  let ya = 0
  let yb = 0
  let yc = 0
  let yd = 0
  for (let i = 0; i < count; i++) {
    const first = rows[x + i]!
    const second = rows[y + i]!
    const atA = rows[a + i]!
    const atB = rows[b + i]!
    const atC = rows[c + i]!
    const atD = rows[d + i]!
    xa += first * atA
    xb += first * atB
    xc += first * atC
    xd += first * atD
    ya += second * atA
    yb += second * atB
    yc += second * atC
    yd += second * atD
  }
  sums[0] = xa
  sums[1] = xb
  sums[2] = xc
  sums[3] = xd
  sums[4] = ya
  sums[5] = yb
  sums[6] = yc
  sums[7] = yd
  const at = h * columns + k
  for (let j = 0; j < 4 && k + j < columns; j++) {
    means[at + j] = sums[j]! / count
    if (y > x) means[at + columns + j] = sums[4 + j]! / count
  }
}

/** Steps whose covariances with all later ones `responseTo` looks at. */
export const followed = (horizon: number): number => Math.min(horizon, COLUMNS)

/**
 * The response vector nearest to a covariance of the steps, `covariance[h × followed + k]` for k ≤ h. Its Cholesky factor
 * holds the effect of each step's surprise on the steps after it; `response[j]` is the average effect j steps on, over the
 * surprises of the first steps (least squares of the effects on the sizes of the surprises). Following the first surprise
 * alone would be several times noisier, and its noise adds up in totals. Without any variance: 1, 0, 0 ….
 */
export function responseTo(covariance: Float64Array, horizon: number): Float64Array {
  const response = new Float64Array(horizon)
  if (horizon === 0) return response
  response[0] = 1
  const columns = followed(horizon)
  const factor = new Float64Array(horizon * columns)
  for (let h = 0; h < horizon; h++) {
    const row = h * columns
    for (let k = 0; k <= Math.min(h, columns - 1); k++) {
      const own = covariance[row + k]!
      let rest = own
      for (let j = 0; j < k; j++) rest -= factor[row + j]! * factor[k * columns + j]!
      if (h === k) {
        const surprise = Math.sqrt(Math.max(0, rest))
        factor[row + k] = surprise > NO_SURPRISE * Math.sqrt(own) ? surprise : 0
      } else {
        const surprise = factor[k * columns + k]!
        factor[row + k] = surprise > 0 ? rest / surprise : 0
      }
    }
  }
  for (let j = 1; j < horizon; j++) {
    let cross = 0
    let squares = 0
    for (let k = 0; k < Math.min(columns, horizon - j); k++) {
      const surprise = factor[k * columns + k]!
      cross += factor[(k + j) * columns + k]! * surprise
      squares += surprise * surprise
    }
    response[j] = squares > 0 ? cross / squares : 0
  }
  return response
}

/** Room for the deviations of one call, made once for as many futures as members usually have. */
const usual = new Float64Array(1 << 15)

/** Deviations from the step's mean, one row a step, over the largest of all so that no square overflows; null if none. */
function standardized(values: Float64Array, count: number, horizon: number): Float64Array | null {
  const size = count * horizon
  const deviations = stepByStep(values, count, horizon, size > usual.length ? new Float64Array(size) : usual)
  let largest = 0
  for (let from = 0; from < size; from += count) {
    let centre = 0
    for (let i = from; i < from + count; i++) centre += deviations[i]! / count
    if (!Number.isFinite(centre)) return null
    for (let i = from; i < from + count; i++) {
      const deviation = deviations[i]! - centre
      deviations[i] = deviation
      const distance = Math.abs(deviation)
      if (distance > largest) largest = distance
    }
  }
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return null
  for (let i = 0; i < size; i++) deviations[i]! /= largest
  return deviations
}
