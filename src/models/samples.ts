import { sortNumbers } from '../math/sort.ts'

/** Sorting simulated values is dear, and several ask. */
const SORTED = new WeakMap<Float64Array, Float64Array>()

/** Simulated futures (`values[path * horizon + step]`) step by step in order: `sorted[step * count + rank]`. */
export function sortedSteps(values: Float64Array, count: number, horizon: number): Float64Array {
  const known = SORTED.get(values)
  if (known !== undefined) return known
  const sorted = new Float64Array(count * horizon)
  for (let h = 0; h < horizon; h++) {
    const row = h * count
    for (let i = 0; i < count; i++) sorted[row + i] = values[i * horizon + h]!
    sortNumbers(sorted, row, row + count)
  }
  SORTED.set(values, sorted)
  return sorted
}
