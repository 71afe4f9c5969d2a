import { type AutocovarianceScratch, stationary } from './autocovariance.ts'
import type { Order } from './order.ts'
import type { Workspace } from './workspace.ts'

/** Does every root of the polynomial with these terms lie outside the circle of this radius? */
function outside(
  point: Float64Array,
  at: number,
  terms: number,
  sign: number,
  radius: number,
  scratch: AutocovarianceScratch,
): boolean {
  const coefficients = scratch.products
  for (let i = 0; i < terms; i++) coefficients[i] = sign * point[at + i]!
  return stationary(coefficients, terms, scratch, radius)
}

/** Are the roots of all four factors outside the circle of this radius (1: stationary and invertible)? */
export function rootsOutside(
  point: Float64Array,
  order: Order,
  radius: number,
  { autocovariance }: Workspace,
): boolean {
  const { p, q, P, Q } = order
  return (
    outside(point, 0, p, 1, radius, autocovariance) &&
    outside(point, p + q, P, 1, radius, autocovariance) &&
    outside(point, p, q, -1, radius, autocovariance) &&
    outside(point, p + q + P, Q, -1, radius, autocovariance)
  )
}

const SHRINKING = 0.97
const INSIDE = 1.0001

/** Draws each factor's roots outwards until it is stationary, and invertible: a conditional estimate may be neither. */
export function makeAdmissible(point: Float64Array, order: Order, { autocovariance }: Workspace): void {
  const { p, q, P, Q } = order
  const factors = [
    [0, p, 1],
    [p, q, -1],
    [p + q, P, 1],
    [p + q + P, Q, -1],
  ] as const
  for (const [at, terms, sign] of factors)
    for (let round = 0; round < 200 && !outside(point, at, terms, sign, INSIDE, autocovariance); round++) {
      let power = 1
      for (let i = 0; i < terms; i++) {
        power *= SHRINKING
        point[at + i]! *= power
      }
    }
}
