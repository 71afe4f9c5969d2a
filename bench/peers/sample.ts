import { randomStream } from '../../src/math/random.ts'
import { type BenchSeries, readSet } from '../data.ts'

/** A series of a sample, with the file it is of. */
export interface Sampled extends BenchSeries {
  readonly frequency: string
  /** Seasons besides the main one that the packages are told of; the product tries those of its frequency by itself. */
  readonly asked: readonly number[]
}

const FILES: Readonly<Record<string, readonly string[]>> = {
  m3: ['m3/yearly', 'm3/quarterly', 'm3/monthly', 'm3/other'],
  tourism: ['tourism/yearly', 'tourism/quarterly', 'tourism/monthly'],
  'nn5-daily': ['other/nn5_daily'],
  'm4-hourly': ['m4/hourly'],
}
const ASKED: Readonly<Record<string, readonly number[]>> = { 'm4-hourly': [168] }
/** Series of each set; all of them where a set has fewer. */
const COUNT = 300

export const SETS = Object.keys(FILES)

/** The series of a set that are compared: drawn once for all, by a seed. */
export function sampleOf(data: string, set: string): Sampled[] {
  const all = FILES[set]!.flatMap((file) =>
    readSet(data, file).map((series) => ({
      ...series,
      id: `${file}/${series.id}`,
      frequency: /yearly|quarterly|monthly|daily|hourly/.exec(file)?.[0] ?? 'other',
      asked: ASKED[set] ?? [],
    })),
  )
  const random = randomStream(`sample of ${set}`)
  const drawn = all.map((series) => ({ series, key: random.uniform() })).sort((a, b) => a.key - b.key)
  return drawn.slice(0, COUNT).map(({ series }) => series)
}
