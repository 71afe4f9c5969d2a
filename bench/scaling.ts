/**
 * How time and memory grow with the length of a history, and what long seasons cost, on one thread:
 *
 *   npm run bench:scaling -- [--models a,b] [--json]
 *
 * Simulated monthly walks of 100 to 20,000 values, a fixed budget of evaluations: the slope of log time against log
 * length is 1 where the cost is linear. Memory: what one series of 20,000 values adds to the resident set of a process.
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { unlimited } from '../src/math/optimize/budget.ts'
import { median } from '../src/math/quantile.ts'
import { randomStream } from '../src/math/random.ts'
import type { FitBase, Model } from '../src/models/model.ts'
import { registry } from '../src/models/registry.ts'
import type { Series } from '../src/series/series.ts'
import { table } from './table.ts'

const LENGTHS = [100, 300, 1000, 3000, 10_000, 20_000]
const BUDGET = { maxEvaluations: 100 }
const PASSES = 7
const HORIZON = 18

type AnyModel = Model<object, FitBase>
const models = registry as unknown as Readonly<Record<string, AnyModel>>

function walk(length: number, seasonLength: number, furtherSeasons: number[] = []): Series {
  const random = randomStream(`walk of ${length}, season ${seasonLength}`)
  let level = 1000
  const values = Float64Array.from({ length }, (_, t) => {
    level += random.normal()
    const seasons = [seasonLength, ...furtherSeasons].map((period) => 10 * Math.sin((2 * Math.PI * t) / period))
    return level + seasons.reduce((sum, value) => sum + value, 0) + random.normal()
  })
  return { name: 'walk', values, seasonLength, furtherSeasons, calendar: null }
}

function milliseconds(model: AnyModel, series: Series, budget: { maxEvaluations: number }, passes: number): number {
  const spec = model.check()
  const times: number[] = []
  for (let i = 0; i <= passes; i++) {
    const begin = performance.now()
    model.forecast(model.fit(series, spec, budget), HORIZON, randomStream('scaling'))
    // the first pass warms up
    if (i > 0 || passes === 1) times.push(performance.now() - begin)
  }
  return median(Float64Array.from(times))
}

/** Least squares slope of log y on log x. */
function slope(x: readonly number[], y: readonly number[]): number {
  const a = x.map(Math.log)
  const b = y.map(Math.log)
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const centre = mean(a)
  return mean(a.map((value, i) => (value - centre) * b[i]!)) / mean(a.map((value) => (value - centre) ** 2))
}

/** Long seasons that must stay within seconds and megabytes. */
const LONG: readonly (readonly [season: number, length: number])[] = [
  [24, 720],
  [52, 520],
  [168, 1000],
  [168, 1700],
  [365, 1460],
]

const { values: options } = parseArgs({
  options: { models: { type: 'string' }, json: { type: 'boolean', default: false }, memory: { type: 'string' } },
})

/** In a process of its own: peak resident megabytes before and after one fit. */
if (options.memory !== undefined) {
  const [name, length, season] = options.memory.split(',') as [string, string, string]
  const model = models[name]!
  milliseconds(model, walk(100, 12), BUDGET, 1)
  const peak = (): number => process.resourceUsage().maxRSS / 1024
  const before = peak()
  milliseconds(model, walk(Number(length), Number(season)), Number(length) === 20_000 ? BUDGET : unlimited, 1)
  console.log(peak() - before)
  process.exit(0)
}

const grown = (name: string, length: number, season: number): number => {
  const script = new URL(import.meta.url).pathname
  const run = spawnSync(process.execPath, [script, '--memory', `${name},${length},${season}`], { encoding: 'utf8' })
  return Number(run.stdout)
}

const names = options.models?.split(',') ?? Object.keys(models)
const growth = names.map((name) => {
  const model = models[name]
  if (model === undefined) throw new Error(`--models ${name}: one of ${Object.keys(models).join(', ')} is expected`)
  const times = LENGTHS.map((length) => milliseconds(model, walk(length, 12), BUDGET, PASSES))
  return { model: name, times, slope: slope(LENGTHS, times), megabytes: grown(name, 20_000, 12) }
})
const seasons = LONG.flatMap(([season, length]) =>
  ['arima', 'dynamic_harmonic_regression', 'ets', 'mstl', 'theta'].flatMap((name) => {
    if (options.models !== undefined && !names.includes(name)) return []
    const milli = milliseconds(models[name]!, walk(length, season), unlimited, 3)
    return [{ model: name, season, length, milliseconds: milli, megabytes: grown(name, length, season) }]
  }),
)
if (options.json) console.log(JSON.stringify({ growth, seasons }))
else {
  const head = ['model', ...LENGTHS.map((n) => `${n}`), 'slope', 'MB at 20,000']
  const row = ({ model, times, slope: s, megabytes }: (typeof growth)[number]): string[] => [
    ...[model, ...times.map((time) => time.toFixed(2)), s.toFixed(2), megabytes.toFixed(0)],
  ]
  console.log(`milliseconds, ${BUDGET.maxEvaluations} evaluations\n${table(head, growth.map(row))}\n`)
  const body = seasons.map((each) => [
    ...[each.model, String(each.season), String(each.length)],
    ...[each.milliseconds.toFixed(0), each.megabytes.toFixed(0)],
  ])
  console.log(`automatic, no limit\n${table(['model', 'season', 'length', 'ms', 'MB'], body)}`)
}
