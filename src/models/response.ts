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
    for (let h = 0; h < horizon; h++)
      covariances(deviations, count, h, Math.min(h + 1, columns), covariance, h * columns)
  return responseTo(covariance, horizon)
}

/** Mean products of row `h` with rows 0 to `rows` − 1, written from `at` on; four at once, as one sum alone waits for its addition before. */
function covariances(
  deviations: Float64Array,
  count: number,
  h: number,
  rows: number,
  covariance: Float64Array,
  at: number,
): void {
  const own = h * count
  let k = 0
  for (; k + 4 <= rows; k += 4) {
    const row = k * count
    let first = 0
    let second = 0
    let third = 0
    let fourth = 0
    for (let i = 0; i < count; i++) {
      const deviation = deviations[own + i]!
      first += deviation * deviations[row + i]!
      second += deviation * deviations[row + count + i]!
      third += deviation * deviations[row + 2 * count + i]!
      fourth += deviation * deviations[row + 3 * count + i]!
    }
    covariance[at + k] = first / count
    covariance[at + k + 1] = second / count
    covariance[at + k + 2] = third / count
    covariance[at + k + 3] = fourth / count
  }
  for (; k < rows; k++) {
    let sum = 0
    for (let i = 0; i < count; i++) sum += deviations[own + i]! * deviations[k * count + i]!
    covariance[at + k] = sum / count
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

/** Deviations from the step's mean, one row a step, over the largest of all so that no square overflows; null if none. */
function standardized(values: Float64Array, count: number, horizon: number): Float64Array | null {
  const deviations = new Float64Array(count * horizon)
  let largest = 0
  for (let h = 0; h < horizon; h++) {
    let centre = 0
    for (let i = 0; i < count; i++) centre += values[i * horizon + h]! / count
    for (let i = 0; i < count; i++) {
      const deviation = values[i * horizon + h]! - centre
      deviations[h * count + i] = deviation
      largest = Math.max(largest, Math.abs(deviation))
    }
  }
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return null
  for (let i = 0; i < deviations.length; i++) deviations[i]! /= largest
  return deviations
}
