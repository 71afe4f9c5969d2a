/**
 * Series a second, fit and forecast, on one thread:
 *
 *   npm run bench:speed -- [--data DIR] [--limit N] [--json]
 *
 * The peer's numbers are not measured here: they were measured once, on 30 random series of each set (statsforecast
 * AutoETS at a580cf97, C++ core at -O3, another 2-core machine, ±30 %), and are labelled so.
 */
import { parseArgs } from 'node:util'
import { unlimited } from '../src/math/optimize/budget.ts'
import { median } from '../src/math/quantile.ts'
import { randomStream } from '../src/math/random.ts'
import { ets } from '../src/models/ets/index.ts'
import { asSeries, type BenchSeries, defaultData, readSet } from './data.ts'
import { table } from './table.ts'

const PEER = 'statsforecast (stored measurement)'
const PEER_PER_SECOND = { 'm3/monthly': 9.1, 'm3/quarterly': 31, 'm3/yearly': 527 } as const
const WARM_UP = 20

export interface SpeedRow {
  readonly model: string
  readonly set: string
  readonly series: number
  /** Median length of the histories. */
  readonly length: number
  readonly perSecond: number
  readonly peer: string
  readonly peerPerSecond: number
  /** perSecond / peerPerSecond. */
  readonly ratio: number
}

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    limit: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const limit = options.limit === undefined ? Number.POSITIVE_INFINITY : Number(options.limit)
if (!(limit >= 1)) throw new Error(`--limit ${options.limit}: a whole number from 1 is expected`)

const spec = ets.check({})
const once = (series: BenchSeries): void => {
  const fit = ets.fit(asSeries(series), spec, unlimited)
  ets.forecast(fit, series.test.length, randomStream(series.id))
}

const rows = Object.entries(PEER_PER_SECOND).map(([set, peerPerSecond]): SpeedRow => {
  const all = readSet(options.data, set, limit)
  for (const series of all.slice(0, WARM_UP)) once(series)
  const begin = performance.now()
  for (const series of all) once(series)
  const perSecond = all.length / ((performance.now() - begin) / 1000)
  const length = median(Float64Array.from(all, (series) => series.train.length))
  const ratio = perSecond / peerPerSecond
  return { model: 'auto-ets', set, series: all.length, length, perSecond, peer: PEER, peerPerSecond, ratio }
})

if (options.json) console.log(JSON.stringify({ rows }))
else {
  const head = ['model', 'set', 'series', 'length', 'per second', 'peer per second', 'ratio']
  const body = rows.map((row) => [
    row.model,
    row.set,
    String(row.series),
    String(row.length),
    row.perSecond.toFixed(1),
    String(row.peerPerSecond),
    row.ratio.toFixed(1),
  ])
  console.log(`${table(head, body)}\npeer: ${PEER}`)
}
