import { seasonalNaiveMae } from '../evaluate/metrics.ts'

/** Fewest periods that are compared with the whole history, and seasons where those are more. */
const LEAST = 24
const LEAST_SEASONS = 3
/** So many times smaller than in the whole history changes must be. */
const CALMER = 5
/** Up to so many times larger than lately changes are still of the same kind. */
const ALIKE = 3
/** Periods that join together, or a season. */
const BLOCK = 6

/**
 * Where a history became another one: the first period from which on changes over a season are as small as lately, where these
 * are five times smaller than in the whole, as those of an item that sells a hundredth of what it sold. 0 where it did not.
 * All that is before would only make the bands of the forecast as wide as it was itself.
 */
export function calmSince(values: Float64Array, seasonLength: number): number {
  const n = values.length
  const lately = Math.max(LEAST, LEAST_SEASONS * seasonLength)
  if (n < 2 * lately) return 0
  /** Mean absolute change over a season into the periods from `from` to before `to`; NaN without any. */
  const meanChange = (from: number, to: number): number =>
    seasonalNaiveMae(values.subarray(Math.max(0, from - seasonLength), to), seasonLength)
  const recent = meanChange(n - lately, n)
  if (!(recent > 0 && CALMER * recent < meanChange(0, n))) return 0
  const block = Math.max(BLOCK, seasonLength)
  // whole blocks from the beginning, so that the place stays as values come; a block without a value is like its neighbours
  let from = Math.ceil((n - lately) / block) * block
  while (from >= block && !(meanChange(from - block, from) > ALIKE * recent)) from -= block
  return from
}
