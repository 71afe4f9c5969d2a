/**
 * A portfolio like that of the M4 competition: series of the open sets in the shares of its frequencies, each with its own
 * disturbance so that none is there twice, with the default settings on two workers:
 *
 *   node bench/batch/competition.ts [SERIES] [DATA]
 *
 * Prints `{ series, seconds, processor, peakMb }` and what a hundred thousand would take.
 */
import { randomStream } from '../../src/math/random.ts'
import { BatchForecastProcessor } from '../../src/processor/batch-forecast-processor.ts'
import type { SeriesInput } from '../../src/processor/portfolio.ts'
import { type BenchSeries, defaultData, readSet, seasonsOf } from '../data.ts'

const [count = '2000', data = defaultData] = process.argv.slice(2)
/** Of a hundred thousand series of the competition (Makridakis, Spiliotis & Assimakopoulos 2020, table 1). */
const SHARES: readonly (readonly [set: string, share: number])[] = [
  ['m4/yearly', 0.23],
  ['m4/quarterly', 0.24],
  ['m3/monthly', 0.48],
  ['m4/weekly', 0.00359],
  ['other/nn5_daily', 0.04227],
  ['m4/hourly', 0.00414],
]
const DISTURBANCE = 0.02

/** Every value moved by about a fiftieth of itself. */
function disturbed({ set, seasonLength, train }: BenchSeries, key: string): SeriesInput {
  const random = randomStream(key)
  const seasons = seasonsOf(set, seasonLength, train)
  return {
    values: train.map((value) => value * (1 + DISTURBANCE * random.normal())),
    seasonLength: [seasons.seasonLength, ...seasons.furtherSeasons],
  }
}

const portfolio = SHARES.flatMap(([set, share]) => {
  const wanted = Math.round(Number(count) * share)
  const known = readSet(data, set, wanted)
  return Array.from({ length: wanted }, (_, i) => {
    const one = known[i % known.length]!
    return [`${set} ${i}`, disturbed(one, `${one.id} ${i}`)] as const
  })
})
const processor = new BatchForecastProcessor().setConfig({ verbose: false, maxWorkers: 2 })
const before = process.cpuUsage()
const begin = performance.now()
let series = 0
for await (const [, result] of processor.stream(portfolio, { forecastSteps: 12 })) {
  if (!result.ok) throw new Error(`${result.name}: no forecast`)
  series++
}
const seconds = (performance.now() - begin) / 1000
const { user, system } = process.cpuUsage(before)
const processorSeconds = (user + system) / 1e6
console.log(
  JSON.stringify({ series, seconds, processor: processorSeconds, peakMb: process.resourceUsage().maxRSS / 1024 }),
)
const minutes = (of: number): string => ((100_000 * of) / series / 60).toFixed(0)
console.log(
  `a hundred thousand: ${minutes(seconds)} min at this pace, ${minutes(processorSeconds / 2)} by two whole cores`,
)
