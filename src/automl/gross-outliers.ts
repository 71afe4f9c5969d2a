import { median, quantileSorted } from '../math/quantile.ts'

/** Widths between the 10 % and 90 % quantiles beyond which nothing that sells has ever been. */
const WIDTHS = 20
/** And as many medians: a series that hardly moves has a width of nothing. */
const MEDIANS = 3
/** Beyond this many widths a value a season away is a companion: the peak recurs. */
const COMPANION = 5
const LEAST_OBSERVATIONS = 20
const LARGEST_SHARE = 0.05
/** With more zeros than this, demand is sparse: single large orders are its nature. */
const MOST_ZEROS = 0.2

/**
 * Positions of values that can only be errors of the record (a slipped decimal comma, a code in place of a number):
 * beyond 20 widths and 3 medians from the median, alone among their neighbours, without a companion one season away,
 * and at most 5 % of the values. A width from the 10 % and 90 % quantiles is moved neither by such values nor by a
 * season's ordinary peaks.
 */
export function grossOutliers(values: Float64Array, seasonLength: number): number[] {
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
  return found.filter((t) => {
    const around = [t - 1, t + 1]
    const season = seasonLength > 1 ? [-1, 0, 1].flatMap((d) => [t - seasonLength + d, t + seasonLength + d]) : []
    return ![...around, ...season].some((other) => distance(other) > COMPANION * width)
  })
}
