import type { Order } from './order.ts'

/** A reflection coefficient is kept this far inside the unit interval. */
const EDGE = 1 - 1e-9

/**
 * Search coordinates: each factor by the inverse hyperbolic tangents of its partial autocorrelations (Barndorff-Nielsen &
 * Schou 1973; Monahan 1984), so that the whole line is stationary and invertible and a near unit root is no wall. The
 * mirror image of an invertible moving average has the same likelihood and is not searched.
 */
export function encode(point: Float64Array, order: Order, into: Float64Array): void {
  const { p, q, P, Q } = order
  into.set(point.subarray(0, p + q + P + Q))
  toPartial(into, 0, p, 1)
  toPartial(into, p, q, -1)
  toPartial(into, p + q, P, 1)
  toPartial(into, p + q + P, Q, -1)
}

export function decode(coordinates: Float64Array, order: Order, into: Float64Array): void {
  const { p, q, P, Q } = order
  for (let i = 0; i < p + q + P + Q; i++) into[i] = coordinates[i]!
  fromPartial(into, 0, p, 1)
  fromPartial(into, p, q, -1)
  fromPartial(into, p + q, P, 1)
  fromPartial(into, p + q + P, Q, -1)
}

const MOST_TERMS = 32
const before = new Float64Array(MOST_TERMS)

function toPartial(values: Float64Array, at: number, terms: number, sign: number): void {
  for (let i = 0; i < terms; i++) values[at + i]! *= sign
  for (let k = terms - 1; k >= 0; k--) {
    const reflection = values[at + k]!
    const rest = 1 - reflection * reflection
    for (let i = 0; i < k; i++) before[i] = (values[at + i]! + reflection * values[at + k - 1 - i]!) / rest
    for (let i = 0; i < k; i++) values[at + i] = before[i]!
  }
  for (let i = 0; i < terms; i++) values[at + i] = Math.atanh(Math.max(-EDGE, Math.min(EDGE, values[at + i]!)))
}

function fromPartial(values: Float64Array, at: number, terms: number, sign: number): void {
  for (let k = 0; k < terms; k++) {
    const reflection = EDGE * Math.tanh(values[at + k]!)
    for (let i = 0; i < k; i++) before[i] = values[at + i]! - reflection * values[at + k - 1 - i]!
    for (let i = 0; i < k; i++) values[at + i] = before[i]!
    values[at + k] = reflection
  }
  for (let i = 0; i < terms; i++) values[at + i]! *= sign
}
