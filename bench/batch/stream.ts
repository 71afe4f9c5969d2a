/**
 * One stream of generated series, in a process of its own, so that its peak memory is that of this run alone:
 *
 *   node bench/batch/stream.ts FOLDER SERIES WORKERS checkpoint|none
 *
 * Prints `{ series, seconds, processor, peakMb, checkpointMb }`; threads are part of the process.
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { BatchForecastProcessor } from '../../src/processor/batch-forecast-processor.ts'

const [folder = '.', count = '100000', workers = '2', keeping = 'checkpoint'] = process.argv.slice(2)
const MONTHS = 60

/** A season and noise; a generator of its own, for the engine's would take longer than the rest. */
function* made(series: number) {
  let state = 1
  for (let i = 0; i < series; i++) {
    const values = new Float64Array(MONTHS)
    for (let t = 0; t < MONTHS; t++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      values[t] = 100 + SEASON[t % 12]! + state / 2 ** 28
    }
    yield [`series ${i}`, { values, start: '2020-01-01', frequency: 'monthly' }] as const
  }
}
const SEASON = Array.from({ length: 12 }, (_, t) => 20 * Math.sin((t * Math.PI) / 6))

const processor = new BatchForecastProcessor().setConfig({ verbose: false, maxWorkers: Number(workers) })
processor.enableCheckpoint = keeping === 'checkpoint'
processor.checkpointFolder = join(folder, 'stream')
const engine = new URL('./baseline-engine.ts', import.meta.url)
const before = process.cpuUsage()
const begin = performance.now()
let series = 0
let total = 0
for await (const [, { plain }] of processor.stream(made(Number(count)), { forecastSteps: 12, engine })) {
  series++
  total += plain.outcome?.forecast?.mean[0] ?? Number.NaN
}
if (!Number.isFinite(total)) throw new Error('a series without a forecast')
const { user, system } = process.cpuUsage(before)
const file = join(folder, 'stream/checkpoint.sqlite')
console.log(
  JSON.stringify({
    series,
    seconds: (performance.now() - begin) / 1000,
    processor: (user + system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
    checkpointMb: processor.enableCheckpoint ? statSync(file).size / 2 ** 20 : 0,
  }),
)
