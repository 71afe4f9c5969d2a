/**
 * Series a second of this engine, of statsforecast (PyPI) and of R's forecast (Debian: r-cran-forecast, r-cran-jsonlite),
 * on the same series in the same run, one thread each:
 *
 *   npm run bench:peers -- [--data DIR] [--count N] [--python FILE] [--json]
 *
 * `--python` is the interpreter of an environment that has statsforecast (`python3 -m venv DIR && DIR/bin/pip install
 * statsforecast`). A peer that is not there is left out, and said. R has no dynamic optimised theta: its `thetaf` stands there.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultData, readSet } from '../data.ts'
import { MODELS } from '../models.ts'
import { table } from '../table.ts'

const SETS = ['m3/monthly', 'm3/quarterly', 'm3/yearly']
const OURS: Readonly<Record<string, string>> = { 'auto-ets': 'ets', 'auto-arima': 'arima', dot: 'dot' }
/** Each peer runs on one thread. */
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1', NUMBA_NUM_THREADS: '1' }

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    count: { type: 'string', default: '30' },
    python: { type: 'string', default: 'python3' },
    json: { type: 'boolean', default: false },
  },
})
const count = Number(options.count)
if (!(count >= 1)) throw new Error(`--count ${options.count}: a whole number from 1 is expected`)

interface Timed {
  readonly version: string
  readonly seconds: Readonly<Record<string, number>>
}

/** Null where the peer is not installed. */
function timed(command: string, script: string, file: string): Timed | null {
  const env = { ...process.env, ...ONE_THREAD }
  const run = spawnSync(command, [join(import.meta.dirname, script), file], { env, encoding: 'utf8' })
  if (run.status === 0) return JSON.parse(run.stdout) as Timed
  console.error(`${command} ${script}: ${run.error?.message ?? run.stderr.trim().split('\n').at(-1)}`)
  return null
}

interface PeerRow {
  readonly model: string
  readonly set: string
  readonly series: number
  readonly perSecond: number
  readonly statsforecast: number | null
  readonly r: number | null
}

const folder = mkdtempSync(join(tmpdir(), 'arfc-peers-'))
const rows: PeerRow[] = []
const versions = new Set<string>()
for (const set of SETS) {
  const series = readSet(options.data, set, count)
  const file = join(folder, 'series.json')
  const { seasonLength, test } = series[0]!
  const plain = series.map(({ id, train }) => ({ id, values: Array.from(train) }))
  writeFileSync(file, JSON.stringify({ seasonLength, horizon: test.length, series: plain }))
  const python = timed(options.python, 'peers.py', file)
  const r = timed('Rscript', 'peers.R', file)
  if (python !== null) versions.add(`statsforecast ${python.version}`)
  if (r !== null) versions.add(`forecast ${r.version}`)
  for (const [model, name] of Object.entries(OURS)) {
    const run = MODELS[name]!
    for (let pass = 0; pass < 3; pass++) for (const one of series) run(one)
    const begin = performance.now()
    for (const one of series) run(one)
    const perSecond = series.length / ((performance.now() - begin) / 1000)
    const peer = (answer: Timed | null): number | null =>
      answer === null ? null : series.length / answer.seconds[model]!
    rows.push({ model, set, series: series.length, perSecond, statsforecast: peer(python), r: peer(r) })
  }
}
rmSync(folder, { recursive: true })

if (options.json) console.log(JSON.stringify({ rows, versions: [...versions] }))
else {
  const shown = (value: number | null): string => (value === null ? '' : value.toPrecision(3))
  const times = (row: PeerRow, peer: number | null): string =>
    peer === null ? '' : `${(row.perSecond / peer).toFixed(0)} ×`
  const head = ['model', 'set', 'series', 'per second', 'statsforecast', '', 'R forecast', '']
  const body = rows.map((row) => [
    row.model,
    row.set,
    String(row.series),
    shown(row.perSecond),
    shown(row.statsforecast),
    times(row, row.statsforecast),
    shown(row.r),
    times(row, row.r),
  ])
  console.log(`${table(head, body)}\n${[...versions].join(', ')}`)
}
