/**
 * What a batch costs beside its forecasts:
 *
 *   npm run bench:batch -- [--only start,table,workers,resume,copies,stream,memory] [--rounds 20] [--series 1000000]
 *
 * start: from nothing to the files of one monthly series, by the command line. table: the guide's portfolios of daily series
 * of two years. workers: a thousand series with one worker and with two. resume: a run that is finished, taken up again, by
 * how many series it has. copies: evaluations of a hundred copies of a series. stream:
 * generated series of 60 months through `stream`, with a forecast that costs next to nothing, with a checkpoint and without.
 * memory: what a series adds to the peak where all results are kept.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BatchEvent } from '../src/batch/events.ts'
import { runBatch } from '../src/batch/run.ts'
import type { Task } from '../src/batch/task.ts'
import { median } from '../src/math/quantile.ts'
import { randomStream } from '../src/math/random.ts'
import { BatchForecastProcessor } from '../src/processor/batch-forecast-processor.ts'
import { openCheckpoint } from '../src/store/open-checkpoint.ts'
import { options } from '../test/batch/tasks.ts'
import { asCsv, madePortfolio } from '../test/faults/portfolio.ts'
import { table } from './table.ts'

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: 'start,table,workers,resume,copies,stream,memory' },
    rounds: { type: 'string', default: '20' },
    series: { type: 'string', default: '1000000' },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'arfc-bench-'))
const main = join(import.meta.dirname, '../src/cli/main.ts')
const middle = (all: readonly number[]): number => median(Float64Array.from(all))

/** Wall and processor seconds of a command, the processor's with all its threads. */
function timed(words: readonly string[]): { wall: number; cpu: number } {
  const begin = performance.now()
  const { status, stderr } = spawnSync(process.execPath, [main, ...words], { cwd: folder, encoding: 'utf8' })
  const wall = (performance.now() - begin) / 1000
  if (status !== 0) throw new Error(stderr)
  return { wall, cpu: cpuOfChildren() }
}

let counted = 0
/** Of the children ended since it was asked last; 0 where the system does not tell. */
function cpuOfChildren(): number {
  if (process.platform !== 'linux') return 0
  // fields 16 and 17 of proc(5) stat, in hundredths of a second
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  const all = (Number(fields[13]) + Number(fields[14])) / 100
  const since = all - counted
  counted = all
  return since
}

/** Two years of days with a week, a year and noise. */
function daily(series: number): [string, { values: number[]; start: string; frequency: string }][] {
  return Array.from({ length: series }, (_, i) => {
    const random = randomStream(`daily ${i}`)
    const values = Array.from({ length: 730 }, (_, t) => {
      const season = 1 + 0.25 * Math.sin((2 * Math.PI * (t + i)) / 7) + 0.15 * Math.sin((2 * Math.PI * t) / 365.25)
      return Math.round((100 + 0.03 * t) * season + 8 * random.normal())
    })
    return [`product ${i}`, { values, start: '2022-01-01', frequency: 'daily' }]
  })
}

/** As the processor makes them: series that are asked the same share one object that says so. */
function tasksOf(series: number, horizon: number): Task[] {
  const asked = { ...options, horizon }
  return madePortfolio(series, 60, 'bench').map(([name, values], index) => ({
    index,
    series: { name, values: Float64Array.from(values), seasonLength: 12, calendar: null },
    options: asked,
    unit: null,
    repairs: [],
    problems: [],
  }))
}

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  async start() {
    writeFileSync(join(folder, 'one.csv'), asCsv(madePortfolio(1, 60, 'one')))
    timed(['run', 'one.csv', '--run-dir', 'warm', '--quiet'])
    const rounds = Array.from({ length: Number(flags.rounds) }, (_, i) =>
      timed(['run', 'one.csv', '--run-dir', `one-${i}`, '--quiet']),
    )
    const walls = rounds.map(({ wall }) => wall).sort((a, b) => a - b)
    const cpu = middle(rounds.map((round) => round.cpu))
    console.log(
      `start to the files of one series, ${rounds.length} times: median ${middle(walls).toFixed(2)} s, least ${walls[0]!.toFixed(2)} s; ${cpu.toFixed(2)} s of processor`,
    )
  },

  async table() {
    const rows: string[][] = []
    for (const series of [5, 20, 50, 100]) {
      const processor = new BatchForecastProcessor().setConfig({ verbose: false })
      const before = process.cpuUsage()
      const begin = performance.now()
      const results = await processor.fitBatch(daily(series))
      const { user, system } = process.cpuUsage(before)
      const good = [...results.values()].filter(({ status }) => status === 'success').length
      const seconds = (performance.now() - begin) / 1000
      rows.push([`${series}`, `${good}`, seconds.toFixed(2), ((user + system) / 1e6).toFixed(2)])
    }
    console.log(table(['daily series', 'success', 'seconds', 'processor s'], rows))
  },

  async workers() {
    const tasks = tasksOf(1000, 12)
    const rows: string[][] = []
    for (const workers of [1, 2, 1, 2]) {
      const before = process.cpuUsage()
      const begin = performance.now()
      for await (const _ of runBatch(tasks, { workers })) void _
      const seconds = (performance.now() - begin) / 1000
      const { user, system } = process.cpuUsage(before)
      rows.push([
        `${workers}`,
        seconds.toFixed(2),
        ((user + system) / 1e6).toFixed(2),
        ((user + system) / 1e6 / seconds).toFixed(2),
      ])
    }
    console.log(table(['workers', 'seconds', 'processor s', 'cores used'], rows))
  },

  async resume() {
    const engine = new URL('../test/batch/engines/fake.ts', import.meta.url)
    const rows: string[][] = []
    for (const series of [100, 1000, 10_000, 40_000]) {
      const tasks = tasksOf(series, 12)
      const once = async (): Promise<number> => {
        const begin = process.cpuUsage()
        const { checkpoint, close } = openCheckpoint(join(folder, `resume-${series}`), () => {})
        for await (const _ of runBatch(tasks, { workers: 1, checkpoint, engine })) void _
        await close()
        const { user, system } = process.cpuUsage(begin)
        return (user + system) / 1000
      }
      await once()
      const ms = middle([await once(), await once(), await once(), await once(), await once()])
      rows.push([`${series}`, ms.toFixed(1), ((1000 * ms) / series).toFixed(1)])
    }
    console.log(table(['finished series', 'ms of processor to take up', 'µs a series'], rows))
  },

  async stream() {
    const rows: string[][] = []
    for (const [workers, keeping] of [
      ['2', 'checkpoint'],
      ['2', 'none'],
    ] as const) {
      const script = join(import.meta.dirname, 'batch/stream.ts')
      const { stdout, stderr, status } = spawnSync(process.execPath, [script, folder, flags.series, workers, keeping], {
        encoding: 'utf8',
      })
      if (status !== 0) throw new Error(stderr)
      const { series, seconds, processor, peakMb, checkpointMb } = JSON.parse(stdout) as Record<string, number>
      rows.push([
        keeping,
        `${series}`,
        (series! / seconds!).toFixed(0),
        ((1e6 * processor!) / series!).toFixed(0),
        peakMb!.toFixed(0),
        checkpointMb!.toFixed(0),
      ])
    }
    console.log(table(['checkpoint', 'series', 'a second', 'µs of processor', 'peak MB', 'file MB'], rows))
  },

  async memory() {
    const peak = (series: number): number => {
      const program = `
        import { BatchForecastProcessor } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)}
        import { madePortfolio } from ${JSON.stringify(new URL('../test/faults/portfolio.ts', import.meta.url).href)}
        const processor = new BatchForecastProcessor().setConfig({ verbose: false, effort: 'fast', maxModelsToTry: 3 })
        const results = await processor.fitBatch(madePortfolio(${series}, 60, 'memory'), { forecastSteps: 12 })
        console.log(results.size, process.resourceUsage().maxRSS / 1024)`
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        encoding: 'utf8',
      })
      const [size, megabytes] = stdout.split(' ').map(Number)
      if (size !== series) throw new Error(stderr)
      return megabytes!
    }
    const [few, many] = [peak(100), peak(1000)]
    console.log(
      `peak with 100 series ${few.toFixed(0)} MB, with 1000 ${many.toFixed(0)} MB: ${((many - few) / 900).toFixed(3)} MB a series`,
    )
  },

  async copies() {
    const [, values] = madePortfolio(1, 60, 'copies')[0]!
    const evaluations = async (copies: number): Promise<number> => {
      const processor = new BatchForecastProcessor().setConfig({ verbose: false })
      const computed = new Set<string>()
      const onEvent = (event: BatchEvent): void => {
        if (event.kind === 'series' && event.seconds !== null) computed.add(event.name)
      }
      const portfolio = Array.from({ length: copies }, (_, i) => [`copy ${i}`, values] as const)
      const results = await processor.fitBatch(portfolio, { onEvent })
      return [...computed]
        .flatMap((name) => results.get(name)!.candidates)
        .reduce((sum, each) => sum + each.evaluations, 0)
    }
    const one = await evaluations(1)
    const hundred = await evaluations(100)
    console.log(`one series ${one} evaluations, a hundred copies ${hundred}: ${(hundred / one).toFixed(2)} times`)
  },
}

try {
  for (const name of flags.only.split(',')) await BENCHES[name]!()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
