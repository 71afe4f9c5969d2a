import { type BenchSeries, readSet, seasonsOf } from '../../bench/data.ts'
import { type Random, randomStream } from '../../src/math/random.ts'

/** A training part cut short: the end of what was left is the future to be foreseen. */
export interface Window {
  readonly set: string
  readonly id: string
  readonly seasonLength: number
  readonly furtherSeasons: readonly number[]
  readonly past: Float64Array
  readonly future: Float64Array
}

interface Source {
  readonly set: string
  /** Every how many series are taken. */
  readonly every: number
  /** How many ends are cut off: the last horizon, a third of one before that, another whole one before the last. */
  readonly cuts: number
  /** One more cut at any date: futures of one competition are of the same years, which is nothing to be learned. */
  readonly anywhere: boolean
}

const sources = (sets: readonly string[], every: number, cuts: number, anywhere: boolean): Source[] =>
  sets.map((set) => ({ set, every, cuts, anywhere }))

const SOURCES: readonly Source[] = [
  ...sources(['m4/yearly', 'm4/quarterly'], 1, 2, true),
  ...sources(['m4/monthly_pseudo'], 1, 1, true),
  ...sources(['m4/monthly_sample'], 1, 3, true),
  ...sources(['m4/weekly'], 1, 1, false),
  ...sources(['m4/hourly'], 3, 1, false),
  ...sources(['m3/yearly', 'm3/quarterly', 'm3/monthly', 'm3/other'], 1, 3, true),
  ...sources(['m1/yearly', 'm1/quarterly', 'm1/monthly'], 1, 2, true),
  ...sources(['tourism/yearly', 'tourism/quarterly', 'tourism/monthly'], 1, 3, true),
  ...sources(['other/hospital_monthly', 'other/pbs_scripts_monthly', 'other/aus_retail_monthly'], 1, 2, true),
  ...sources(['other/aus_livestock_monthly', 'other/aus_tourism_quarterly'], 1, 2, true),
  ...sources(['other/nn5_daily'], 1, 1, false),
  ...sources(['retail/store_item_daily'], 12, 1, false),
  ...sources(['retail/walmart_weekly'], 6, 1, false),
  ...sources(['retail/dominicks_oj_weekly'], 3, 1, false),
  ...sources(['retail/avocado_weekly'], 1, 1, false),
  ...sources(['m5/daily'], 12, 1, false),
  ...sources(['intermittent/auto_monthly', 'intermittent/carparts_monthly', 'intermittent/man_weekly'], 4, 1, false),
  ...sources(['intermittent/oil_monthly'], 8, 1, false),
  ...sources(['intermittent/raf_monthly'], 6, 1, false),
]

const LEAST_PAST = 8
/** A cut at any date leaves at least this share of the history. */
const LEAST_SHARE = 0.4
export const sourceSets: readonly string[] = SOURCES.map(({ set }) => set)

/** The windows of one set; the test part is never looked at, but for its length. */
export function windowsOf(data: string, set: string): Window[] {
  const { every, cuts, anywhere } = SOURCES.find((source) => source.set === set)!
  return readSet(data, set)
    .filter((_, i) => i % every === 0)
    .flatMap((series, i) => {
      // the second and third cuts of the largest sets would only cost time
      const few = set.startsWith('m4/') && i % 2 === 1
      const ends = endsOf(series.train.length, series.test.length, few ? Math.min(1, cuts) : cuts)
      const other = anywhere ? anyEnd(series, randomStream(`cut ${set} ${series.id}`)) : null
      return [...ends, ...(other === null ? [] : [other])].flatMap((end) => windowAt(series, end) ?? [])
    })
}

/** Where the past ends, and how many periods after that are the future. */
interface End {
  readonly at: number
  readonly horizon: number
}

function endsOf(n: number, h: number, cuts: number): End[] {
  const third = Math.max(1, Math.ceil(h / 3))
  return [
    { at: n - h, horizon: h },
    { at: n - h - third, horizon: third },
    { at: n - 2 * h, horizon: h },
  ].slice(0, cuts)
}

/** A horizon before the last one, anywhere; null where there is no room. */
function anyEnd({ train, test }: BenchSeries, random: Random): End | null {
  const latest = train.length - 2 * test.length
  const earliest = Math.max(LEAST_PAST, Math.ceil(LEAST_SHARE * train.length))
  if (latest < earliest) return null
  return { at: earliest + Math.floor(random.uniform() * (latest - earliest + 1)), horizon: test.length }
}

function windowAt({ set, id, train, seasonLength }: BenchSeries, { at, horizon }: End): Window | null {
  if (at < LEAST_PAST) return null
  const past = train.slice(0, at)
  const future = train.slice(at, at + horizon)
  if (!past.some((value) => value !== past[0]) || future.every(Number.isNaN)) return null
  return { set, id, ...seasonsOf(set, seasonLength, past), past, future }
}
