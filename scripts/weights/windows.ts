import { readSet, seasonsOf } from '../../bench/data.ts'

/** A training part cut short: the end of what was left is the future to be foreseen. */
export interface Window {
  readonly set: string
  readonly id: string
  readonly seasonLength: number
  readonly furtherSeasons: readonly number[]
  readonly past: Float64Array
  readonly future: Float64Array
}

/** Which sets, every how many series, and how many cuts of each (the second with a third of the horizon, the third a horizon earlier). */
const SOURCES: readonly (readonly [set: string, every: number, cuts: number])[] = [
  ['m4/yearly', 1, 2],
  ['m4/quarterly', 1, 2],
  ['m4/monthly_pseudo', 1, 1],
  ['m4/monthly_sample', 1, 3],
  ['m4/weekly', 1, 1],
  ['m4/hourly', 3, 1],
  ...(['m3/yearly', 'm3/quarterly', 'm3/monthly', 'm3/other'] as const).map((set) => [set, 1, 3] as const),
  ...(['m1/yearly', 'm1/quarterly', 'm1/monthly'] as const).map((set) => [set, 1, 2] as const),
  ...(['tourism/yearly', 'tourism/quarterly', 'tourism/monthly'] as const).map((set) => [set, 1, 3] as const),
  ...(['other/hospital_monthly', 'other/pbs_scripts_monthly', 'other/aus_retail_monthly'] as const).map(
    (set) => [set, 1, 2] as const,
  ),
  ['other/aus_livestock_monthly', 1, 2],
  ['other/aus_tourism_quarterly', 1, 2],
  ['other/nn5_daily', 1, 1],
  ['retail/store_item_daily', 12, 1],
  ['retail/walmart_weekly', 6, 1],
  ['retail/dominicks_oj_weekly', 3, 1],
  ['retail/avocado_weekly', 1, 1],
  ['m5/daily', 12, 1],
  ['intermittent/auto_monthly', 4, 1],
  ['intermittent/carparts_monthly', 4, 1],
  ['intermittent/man_weekly', 4, 1],
  ['intermittent/oil_monthly', 8, 1],
  ['intermittent/raf_monthly', 6, 1],
]

const LEAST_PAST = 8
export const sourceSets: readonly string[] = SOURCES.map(([set]) => set)

/** The windows of one set; the test part is never looked at, but for its length. */
export function windowsOf(data: string, set: string): Window[] {
  const [, every, cuts] = SOURCES.find(([name]) => name === set)!
  return readSet(data, set)
    .filter((_, i) => i % every === 0)
    .flatMap((series, i) => {
      const { train, test, id } = series
      const h = test.length
      const windows: Window[] = []
      for (let cut = 0; cut < cuts; cut++) {
        // the second and third cuts of the largest sets would only cost time
        if (cut > 0 && train.length > 0 && set.startsWith('m4/') && i % 2 === 1) continue
        const horizon = cut === 1 ? Math.max(1, Math.ceil(h / 3)) : h
        const at = train.length - (cut === 0 ? h : cut === 1 ? h + horizon : 2 * h)
        if (at < LEAST_PAST) continue
        const past = train.slice(0, at)
        const future = train.slice(at, at + horizon)
        if (!past.some((value) => value !== past[0]) || future.every(Number.isNaN)) continue
        windows.push({ set, id, ...seasonsOf(set, series.seasonLength, past), past, future })
      }
      return windows
    })
}
