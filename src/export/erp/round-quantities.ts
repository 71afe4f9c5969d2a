/** Decimal noise below this share of a unit is no remainder: 0.3 of tenths is 3, not 2.9999999999999996. */
const NOISE = 1e-9

/**
 * Rounds to `decimals` places such that the result adds up to the rounded total (largest remainder, Hamilton 1792): every
 * number is rounded down, and what is missing goes to those with the largest remainders, the earlier first among equals.
 */
export function roundPreservingTotal(values: ArrayLike<number>, decimals: number): number[] {
  const scale = 10 ** decimals
  const scaled = Array.from(values, (value) => value * scale)
  const floors = scaled.map((value) => Math.floor(value + NOISE))
  const total = Math.round(scaled.reduce((sum, value) => sum + value, 0))
  let missing = total - floors.reduce((sum, value) => sum + value, 0)
  const order = scaled
    .map((value, i) => ({ i, remainder: value - floors[i]! }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i)
  for (const { i } of order) {
    if (missing <= 0) break
    floors[i]!++
    missing--
  }
  return floors.map((value) => value / scale)
}

export const roundEach = (values: ArrayLike<number>, decimals: number): number[] => {
  const scale = 10 ** decimals
  return Array.from(values, (value) => Math.round(value * scale) / scale)
}
