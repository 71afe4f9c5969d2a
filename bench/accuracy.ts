/**
 * Forecast accuracy on public competition data, next to stored forecasts of others on the same series:
 *
 *   npm run bench:accuracy -- [--data DIR] [--sets a,b] [--models a,b] [--all] [--limit N] [--json]
 *
 * `ets` and `dot` (dynamic optimised theta) are the product's models with their default options; `r-ets` are R's forecasts (forecast package, 2018), `theta`
 * the M3 entry. Sets of sparse demand (`intermittent/...`) are judged by their quantiles instead. Naive2 is checked against the organisers' own forecasts: exit code 1 where it differs, 2 where a
 * series could not be forecast.
 */
import { parseArgs } from 'node:util'
import { coverage, mase, msis, owa, rmsse, seasonalNaiveMae, seasonalNaiveMse, smape } from '../src/evaluate/metrics.ts'
import { quantileAt } from '../src/models/bands.ts'
import type { Forecast } from '../src/models/forecast.ts'
import { INTERMITTENT, intermittentRows, PROBABILITIES } from './accuracy-intermittent.ts'
import { type BenchSeries, defaultData, readReference, readSet } from './data.ts'
import { chosenModels } from './models.ts'
import { naive2 } from './naive2.ts'
import { table } from './table.ts'

const M3 = ['m3/monthly', 'm3/quarterly', 'm3/yearly', 'm3/other']
const ALL = [
  ...M3,
  ...['m4/yearly', 'm4/quarterly', 'm4/monthly_sample', 'm4/weekly', 'm4/hourly'],
  ...['m4/monthly_pseudo', 'm1/monthly', 'm1/quarterly', 'm1/yearly'],
  ...['tourism/monthly', 'tourism/quarterly', 'tourism/yearly', 'm5/daily', 'other/hospital_monthly'],
  ...['other/nn5_daily', 'other/pbs_scripts_monthly', 'retail/walmart_weekly', 'retail/dominicks_oj_weekly'],
]
const CHECKED = ['m4/yearly', 'm4/quarterly', 'm4/weekly']
const LEVELS = [0.8, 0.95] as const

export interface AccuracyRow {
  readonly set: string
  readonly model: string
  readonly series: number
  readonly smape: number
  readonly mase: number
  readonly rmsse: number
  /** Relative to our Naive2 on the same series. */
  readonly owa: number
  /** RMSSE over that of repeating the last season of the set's own length. */
  readonly relative: number
  /** Shares, and the score of the 95 % interval; null where a method has no bands. */
  readonly coverage80: number | null
  readonly coverage95: number | null
  readonly msis: number | null
  /** For all series, one thread; null for stored forecasts. */
  readonly seconds: number | null
}

interface Answer {
  readonly mean: Float64Array
  /** Lower and upper end per level. */
  readonly bands: readonly (readonly [Float64Array, Float64Array])[] | null
}

function answerOf(forecast: Forecast): Answer {
  const ends = (level: number) =>
    [quantileAt(forecast, (1 - level) / 2), quantileAt(forecast, (1 + level) / 2)] as const
  const bands = LEVELS.map(ends)
  if (![forecast.mean, ...bands.flat()].every((values) => values.every(Number.isFinite)))
    throw new Error('a forecast is not finite')
  return { mean: forecast.mean, bands }
}

/** The last season over and over. */
const lastSeason = ({ train, test, seasonLength: m }: BenchSeries): Float64Array =>
  test.map((_, h) => train[train.length - m + (h % m)]!)

/** Average over the series where the measure exists: a flat history has no scale, and so no scaled error. */
function average(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite)
  return finite.reduce((total, value) => total + value, 0) / finite.length
}

function score(set: string, model: string, all: readonly BenchSeries[], answers: readonly Answer[]) {
  const scales = all.map((s) => seasonalNaiveMae(s.train, s.seasonLength))
  const squares = all.map((s) => seasonalNaiveMse(s.train, s.seasonLength))
  const each = (f: (s: BenchSeries, answer: Answer, i: number) => number): number =>
    average(all.map((s, i) => f(s, answers[i]!, i)))
  const banded = answers.every((answer) => answer.bands !== null)
  const covered = (k: number): number | null =>
    banded ? each((s, answer) => coverage(s.test, answer.bands![k]![0], answer.bands![k]![1])) : null
  return {
    set,
    model,
    series: all.length,
    smape: each((s, answer) => smape(s.test, answer.mean)),
    mase: each((s, answer, i) => mase(s.test, answer.mean, scales[i]!)),
    rmsse: each((s, answer, i) => rmsse(s.test, answer.mean, squares[i]!)),
    coverage80: covered(0),
    coverage95: covered(1),
    msis: banded
      ? each((s, answer, i) => msis(s.test, answer.bands![1]![0], answer.bands![1]![1], LEVELS[1], scales[i]!))
      : null,
  }
}

/** Our Naive2 against the organisers' forecasts, which are stored with 8 digits: 1e-9 beyond that rounding. */
function checkNaive2(data: string, limit: number) {
  const official = readReference(data, 'm4/ref_naive2_ses.csv.gz', 'Naive2')
  return CHECKED.map((set) => {
    let series = 0
    let worst = 0
    for (const { id, train, seasonLength, test } of readSet(data, set, limit)) {
      const expected = official.get(id)
      if (expected === undefined) continue
      series++
      const ours = naive2(train, seasonLength, test.length)
      expected.forEach((value, h) => {
        const rounding = 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) - 7)
        const excess = (Math.abs(ours[h]! - value) - rounding) / Math.abs(value)
        worst = Number.isNaN(excess) ? Number.POSITIVE_INFINITY : Math.max(worst, excess)
      })
    }
    return { set, model: 'naive2 against official', series, worst, passed: series > 0 && worst <= 1e-9 }
  })
}

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    sets: { type: 'string', default: M3.join(',') },
    models: { type: 'string' },
    all: { type: 'boolean', default: false },
    limit: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const limit = options.limit === undefined ? Number.POSITIVE_INFINITY : Number(options.limit)
if (!(limit >= 1)) throw new Error(`--limit ${options.limit}: a whole number from 1 is expected`)

const models = chosenModels(options.models)
const rows: AccuracyRow[] = []
const failures: { set: string; series: string; cause: string }[] = []
const sets = options.all ? [...ALL, ...INTERMITTENT] : options.sets.split(',')
const sparse = sets
  .filter((set) => INTERMITTENT.includes(set))
  .flatMap((set) => intermittentRows(options.data, set, limit))
for (const set of sets.filter((one) => !INTERMITTENT.includes(one))) {
  let series = readSet(options.data, set, limit)
  const ours = models.map(([name, run]) => ({ name, run, answers: [] as Answer[], seconds: 0 }))
  series = series.filter((one) => {
    const found: Answer[] = []
    for (const model of ours) {
      const begin = performance.now()
      try {
        found.push(answerOf(model.run(one)))
      } catch (error) {
        failures.push({ set, series: one.id, cause: `${model.name}: ${error}` })
        return false
      }
      model.seconds += (performance.now() - begin) / 1000
    }
    for (const [i, model] of ours.entries()) model.answers.push(found[i]!)
    return true
  })
  const begin = performance.now()
  const reference = series.map((s) => ({ mean: naive2(s.train, s.seasonLength, s.test.length), bands: null }))
  const yardstick = score(set, 'naive2', series, reference)
  const seasonal = score(
    set,
    'seasonal_naive',
    series,
    series.map((s) => ({ mean: lastSeason(s), bands: null })),
  )
  const add = (row: ReturnType<typeof score>, time: number | null): void => {
    rows.push({
      ...row,
      owa: owa(row.smape, row.mase, yardstick.smape, yardstick.mase),
      relative: row.rmsse / seasonal.rmsse,
      seconds: time,
    })
  }
  add(yardstick, (performance.now() - begin) / 1000)
  for (const { name, answers, seconds } of ours) add(score(set, name, series, answers), seconds)
  const stored = set.startsWith('m3/')
    ? ([
        ['r-ets', 'm3/ref_r_forecast_2018.csv.gz', 'ets_forec'],
        ['r-arima', 'm3/ref_r_forecast_2018.csv.gz', 'auto_arima_forec'],
        ['theta', 'm3/ref_m3_competition_methods.csv.gz', 'THETA'],
      ] as const)
    : []
  for (const [model, file, method] of stored) {
    const forecasts = readReference(options.data, file, method)
    const missing = series.filter((s) => forecasts.get(s.id)?.length !== s.test.length)
    if (missing.length > 0) throw new Error(`${file}: no ${method} for ${missing.map((s) => s.id).join(' ')}`)
    const peer = series.map((s) => ({ mean: forecasts.get(s.id)!, bands: null }))
    add(score(set, model, series, peer), null)
  }
}
const checks = checkNaive2(options.data, limit)

if (options.json) console.log(JSON.stringify({ rows, checks, failures, intermittent: sparse }))
else {
  const fixed = (value: number | null, digits: number): string => (value === null ? '' : value.toFixed(digits))
  const percent = (value: number | null): string => (value === null ? '' : `${(100 * value).toFixed(1)} %`)
  const head = [
    'set',
    'model',
    'series',
    'sMAPE',
    'MASE',
    'RMSSE',
    'OWA',
    '/ naive',
    'in 80 %',
    'in 95 %',
    'MSIS',
    'seconds',
  ]
  const body = rows.map((row) => [
    row.set,
    row.model,
    String(row.series),
    fixed(row.smape, 3),
    fixed(row.mase, 3),
    fixed(row.rmsse, 3),
    fixed(row.owa, 3),
    fixed(row.relative, 3),
    percent(row.coverage80),
    percent(row.coverage95),
    fixed(row.msis, 2),
    fixed(row.seconds, 2),
  ])
  if (body.length > 0) console.log(table(head, body))
  if (sparse.length > 0) {
    const probabilities = PROBABILITIES.map((p) => `${100 * p} %`)
    const lines = sparse.map(({ set, model, series, pinball, relative, seconds }) => [
      set,
      model,
      String(series),
      ...pinball.map((loss) => fixed(loss, 3)),
      fixed(relative, 3),
      fixed(seconds, 2),
    ])
    console.log(table(['scaled pinball', 'model', 'series', ...probabilities, 'relative', 'seconds'], lines))
  }
  for (const check of checks)
    console.log(
      `${check.passed ? 'ok' : 'WRONG'}: ${check.model}, ${check.set}, ${check.series} series, ${check.worst} off`,
    )
  for (const failure of failures) console.log(`FAILED: ${failure.set} ${failure.series}: ${failure.cause}`)
}
process.exitCode = failures.length > 0 ? 2 : checks.every((check) => check.passed) ? 0 : 1
