/** A history from its first demand on, as sparse demand is told: sizes, and periods between them. */
export interface Demand {
  /** From the first value that is not 0; NaN missing. Empty where there is none. */
  readonly values: Float64Array
  /** Values that are not 0. */
  readonly demands: number
  readonly observed: number
  /** Whole numbers from 0 to 1,000: beyond that a count is as good as a measure, and a table of its probabilities long. */
  readonly counts: boolean
  /** Largest absolute value. */
  readonly largest: number
}

const LARGEST_COUNT = 1_000

export function demandOf(values: Float64Array): Demand {
  const first = values.findIndex((value) => !Number.isNaN(value) && value !== 0)
  const from = first < 0 ? values.slice(0, 0) : values.slice(first)
  let demands = 0
  let observed = 0
  let counts = true
  let largest = 0
  for (const value of from) {
    if (Number.isNaN(value)) continue
    observed++
    if (value !== 0) demands++
    if (value < 0 || value > LARGEST_COUNT || !Number.isInteger(value)) counts = false
    largest = Math.max(largest, Math.abs(value))
  }
  return { values: from, demands, observed, counts, largest }
}

/** Average periods between demands, 1 or more: those after the first demand, which every history here begins with. */
export const intervalOf = ({ observed, demands }: Demand): number =>
  demands === 0 ? 1 : demands === 1 ? observed : (observed - 1) / (demands - 1)

/** Average size of a demand; 0 where there is none. */
export function sizeOf({ values, demands }: Demand): number {
  let mean = 0
  for (const value of values) if (!Number.isNaN(value)) mean += value / demands
  return demands === 0 ? 0 : mean
}
