/**
 * New items by items like them: series cut to their last few periods are forecast among whole ones, and judged against the
 * forecast from those few periods alone.
 *
 *   npm run bench:analogy -- [--data DIR] [--sets a,b] [--limit 60] [--periods 2,4] [--workers 2]
 */
import { parseArgs } from 'node:util'
import { quantileAt } from '../src/automl/published-quantiles.ts'
import { runBatch } from '../src/batch/run.ts'
import type { SeriesResult } from '../src/batch/run-result.ts'
import type { Task } from '../src/batch/task.ts'
import { byAnalogy } from '../src/portfolio/analogy.ts'
import type { Member } from '../src/portfolio/member.ts'
import { DEFAULT_CONFIG } from '../src/processor/config.ts'
import { optionsFor } from '../src/processor/options-for.ts'
import { asSeries, defaultData, readSet } from './data.ts'
import { table } from './table.ts'

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    sets: { type: 'string', default: 'other/aus_tourism_quarterly,other/aus_retail_monthly,intermittent/raf_monthly' },
    limit: { type: 'string', default: '60' },
    periods: { type: 'string', default: '2,4' },
    workers: { type: 'string', default: '2' },
  },
})

const rows: string[][] = []
for (const set of flags.sets.split(',')) {
  const all = readSet(flags.data, set, Number(flags.limit)).filter(({ train }) => train.some((value) => value > 0))
  for (const periods of flags.periods.split(',').map(Number)) {
    // every fourth is new
    const series = all.map((each, i) => (i % 4 === 0 ? { ...each, train: each.train.slice(-periods) } : each))
    const tasks = series.map((each, index): Task => {
      const own = { ...asSeries(each), seasonLength: each.seasonLength }
      return {
        index,
        series: own,
        options: optionsFor(own, DEFAULT_CONFIG, each.test.length),
        unit: null,
        repairs: [],
        problems: [],
      }
    })
    const members = new Array<Member>(tasks.length)
    for await (const { index, status, outcome } of runBatch(tasks, { workers: Number(flags.workers) })) {
      const { series: own, options } = tasks[index]!
      const { values, seasonLength } = own
      const { horizon, levels } = options
      const result: SeriesResult = {
        ...{
          name: own.name,
          status,
          unit: null,
          calendar: null,
          seasonLength,
          observations: values.length,
          history: values,
          horizon,
          levels,
        },
        ...{ dates: new Array<null>(horizon).fill(null), outcome, repairs: [], problems: [] },
      }
      // all end together, as a calendar would tell
      const calendar = {
        frequency: { unit: 'month', step: 1 },
        start: startOf(values.length),
        monthEnd: false,
      } as const
      members[index] = { result, values, calendar, seasonLength, group: {}, supply: {} }
    }
    const alike = byAnalogy(members)
    const fresh = [...members.keys()].filter((i) => alike[i] !== members[i]!.result)
    const of = (results: readonly SeriesResult[]) => {
      let error = 0
      let inside = 0
      let count = 0
      for (const i of fresh) {
        const { test, train } = all[i]!
        const scale = train.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0) / train.length
        const { mean, bands } = results[i]!.outcome!.forecast!
        for (const [h, actual] of test.entries()) {
          if (Number.isNaN(actual)) continue
          count++
          error += Math.abs(actual - mean[h]!) / scale
          if (bands !== null)
            inside += Number(actual >= quantileAt(bands, h, 0.1) && actual <= quantileAt(bands, h, 0.9))
        }
      }
      return [(error / count).toFixed(3), `${((100 * inside) / count).toFixed(1)} %`]
    }
    rows.push([set, String(periods), String(fresh.length), ...of(members.map(({ result }) => result)), ...of(alike)])
  }
}
console.log(table(['set', 'periods', 'new items', 'alone', 'in 80 %', 'by analogy', 'in 80 %'], rows))

/** A month such that a history of that length ends in December 2020. */
function startOf(length: number): string {
  const month = 2020 * 12 + 12 - length
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
}
