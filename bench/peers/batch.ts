/**
 * A batch beside statsforecast's, equal models, two jobs each, in one run:
 *
 *   node bench/peers/batch.ts [--data DIR] [--count 2000] [--python FILE]
 *
 * Series of M3 monthly, again and again where there are too few. Processor seconds are of everything that ran.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BatchForecastProcessor } from '../../src/processor/batch-forecast-processor.ts'
import { defaultData, readSet } from '../data.ts'
import { table } from '../table.ts'

interface Work {
  readonly seasonLength: number
  readonly horizon: number
  readonly series: readonly { readonly id: string; readonly values: readonly number[] }[]
}

interface Measured {
  readonly version: string
  readonly seconds: number
  readonly processor: number
  readonly peakMb: number
}

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    count: { type: 'string', default: '2000' },
    python: { type: 'string', default: 'python3' },
    /** The file of the work: this process is then ours of the two. */
    work: { type: 'string' },
  },
})

async function ours(file: string): Promise<Measured> {
  const { seasonLength, horizon, series } = JSON.parse(readFileSync(file, 'utf8')) as Work
  const processor = new BatchForecastProcessor().setConfig({ verbose: false, maxWorkers: 2, relatedSeries: false })
  const begin = performance.now()
  const portfolio = series.map(({ id, values }) => [id, { values, seasonLength }] as const)
  const engine = new URL('./batch-engine.ts', import.meta.url)
  const results = await processor.fitBatch(portfolio, { forecastSteps: horizon, engine })
  if ([...results.values()].some(({ ok }) => !ok)) throw new Error('a series without a forecast')
  const seconds = (performance.now() - begin) / 1000
  const { user, system } = process.cpuUsage()
  return { version: '', seconds, processor: (user + system) / 1e6, peakMb: process.resourceUsage().maxRSS / 1024 }
}

function measured(command: string, words: readonly string[]): Measured {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Measured
}

if (flags.work !== undefined) console.log(JSON.stringify(await ours(flags.work)))
else {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-peers-'))
  try {
    const known = readSet(flags.data, 'm3/monthly')
    const series = Array.from({ length: Number(flags.count) }, (_, i) => ({
      id: `series ${i}`,
      values: Array.from(known[i % known.length]!.train),
    }))
    const file = join(folder, 'work.json')
    writeFileSync(file, JSON.stringify({ seasonLength: 12, horizon: 18, series } satisfies Work))
    const own = measured(process.execPath, [import.meta.filename, '--work', file])
    const peer = measured(flags.python, [join(import.meta.dirname, 'batch.py'), file])
    const row = (name: string, { seconds, processor, peakMb }: Measured): string[] => [
      ...[name, seconds.toFixed(1), processor.toFixed(1), peakMb.toFixed(0)],
    ]
    const ratio = (of: (one: Measured) => number): string => `${(of(peer) / of(own)).toFixed(1)} ×`
    console.log(
      table(
        [`${series.length} series`, 'seconds', 'processor s', 'peak MB'],
        [
          row('ours', own),
          row(`statsforecast ${peer.version}`, peer),
          ['ratio', ratio((one) => one.seconds), ratio((one) => one.processor), ratio((one) => one.peakMb)],
        ],
      ),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
