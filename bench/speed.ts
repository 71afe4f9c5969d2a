/**
 * Series a second, fit and forecast, on one thread:
 *
 *   npm run bench:speed -- [--data DIR] [--models a,b] [--limit N] [--json]
 *
 * and, for theta, how the time grows with the length (simulated monthly walks; nanoseconds a value stay the same where it
 * is linear). The peer's numbers are not measured here: those of the sets are from a run of `bench:peers` on the same
 * machine (statsforecast 2.1.1, 30 series of each set), those by length from another machine of its size.
 */
import { parseArgs } from 'node:util'
import { median } from '../src/math/quantile.ts'
import { randomStream } from '../src/math/random.ts'
import type { Forecast } from '../src/models/forecast.ts'
import { type BenchSeries, defaultData, readSet } from './data.ts'
import { chosenModels } from './models.ts'
import { table } from './table.ts'

const PEER = 'statsforecast (stored measurement)'
const SETS = ['m3/monthly', 'm3/quarterly', 'm3/yearly']
/** Series a second of the peer, by model and set (or length). */
const PEER_PER_SECOND: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ets: { 'm3/monthly': 16, 'm3/quarterly': 45, 'm3/yearly': 296 },
  arima: { 'm3/monthly': 1.61, 'm3/quarterly': 5.47, 'm3/yearly': 11.1 },
  dot: { 'm3/monthly': 231, 'm3/quarterly': 424, 'm3/yearly': 665, 500: 101, 1000: 29, 2000: 6.8, 4000: 1.7 },
}
/** As these rows are known; other models keep their name. */
const NAMES: Readonly<Record<string, string>> = { ets: 'auto-ets', arima: 'auto-arima', ces: 'auto-ces' }
const LENGTHS = [500, 1000, 2000, 4000, 20_000]
/** Series of each length. */
const WALKS = 20
/** Every model's code is run this often before it is timed. */
const WARM_UP = 200
/** The median of so many passes counts; fewer where they take this many seconds together. */
const PASSES = 5
const LONGEST = 20

export interface SpeedRow {
  readonly model: string
  readonly set: string
  readonly series: number
  /** Median length of the histories. */
  readonly length: number
  readonly perSecond: number
  /** 10⁹ / (perSecond × length). */
  readonly nanosecondsPerValue: number
  readonly peer: string
  /** Null where the peer was not measured. */
  readonly peerPerSecond: number | null
  /** perSecond / peerPerSecond. */
  readonly ratio: number | null
}

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    models: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const limit = options.limit === undefined ? Number.POSITIVE_INFINITY : Number(options.limit)
if (!(limit >= 1)) throw new Error(`--limit ${options.limit}: a whole number from 1 is expected`)

function walks(length: number): BenchSeries[] {
  const random = randomStream(`walks of ${length}`)
  return Array.from({ length: WALKS }, (_, i) => {
    let level = 1000
    const train = Float64Array.from({ length }, (_, t) => {
      level += random.normal()
      return level + 10 * Math.sin((t * Math.PI) / 6) + random.normal()
    })
    return { set: 'walks', id: `walk ${i}`, seasonLength: 12, train, test: new Float64Array(18) }
  })
}

function measure(
  model: string,
  run: (series: BenchSeries) => Forecast,
  set: string,
  all: readonly BenchSeries[],
  peerPerSecond: number | null,
): SpeedRow {
  for (let i = 0; i < Math.min(WARM_UP, all.length); i++) run(all[i]!)
  const passes: number[] = []
  for (let total = 0; passes.length < PASSES && total < LONGEST; total += passes.at(-1)!) {
    const begin = performance.now()
    for (const series of all) run(series)
    passes.push((performance.now() - begin) / 1000)
  }
  const perSecond = all.length / median(Float64Array.from(passes))
  const length = median(Float64Array.from(all, (series) => series.train.length))
  return {
    ...{
      model: NAMES[model] ?? model,
      set,
      series: all.length,
      length,
      perSecond,
      nanosecondsPerValue: 1e9 / (perSecond * length),
    },
    ...{ peer: PEER, peerPerSecond, ratio: peerPerSecond === null ? null : perSecond / peerPerSecond },
  }
}

/** Waves of several seasons and an autoregression: days with a week and a year, hours with a day and a week. */
function waves(set: string, periods: readonly number[], length: number): BenchSeries[] {
  const random = randomStream(set)
  return Array.from({ length: WALKS / 2 }, (_, i) => {
    let rest = 0
    const train = Float64Array.from({ length }, (_, t) => {
      rest = 0.6 * rest + 3 * random.normal()
      return 200 + 0.05 * t + rest + periods.reduce((sum, period) => sum + 20 * Math.sin((2 * Math.PI * t) / period), 0)
    })
    return { set, id: `waves ${i}`, seasonLength: periods[0]!, train, test: new Float64Array(2 * periods[0]!) }
  })
}

/** Models that are made for several seasons, on the data that they are made for. */
const SEVERAL: Readonly<Record<string, readonly (readonly [set: string, periods: readonly number[]])[]>> = {
  prophet: [['simulated daily', [7, 365.25]]],
  tbats: [['simulated hourly', [24, 168]]],
}

const rows = chosenModels(options.models).flatMap(([model, run]) => {
  const several = SEVERAL[model]
  if (several !== undefined)
    return several.map(([set, periods]) => measure(model, run, set, waves(set, periods, 1000), null))
  const peers = PEER_PER_SECOND[model] ?? {}
  const real = SETS.map((set) => measure(model, run, set, readSet(options.data, set, limit), peers[set] ?? null))
  if (model !== 'dot') return real
  return [...real, ...LENGTHS.map((n) => measure(model, run, `walks of ${n}`, walks(n), peers[n] ?? null))]
})

if (options.json) console.log(JSON.stringify({ rows }))
else {
  const head = ['model', 'set', 'series', 'length', 'per second', 'ns a value', 'peer per second', 'ratio']
  const body = rows.map((row) => [
    row.model,
    row.set,
    String(row.series),
    String(row.length),
    row.perSecond.toFixed(1),
    row.nanosecondsPerValue.toFixed(0),
    row.peerPerSecond === null ? '' : String(row.peerPerSecond),
    row.ratio === null ? '' : row.ratio.toFixed(1),
  ])
  console.log(`${table(head, body)}\npeer: ${PEER}`)
}
