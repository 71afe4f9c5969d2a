import { sortNumbers } from '../math/sort.ts'

/** Sorting simulated values is dear, and several ask. */
const SORTED = new WeakMap<Float64Array, Float64Array>()

/** Simulated futures (`values[path * horizon + step]`) step by step in order: `sorted[step * count + rank]`. */
export function sortedSteps(values: Float64Array, count: number, horizon: number): Float64Array {
  const known = SORTED.get(values)
  if (known !== undefined) return known
  const sorted = stepByStep(values, count, horizon)
  for (let h = 0; h < horizon; h++) sortNumbers(sorted, h * count, (h + 1) * count)
  SORTED.set(values, sorted)
  return sorted
}

/** Simulated futures with the values of a step side by side, `[step * count + path]`: written to `rows` where it is given. */
export function stepByStep(
  values: Float64Array,
  count: number,
  horizon: number,
  rows = new Float64Array(count * horizon),
): Float64Array {
  for (let i = 0, at = 0; i < count; i++)
    for (let h = 0, row = i; h < horizon; h++, row += count) rows[row] = values[at++]!
  return rows
}
