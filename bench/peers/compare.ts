/**
 * Errors of CES, MSTL, TBATS and Prophet next to those of their namesakes (statsforecast 2.1.1, Prophet 1.5.0) on the
 * same series, from forecasts that were made once and are kept in `forecasts/`:
 *
 *   npm run bench:namesakes -- [--data DIR] [--models a,b] [--sets a,b] [--json]
 *
 * The forecasts were made by `node bench/peers/draw.ts FOLDER`, then `namesakes.py` for each file. Exit code 1 where a
 * mean error is more than 1 % above the namesake's.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { mase, seasonalNaiveMae, smape } from '../../src/evaluate/metrics.ts'
import { unlimited } from '../../src/math/optimize/budget.ts'
import { randomStream } from '../../src/math/random.ts'
import type { FitBase, Model } from '../../src/models/model.ts'
import { registry } from '../../src/models/registry.ts'
import { asSeries, defaultData } from '../data.ts'
import { table } from '../table.ts'
import { type Sampled, SETS, sampleOf } from './sample.ts'

const MODELS = ['ces', 'mstl', 'tbats', 'prophet'] as const
const ALLOWED = 1.01

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    forecasts: { type: 'string', default: join(import.meta.dirname, 'forecasts') },
    sets: { type: 'string', default: SETS.join(',') },
    models: { type: 'string', default: MODELS.join(',') },
    json: { type: 'boolean', default: false },
  },
})

interface Peer {
  readonly seconds: number
  readonly mean: Float64Array
}

/** Stored forecasts of a set, by series and model. */
function stored(set: string): Map<string, Peer> {
  const text = gunzipSync(readFileSync(join(options.forecasts, `${set}.csv.gz`))).toString('utf8')
  const peers = new Map<string, Peer>()
  for (const line of text.split('\n')) {
    const [id, model, seconds, values] = line.split(',')
    if (values === undefined) continue
    peers.set(`${id},${model}`, { seconds: Number(seconds), mean: Float64Array.from(values.split(';'), Number) })
  }
  return peers
}

function ours(name: string, series: Sampled): Float64Array {
  const model = registry[name as keyof typeof registry] as Model<unknown, FitBase>
  const item = asSeries(series)
  const fit = model.fit(item, model.check(), unlimited)
  return model.forecast(fit, series.test.length, randomStream(series.id)).mean
}

export interface NamesakeRow {
  readonly set: string
  readonly model: string
  readonly series: number
  /** Ours, the namesake's, and the one over the other. */
  readonly smape: readonly [number, number, number]
  readonly mase: readonly [number, number, number]
  /** Seconds a series. */
  readonly seconds: readonly [number, number, number]
}

const average = (values: readonly number[]): number => {
  const finite = values.filter(Number.isFinite)
  return finite.reduce((sum, value) => sum + value, 0) / finite.length
}

const rows: NamesakeRow[] = []
for (const set of options.sets.split(',')) {
  const peers = stored(set)
  const sample = sampleOf(options.data, set)
  for (const model of options.models.split(',')) {
    const compared = sample.filter(({ id }) => peers.has(`${id},${model}`))
    if (compared.length === 0) continue
    const begin = performance.now()
    const mine = compared.map((series) => ours(model, series))
    const seconds = (performance.now() - begin) / 1000 / compared.length
    const theirs = compared.map(({ id }) => peers.get(`${id},${model}`)!)
    const pair = (measure: (series: Sampled, mean: Float64Array) => number): [number, number, number] => {
      const a = average(compared.map((series, i) => measure(series, mine[i]!)))
      const b = average(compared.map((series, i) => measure(series, theirs[i]!.mean)))
      return [a, b, a / b]
    }
    const own = average(theirs.map((peer) => peer.seconds))
    rows.push({
      ...{ set, model, series: compared.length },
      smape: pair(({ test }, mean) => smape(test, mean)),
      mase: pair(({ test, train, seasonLength }, mean) => mase(test, mean, seasonalNaiveMae(train, seasonLength))),
      seconds: [seconds, own, own / seconds],
    })
  }
}

if (options.json) console.log(JSON.stringify({ rows }))
else {
  const head = ['set', 'model', 'series', 'sMAPE', 'theirs', 'ratio', 'MASE', 'theirs', 'ratio', 's', 'theirs', 'times']
  const shown = ([a, b, c]: readonly number[], digits: number): string[] => [
    a!.toFixed(digits),
    b!.toFixed(digits),
    c!.toFixed(3),
  ]
  const body = rows.map((row) => [
    ...[row.set, row.model, String(row.series)],
    ...[...shown(row.smape, 3), ...shown(row.mase, 4)],
    ...[row.seconds[0].toFixed(4), row.seconds[1].toFixed(3), row.seconds[2].toFixed(0)],
  ])
  console.log(table(head, body))
}
if (rows.some((row) => row.smape[2] > ALLOWED && row.mase[2] > ALLOWED)) process.exitCode = 1
