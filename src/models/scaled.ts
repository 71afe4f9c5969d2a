export interface Scaled {
  /** The values over `scale`. */
  readonly y: Float64Array
  /** Mean absolute value; 1 where all are 0. */
  readonly scale: number
  readonly observed: number
  /** Every observation is above 0. */
  readonly positive: boolean
}

/** Divides by the mean absolute value, in two steps so that neither 1e300 nor 1e−300 overflows. */
export function scaled(values: Float64Array): Scaled {
  let largest = 0
  let observed = 0
  let positive = true
  for (const value of values) {
    if (Number.isNaN(value)) continue
    observed++
    largest = Math.max(largest, Math.abs(value))
    if (!(value > 0)) positive = false
  }
  const y = values.slice()
  if (largest === 0) return { y, scale: 1, observed, positive: false }
  let sum = 0
  for (const value of values) if (!Number.isNaN(value)) sum += Math.abs(value) / largest
  const scale = largest * (sum / observed)
  for (let i = 0; i < y.length; i++) y[i]! /= scale
  return { y, scale, observed, positive }
}
