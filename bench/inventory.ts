/**
 * Ordering in the past by the reorder points: does stock serve as it was asked to, and how much of it does that take?
 *
 *   npm run bench:inventory -- [--data DIR] [--sets a,b] [--limit 80] [--reviews 2] [--lead 2] [--review 1] [--workers 2] [--json]
 *
 * At each review the series is forecast from what was known then, and the stock on hand and on order is raised to the
 * reorder point (lead time plus review). Of parts many series and few reviews, since the cycles of one overlap; of shops
 * an eighth of the series and five times the reviews, since a week moves them all. The textbook rule orders up to
 * μT + zσ√T, mean and standard deviation of the history, in whole pieces where demand is in pieces; its z is set where it
 * achieves the service that ours achieved.
 * `promised` is what the engine expected of its reorder points, which are whole where demand is in pieces.
 */
import { parseArgs } from 'node:util'
import { areCounts } from '../src/automl/publish.ts'
import { runBatch } from '../src/batch/run.ts'
import type { Task } from '../src/batch/task.ts'
import { DEFAULT_CONFIG } from '../src/processor/config.ts'
import { optionsFor } from '../src/processor/options-for.ts'
import { asSeries, defaultData, readSet } from './data.ts'
import { type Ordering, type OrderingResult, order, together } from './ordering.ts'
import { table } from './table.ts'

const SETS = [
  ...['auto_monthly', 'carparts_monthly', 'man_weekly', 'oil_monthly', 'raf_monthly'].map(
    (set) => `intermittent/${set}`,
  ),
  ...['dominicks_oj_weekly', 'jewelry_weekly', 'walmart_weekly', 'online_retail_daily', 'store_item_daily'].map(
    (set) => `retail/${set}`,
  ),
  'm5/daily',
]
/** As the curve of every result has them. */
const LEVELS = [0.9, 0.95, 0.98] as const

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    sets: { type: 'string' },
    limit: { type: 'string', default: '80' },
    reviews: { type: 'string', default: '2' },
    lead: { type: 'string' },
    review: { type: 'string' },
    workers: { type: 'string', default: '2' },
    effort: { type: 'string', default: 'balanced' },
    json: { type: 'boolean', default: false },
  },
})

/** Lead time and review in periods: two months and one, two weeks and one, a week and a week. */
const termsOf = (set: string): { lead: number; review: number } => {
  const usual = set.includes('daily') ? { lead: 7, review: 7 } : { lead: 2, review: 1 }
  const given = (value: string | undefined, otherwise: number): number =>
    value === undefined ? otherwise : Number(value)
  return { lead: given(flags.lead, usual.lead), review: given(flags.review, usual.review) }
}

async function orderings(set: string): Promise<Promised[]> {
  const terms = termsOf(set)
  const config = {
    ...DEFAULT_CONFIG,
    effort: flags.effort as 'balanced',
    leadTime: terms.lead,
    reviewPeriod: terms.review,
  }
  // the weeks of a shop move all its series: many of them, of few series; parts move each by itself
  const apart = set.startsWith('intermittent')
  const limit = apart ? Number(flags.limit) : Number(flags.limit) / 8
  const all = readSet(flags.data, set, limit).filter(({ train }) => train.some((value) => value > 0))
  const tasks: Task[] = []
  const found = all.map((series): Ordering & { points: number[][]; promised: number[][] } => {
    const demand = Float64Array.from([...series.train, ...series.test])
    return { ...terms, demand, from: series.train.length, points: [], promised: [] }
  })
  const place: { series: number; review: number }[] = []
  for (const [at, series] of all.entries()) {
    const { demand, from, lead, review } = found[at]!
    const most = apart ? Number(flags.reviews) : 5 * Number(flags.reviews)
    for (let k = 0; k < most && from + k * review + lead + review <= demand.length; k++) {
      const now = asSeries({ ...series, train: demand.slice(0, from + k * review) })
      const options = optionsFor(now, config, lead + review)
      tasks.push({ index: tasks.length, series: now, options, unit: null, repairs: [], problems: [] })
      place.push({ series: at, review: k })
    }
  }
  for await (const { index, outcome } of runBatch(tasks, { workers: Number(flags.workers), shareCopies: true })) {
    const { series, review } = place[index]!
    const curve = LEVELS.map((level) => outcome?.inventory?.serviceCurve.find((each) => each.serviceLevel === level))
    found[series]!.points[review] = curve.map((each) => each?.reorderPoint ?? Number.NaN)
    found[series]!.promised[review] = curve.map((each) => each?.service ?? Number.NaN)
  }
  return found.filter(({ points }) => points.length > 0 && points.every((each) => each.every(Number.isFinite)))
}

/** What the engine expected of each reorder point. */
type Promised = Ordering & { readonly promised: readonly (readonly number[])[] }

const rows: {
  set: string
  series: number
  level: number
  promised: number
  ours: OrderingResult
  textbook: OrderingResult
}[] = []
const everything: Promised[] = []
function judge(set: string, all: readonly Promised[]): void {
  for (const [k, level] of LEVELS.entries()) {
    const ours = together(
      all.map((each) =>
        order(
          each,
          each.points.map((point) => point[k]!),
        ),
      ),
    )
    const expected = all.flatMap(({ promised }) => promised.map((each) => each[k]!))
    const promised = expected.reduce((sum, each) => sum + each, 0) / expected.length
    rows.push({ set, series: all.length, level, promised, ours, textbook: textbookAt(all, ours.cycleService) })
  }
}

/** The textbook rule with the z that gives this service, by halving: service rises with z. */
function textbookAt(all: readonly Ordering[], service: number): OrderingResult {
  let low = -3
  let high = 20
  const at = (z: number): OrderingResult =>
    together(
      all.map((each) =>
        order(
          each,
          each.points.map((_, k) => {
            const history = each.demand.subarray(0, each.from + k * each.review).filter((value) => !Number.isNaN(value))
            const mean = history.reduce((sum, value) => sum + value, 0) / history.length
            const squares = history.reduce((sum, value) => sum + (value - mean) ** 2, 0)
            const time = each.lead + each.review
            const point = mean * time + z * Math.sqrt((squares / Math.max(1, history.length - 1)) * time)
            return Math.max(0, areCounts(history) ? Math.ceil(point) : point)
          }),
        ),
      ),
    )
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2
    if (at(middle).cycleService >= service) high = middle
    else low = middle
  }
  return at(high)
}

const percent = (share: number): string => (100 * share).toFixed(1)
const head = ['set', 'series', 'target', 'promised', 'achieved', 'off', 'fill rate', 'stock', 'textbook', 'stock saved']
const print = (from: number): void => {
  const body = rows
    .slice(from)
    .map(({ set, series, level, promised, ours, textbook }) => [
      ...[set, String(series), percent(level), percent(promised)],
      ...[percent(ours.cycleService), percent(ours.cycleService - level)],
      ...[percent(ours.fillRate), ours.stock.toFixed(2), textbook.stock.toFixed(2)],
      `${(100 - (100 * ours.stock) / textbook.stock).toFixed(1)} %`,
    ])
  console.log(table(head, body))
}

for (const set of flags.sets?.split(',') ?? SETS) {
  const all = await orderings(set)
  everything.push(...all)
  judge(set, all)
  // a set takes minutes: each is told as it is done
  if (!flags.json) print(rows.length - LEVELS.length)
}
judge('all', everything)
if (flags.json) console.log(JSON.stringify(rows))
else print(0)
