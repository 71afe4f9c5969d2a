/** x_t − x_{t−lag}, `lag` values shorter; NaN where either is missing. */
export function difference(values: ArrayLike<number>, lag = 1): Float64Array {
  const result = new Float64Array(Math.max(0, values.length - lag))
  for (let i = 0; i < result.length; i++) result[i] = values[i + lag] - values[i]
  return result
}

/** Relative differences that R's `all.equal` overlooks. */
const EQUAL = 1.5e-8
/** Rounding left by differencing, as a share of the values that were differenced. */
const ROUNDING = 1e-14

/** Whether the observed values are all the same, up to rounding; `size` is the largest value before differencing. */
export function isConstant(values: ArrayLike<number>, size = 0): boolean {
  let first = Number.NaN
  let furthest = 0
  let largest = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (Number.isNaN(value)) continue
    if (Number.isNaN(first)) first = value
    furthest = Math.max(furthest, Math.abs(value - first))
    largest = Math.max(largest, Math.abs(value))
  }
  return furthest <= Math.max(EQUAL * largest, ROUNDING * size)
}
