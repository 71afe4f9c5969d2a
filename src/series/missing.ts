/** How many values are missing (NaN). */
export function countMissing(values: ArrayLike<number>): number {
  let count = 0
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) count++
  return count
}

/** Indices of the first and last observed value; null where there is none. */
export function observedRange(values: ArrayLike<number>): { readonly first: number; readonly last: number } | null {
  let first = 0
  while (first < values.length && Number.isNaN(values[first])) first++
  if (first === values.length) return null
  let last = values.length - 1
  while (Number.isNaN(values[last])) last--
  return { first, last }
}

/**
 * A complete copy, for models that cannot carry missing values: linear between neighbours, the nearest value at the
 * ends. With a season (and two full ones present) the line is drawn through the seasonally adjusted series and the
 * season put back, so that a missing December is not filled by November and January. All missing stays all missing.
 * Source: the idea of `forecast::na.interp` (Hyndman), with the season of phase medians instead of STL.
 */
export function interpolate(values: ArrayLike<number>, seasonLength = 1): Float64Array {
  const result = values instanceof Float64Array ? values.slice() : Float64Array.from(values)
  if (isComplete(result)) return result
  linear(result)
  if (seasonLength < 2 || result.length < 2 * seasonLength || Number.isNaN(result[0])) return result
  const figure = seasonalFigure(values, result, seasonLength)
  const adjusted = Float64Array.from(values, (value, i) => value - figure[i % seasonLength])
  linear(adjusted)
  for (let i = 0; i < result.length; i++)
    if (Number.isNaN(values[i])) result[i] = adjusted[i] + figure[i % seasonLength]
  return result
}

function isComplete(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return false
  return true
}

function linear(values: Float64Array): void {
  const range = observedRange(values)
  if (range === null) return
  values.fill(values[range.first], 0, range.first)
  values.fill(values[range.last], range.last + 1)
  let left = range.first
  for (let i = range.first + 1; i <= range.last; i++) {
    if (Number.isNaN(values[i])) continue
    for (let k = left + 1; k < i; k++) values[k] = values[left] + ((values[i] - values[left]) * (k - left)) / (i - left)
    left = i
  }
}

/** Median deviation from the centred yearly mean per phase, of the values really observed; 0 where a phase has none. */
function seasonalFigure(values: ArrayLike<number>, complete: Float64Array, seasonLength: number): Float64Array {
  const half = seasonLength >> 1
  const even = seasonLength % 2 === 0
  const phases: number[][] = Array.from({ length: seasonLength }, () => [])
  let sum = 0
  for (let i = 0; i < 2 * half + 1; i++) sum += complete[i]
  for (let i = half; i + half < complete.length; i++) {
    if (i > half) sum += complete[i + half] - complete[i - half - 1]
    const ends = even ? (complete[i - half] + complete[i + half]) / 2 : 0
    if (!Number.isNaN(values[i])) phases[i % seasonLength].push(values[i] - (sum - ends) / seasonLength)
  }
  const figure = Float64Array.from(phases, median)
  const mean = figure.reduce((a, b) => a + b, 0) / seasonLength
  return figure.map((value) => value - mean)
}

function median(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
