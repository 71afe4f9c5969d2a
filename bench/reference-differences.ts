import { chooseDifferences } from '../src/series/unit-root/choose-differences.ts'
import { firstDifferences } from '../src/series/unit-root/first-differences.ts'
import { seasonalDifferences } from '../src/series/unit-root/seasonal-differences.ts'

/** What R says of one series: `ndiffs`, `nsdiffs` (null without a season) and the (d, D) of `auto.arima`. */
export interface DifferencesCase {
  readonly season: number
  readonly values: readonly (number | null)[]
  readonly ndiffs: number
  readonly nsdiffs: number | null
  readonly d: number
  readonly D: number
}

/** Our answers that are not R's, in words; empty where all agree. */
export function compareDifferences(item: DifferencesCase): string[] {
  const values = Float64Array.from(item.values, (value) => value ?? Number.NaN)
  const ours = chooseDifferences(values, item.season)
  const pairs: [what: string, ours: number, theirs: number | null][] = [
    ['ndiffs', firstDifferences(values).d, item.ndiffs],
    ['nsdiffs', seasonalDifferences(values, item.season).D, item.nsdiffs],
    ['d', ours.d, item.d],
    ['D', ours.D, item.D],
  ]
  return pairs.flatMap(([what, one, other]) => (other === null || one === other ? [] : [`${what} ${one}, R ${other}`]))
}
