import { sortNumbers } from './sort.ts'

/**
 * Quantile of sorted values without NaN, the first `n` of them (default all): definition 7 of Hyndman & Fan (1996), the
 * default of R. NaN for no values.
 */
export function quantileSorted(sorted: ArrayLike<number>, p: number, n = sorted.length): number {
  if (n === 0 || !(p >= 0 && p <= 1)) return Number.NaN
  const { below, share } = placeOf(p, n)
  const low = sorted[below]!
  if (share === 0) return low
  return low + share * (sorted[below + 1]! - low)
}

/** The same for many samples of `n` values: the quantile lies so much of the way from the value at `below` to the next. */
export function placeOf(p: number, n: number): { readonly below: number; readonly share: number } {
  const position = (n - 1) * p
  const below = Math.floor(position)
  return { below, share: position - below }
}

/**
 * Quantile of values that are equally likely slices of a distribution, ascending: each stands at the middle of its share
 * (definition 5 of Hyndman & Fan). The outermost ones beyond theirs.
 */
export function quantileOfSlices(sorted: ArrayLike<number>, p: number): number {
  const last = sorted.length - 1
  const position = Math.min(last, Math.max(0, p * sorted.length - 0.5))
  const below = Math.floor(position)
  const low = sorted[below]!
  return low + (position - below) * (sorted[Math.min(last, below + 1)]! - low)
}

/** Quantile of the values that are there (NaN left out), in any order; see `quantileSorted`. */
export function quantile(values: Float64Array, p: number): number {
  return quantileInPlace(values.slice(), p)
}

/** Quantile 0.5 of the values that are there. */
export function median(values: Float64Array): number {
  return quantileInPlace(values.slice(), 0.5)
}

/** The same of values that nobody needs any more: they are left in order. */
export function medianInPlace(values: Float64Array): number {
  return quantileInPlace(values, 0.5)
}

function quantileInPlace(values: Float64Array, p: number): number {
  sortNumbers(values)
  // NaN is sorted last
  let count = values.length
  while (count > 0 && Number.isNaN(values[count - 1]!)) count--
  return quantileSorted(values, p, count)
}
