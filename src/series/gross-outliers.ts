import { median, quantileSorted } from '../math/quantile.ts'

/** Widths between the 10 % and 90 % quantiles beyond which nothing that sells has ever been. */
const WIDTHS = 20
/** And as many medians: a series that hardly moves has a width of nothing. */
const MEDIANS = 3
/** Beyond this many widths a value one or more seasons away is a companion. */
const COMPANION = 5
const LEAST_OBSERVATIONS = 20
const LARGEST_SHARE = 0.05
/** With more zeros than this, demand is sparse: single large orders are its nature. */
const MOST_ZEROS = 0.2

/**
 * Positions of values that can only be errors of the record (a slipped decimal comma, a code in place of a number):
 * beyond 20 widths and 3 medians from the median, alone among their neighbours, not recurring with the season, and at
 * most 5 % of the values. `recurs`: whether a companion `once`, one season away, is enough, or `mostly`, in more than
 * half of the other seasons. A width from the 10 % and 90 % quantiles is moved neither by such values nor by a
 * season's ordinary peaks.
 */
export function grossOutliers(
  values: Float64Array,
  seasonLength: number,
  recurs: 'once' | 'mostly' = 'once',
): number[] {
  if (plainlyEven(values)) return []
  const observed = values.filter((value) => !Number.isNaN(value)).sort()
  if (observed.length < LEAST_OBSERVATIONS) return []
  if (observed.filter((value) => value === 0).length > MOST_ZEROS * observed.length) return []
  const centre = median(observed)
  const width = quantileSorted(observed, 0.9) - quantileSorted(observed, 0.1)
  if (!(width > 0) || centre === 0) return []
  const limit = Math.max(WIDTHS * width, MEDIANS * Math.abs(centre))
  const distance = (t: number): number => Math.abs((values[t] ?? Number.NaN) - centre)
  const found: number[] = []
  for (let t = 0; t < values.length; t++) if (distance(t) > limit) found.push(t)
  if (found.length > LARGEST_SHARE * observed.length) return []
  const far = (t: number): boolean => distance(t) > COMPANION * width
  const hasCompanion = (t: number): boolean => far(t - 1) || far(t) || far(t + 1)
  const isPeak = (t: number): boolean => {
    if (seasonLength < 2) return false
    if (recurs === 'once') return hasCompanion(t - seasonLength) || hasCompanion(t + seasonLength)
    const others: number[] = []
    for (let at = t % seasonLength; at < values.length; at += seasonLength) if (at !== t) others.push(at)
    return 2 * others.filter(hasCompanion).length > others.length
  }
  return found.filter((t) => !far(t - 1) && !far(t + 1) && !isPeak(t))
}

/**
 * True where no value can be beyond the limits, told without sorting: with none below zero, an outlier M is more than
 * 4 medians and 20 widths, so that nine tenths of the values lie below M / 4 + M / 20 and the mean below 0.37 M.
 */
function plainlyEven(values: Float64Array): boolean {
  let sum = 0
  let count = 0
  let largest = 0
  for (const value of values) {
    if (value < 0) return false
    if (Number.isNaN(value)) continue
    sum += value
    count++
    if (value > largest) largest = value
  }
  return 0.37 * largest * count <= sum
}
