/** What an order must respect. */
export interface LotRules {
  /** Least quantity of an order; 0 for none. */
  readonly minimumOrder?: number
  /** Orders come in whole multiples of this: a box, a pallet; 0 for any quantity. */
  readonly orderMultiple?: number
}

/** A multiple as it comes out of a division. */
const ROUNDING = 1e-9

/**
 * Quantity to order so that the position (on hand and on order) reaches the reorder point again: nothing where it does, else
 * what is missing, at least the minimum, rounded up to whole multiples.
 */
export function orderQuantity(
  position: number,
  reorderPoint: number,
  { minimumOrder = 0, orderMultiple = 0 }: LotRules = {},
): number {
  const missing = reorderPoint - position
  if (!(missing > 0)) return 0
  const least = Math.max(missing, minimumOrder)
  return orderMultiple > 0 ? Math.ceil(least / orderMultiple - ROUNDING) * orderMultiple : least
}
