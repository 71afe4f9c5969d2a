/**
 * What combining costs next to fitting, part by part: `npm run bench:combining`. Fitting is the members at the first origin
 * and on all the data, counted as twice the latter. Milliseconds a series: of the first round, which compiles too, as a
 * run of so many series does (processor time); and warm (the least of the later rounds, series by series).
 */
import { answerTogether, fitAll } from '../src/automl/ensemble.ts'
import { type Gathered, gather } from '../src/automl/gather.ts'
import {
  isMixed,
  knownOf,
  learnedMixture,
  spreadInputs,
  weightInputs,
  widthFactors,
  withWidths,
} from '../src/automl/learned/index.ts'
import { learnedWeighting, together } from '../src/automl/together.ts'
import { unwatched } from '../src/automl/watch.ts'
import { quantileGrid } from '../src/models/bands.ts'
import { combinedProbabilities, middleOf } from '../src/models/ensemble/index.ts'
import type { Forecast } from '../src/models/forecast.ts'
import { DEFAULT_CONFIG } from '../src/processor/config.ts'
import { optionsFor } from '../src/processor/options-for.ts'
import { asSeries, type BenchSeries, defaultData, readSet } from './data.ts'
import { table } from './table.ts'

const SETS: readonly (readonly [name: string, series: number])[] = [
  ['m3/yearly', 100],
  ['m3/quarterly', 100],
  ['m3/monthly', 100],
  ['other/nn5_daily', 15],
]
const ROUNDS = 5

/** What is timed; all but `fitting` and `combining` are parts of combining, each timed once more by itself. */
const PARTS = [
  'fitting',
  'combining',
  'description of the series',
  'ballast fitted',
  'weights',
  'joint distribution',
  'of it: simulated futures as quantiles',
  'widths',
] as const
type Part = (typeof PARTS)[number]
type Times = Record<Part, number>

const zero = (): Times => Object.fromEntries(PARTS.map((part) => [part, 0])) as Times

/** The same forecast whose simulated futures nobody has sorted yet. */
const unseen = (forecast: Forecast): Forecast =>
  forecast.spread.kind === 'paths'
    ? { mean: forecast.mean, spread: { ...forecast.spread, values: forecast.spread.values.slice() } }
    : forecast

function timesOf(gathered: Gathered, horizon: number, clock: () => number): Times | null {
  const times = zero()
  const timed = <T>(part: Part, work: () => T): T => {
    const begin = clock()
    const result = work()
    times[part] += clock() - begin
    return result
  }
  const parts = timed('fitting', () => fitAll(gathered.pool.members, gathered, new Map()))
  times.fitting *= 2
  if (parts.length < 2 || gathered.sparse) return null
  const fresh = parts.map((part) => ({ ...part, forecast: unseen(part.forecast) }))
  const futures = parts.flatMap(({ forecast }) => (forecast.spread.kind === 'paths' ? [unseen(forecast)] : []))
  timed('combining', () => together(parts, gathered, knownOf(gathered, horizon), 'auto', new Map()))

  const known = timed('description of the series', () => knownOf(gathered, horizon))
  const ballast = timed('ballast fitted', () => fitAll(gathered.pool.ballast, gathered, new Map()))
  const all = [...fresh, ...ballast]
  const names = all.map(({ model }) => model)
  if (!isMixed(names)) return null
  const paths = all.map(({ forecast }) => forecast.mean)
  const weighting = timed('weights', () => {
    const inputs = weightInputs(known, gathered, names, paths, middleOf(paths.slice(0, fresh.length)))
    return learnedWeighting(learnedMixture(inputs, { steps: gathered.steps, horizon }), known.scale)
  })
  const { forecast } = timed('joint distribution', () => answerTogether(fresh, ballast, weighting))
  timed('of it: simulated futures as quantiles', () => futures.map((each) => quantileGrid(each, combinedProbabilities)))
  timed('widths', () => withWidths(forecast, widthFactors(spreadInputs(known, forecast), gathered.steps)))
  return times
}

const processor = (): number => process.cpuUsage().user / 1000
const wall = (): number => performance.now()

function measured(set: string, all: readonly BenchSeries[]): string[][] {
  const first = zero()
  const least = new Map<BenchSeries, Times>()
  for (let round = 0; round <= ROUNDS; round++)
    for (const one of all) {
      const item = asSeries(one)
      const options = optionsFor(item, DEFAULT_CONFIG, one.test.length)
      const gathered = gather(item, options, unwatched)
      const times = timesOf(gathered, Math.min(options.horizon, gathered.steps), round === 0 ? processor : wall)
      if (times === null) continue
      const before = least.get(one)
      for (const part of PARTS)
        if (round === 0) first[part] += times[part]
        else times[part] = Math.min(times[part], before?.[part] ?? Number.POSITIVE_INFINITY)
      if (round > 0) least.set(one, times)
    }
  const warm = zero()
  for (const times of least.values()) for (const part of PARTS) warm[part] += times[part]
  const per = (total: number): string => (total / least.size).toFixed(3)
  const share = (times: Times, part: Part): string => `${((100 * times[part]) / times.fitting).toFixed(1)} %`
  return PARTS.map((part, i) => [
    i === 0 ? set : '',
    i === 0 ? String(least.size) : '',
    part,
    ...[per(first[part]), share(first, part), per(warm[part]), share(warm, part)],
  ])
}

const rows = SETS.flatMap(([set, series]) => measured(set, readSet(defaultData, set, series)))
console.log(table(['set', 'series', 'ms a series', 'first round', 'of fitting', 'warm', 'of fitting'], rows))
