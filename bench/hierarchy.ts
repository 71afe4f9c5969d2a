/**
 * Do forecasts that add up forecast better, level by level, and what does it cost?
 *
 *   npm run bench:hierarchy -- [--data DIR] [--only accuracy,speed] [--origins 1] [--workers 2]
 *
 * accuracy: Australian tourism by the names of its series, region and state crossed with purpose. speed: 10,000 series of
 * 100 places and 100 products, and a tree of as many, twelve periods.
 */
import { parseArgs } from 'node:util'
import type { Outcome } from '../src/automl/outcome.ts'
import { runBatch } from '../src/batch/run.ts'
import type { Task } from '../src/batch/task.ts'
import type { Method } from '../src/hierarchy/covariance.ts'
import { METHODS } from '../src/hierarchy/covariance.ts'
import { hierarchyOf } from '../src/hierarchy/hierarchy.ts'
import { totalName, totalsBy } from '../src/hierarchy/levels.ts'
import { keysByTemplate } from '../src/hierarchy/names.ts'
import { reconcileForecasts } from '../src/hierarchy/reconcile-forecasts.ts'
import { randomStream } from '../src/math/random.ts'
import type { PublishedForecast } from '../src/models/published-forecast.ts'
import { errorsOf } from '../src/portfolio/reconciled.ts'
import { DEFAULT_CONFIG } from '../src/processor/config.ts'
import { optionsFor } from '../src/processor/options-for.ts'
import { defaultData, readSet } from './data.ts'
import { table } from './table.ts'

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    only: { type: 'string', default: 'accuracy,speed' },
    origins: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
  },
})

const STATES = 'ACT|New_South_Wales|Northern_Territory|Queensland|South_Australia|Tasmania|Victoria|Western_Australia'
const TEMPLATE = `AT_{region}_{state:${STATES}}_{purpose}`

/** Totals of every period of rows of equal length. */
function totalRows(rows: readonly Float64Array[], parts: Int32Array): Float64Array {
  const sum = new Float64Array(rows[0]!.length)
  for (const part of parts) for (const [t, value] of rows[part]!.entries()) sum[t]! += value
  return sum
}

async function accuracy(): Promise<void> {
  const all = readSet(flags.data, 'other/aus_tourism_quarterly')
  const { columns, rows } = keysByTemplate(
    all.map(({ id }) => id),
    TEMPLATE,
  )
  if (rows.some((row) => row === null)) throw new Error('a name does not fit the template')
  const hierarchy = hierarchyOf(all.length, totalsBy({ columns, rows: rows.map((row) => row!) }))
  const horizon = all[0]!.test.length
  const origins = Number(flags.origins)
  const whole = all.map(({ train, test }) => Float64Array.from([...train, ...test]))
  const nodes = [...whole, ...hierarchy.totals.map(({ parts }) => totalRows(whole, parts))]
  const names = [...all.map(({ id }) => id), ...hierarchy.totals.map((each) => totalName(each, columns))]
  const levelOf = (i: number): string =>
    i < all.length ? 'region × purpose' : hierarchy.totals[i - all.length]!.level.join(' × ') || 'all'
  const losses = new Map<string, Map<string, { mase: number; pinball: number; inside: number; count: number }>>()
  let worstGap = 0
  for (let origin = 0; origin < origins; origin++) {
    const end = nodes[0]!.length - horizon - origin * horizon
    const tasks = nodes.map((values, index): Task => {
      const series = { name: names[index]!, values: values.slice(0, end), seasonLength: 4, calendar: null }
      const options = optionsFor(series, DEFAULT_CONFIG, horizon)
      return { index, series, options, unit: null, repairs: [], problems: [] }
    })
    const outcomes = new Array<Outcome | null>(tasks.length).fill(null)
    for await (const { index, outcome } of runBatch(tasks, { workers: Number(flags.workers) }))
      outcomes[index] = outcome
    const base = outcomes.map((outcome): PublishedForecast | null => outcome?.forecast ?? null)
    const errors = errorsOf(outcomes)
    const floors = all.map(() => true)
    const judge = (label: string, forecasts: readonly (PublishedForecast | null)[]): void => {
      for (const [i, forecast] of forecasts.entries()) {
        if (forecast?.bands == null) throw new Error(`no forecast of ${names[i]}`)
        const { mean, bands } = forecast
        const history = nodes[i]!.subarray(0, end)
        let scale = 0
        for (let t = 4; t < end; t++) scale += Math.abs(history[t]! - history[t - 4]!) / (end - 4)
        const levels = losses.get(label) ?? new Map()
        losses.set(label, levels)
        for (const level of [levelOf(i), 'every level']) {
          const sum = levels.get(level) ?? { mase: 0, pinball: 0, inside: 0, count: 0 }
          // the average over all levels gives each level the same weight
          levels.set(level, sum)
          if (level === 'every level') continue
          for (let h = 0; h < horizon; h++) {
            const actual = nodes[i]![end + h]!
            sum.mase += Math.abs(actual - mean[h]!) / scale
            sum.count++
            const quantile = (p: number): number =>
              bands.values[h * bands.probabilities.length + bands.probabilities.indexOf(p)]!
            sum.inside += Number(actual >= quantile(0.1) && actual <= quantile(0.9))
            for (const p of [0.1, 0.25, 0.5, 0.75, 0.9]) {
              const over = actual - quantile(p)
              sum.pinball += (2 * Math.max(p * over, (p - 1) * over)) / scale / 5
            }
          }
        }
      }
    }
    judge('base', base)
    for (const method of METHODS) {
      const { forecasts, shrinkage } = reconcileForecasts(
        hierarchy,
        base,
        floors,
        errors,
        method,
        randomStream(`bench|${method}`),
      )
      if (method === 'mint' && origin === 0) console.log(`${nodes.length} nodes, shrinkage ${shrinkage.toFixed(3)}`)
      judge(method, forecasts)
      for (const [k, { parts }] of hierarchy.totals.entries())
        for (let h = 0; h < horizon; h++) {
          let sum = 0
          for (const part of parts) sum += forecasts[part]!.mean[h]!
          worstGap = Math.max(worstGap, Math.abs(sum / forecasts[all.length + k]!.mean[h]! - 1))
        }
    }
  }
  const labels = ['base', ...METHODS]
  const levels = [...losses.get('base')!.keys()].filter((level) => level !== 'every level').reverse()
  const measure = (of: 'mase' | 'pinball' | 'inside', digits: number): void => {
    const value = (label: string, level: string): number => {
      const { count, [of]: sum } = losses.get(label)!.get(level)!
      return sum / count
    }
    const body = levels.map((level) => [
      level,
      String(losses.get('base')!.get(level)!.count / horizon / origins),
      ...labels.map((label) => value(label, level).toFixed(digits)),
      ...(of === 'inside' ? [''] : [`${(100 * (1 - value('mint', level) / value('bottom_up', level))).toFixed(1)} %`]),
    ])
    const mean = (label: string): number => levels.reduce((sum, level) => sum + value(label, level) / levels.length, 0)
    body.push(['mean of the levels', '', ...labels.map((label) => mean(label).toFixed(digits)), ''])
    console.log(`\n${of}\n${table(['level', 'series', ...labels, 'mint gains'], body)}`)
  }
  measure('mase', 4)
  measure('pinball', 4)
  measure('inside', 3)
  console.log(`largest relative gap between a total and its parts: ${worstGap.toExponential(1)}`)
}

function speed(): void {
  const rows: string[][] = []
  const count = 10_000
  const shapes: [string, readonly (readonly string[])[]][] = [
    ['100 places × 100 products', Array.from({ length: count }, (_, i) => [`p${i % 100}`, `q${Math.floor(i / 100)}`])],
    ['tree of 2,000 groups', Array.from({ length: count }, (_, i) => [`g${i % 2000}`, `s${i}`])],
  ]
  const horizon = 12
  const length = 60
  const probabilities = Float64Array.of(
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.2,
    0.25,
    0.3,
    0.4,
    0.5,
    0.6,
    0.7,
    0.75,
    0.8,
    0.9,
    0.95,
    0.975,
    0.99,
    0.995,
  )
  for (const [shape, keys] of shapes) {
    const random = randomStream(shape)
    const hierarchy = hierarchyOf(count, totalsBy({ columns: ['a', 'b'], rows: keys }))
    const histories: Float64Array[] = keys.map(() => Float64Array.from({ length }, () => 50 + 10 * random.normal()))
    for (const { parts } of hierarchy.totals) histories.push(totalRows(histories, parts))
    const base = histories.map((history): PublishedForecast => {
      const mean = new Float64Array(horizon).fill(history.reduce((sum, value) => sum + value, 0) / length)
      const values = Float64Array.from(
        { length: horizon * probabilities.length },
        (_, k) => mean[0]! + 10 * ((k % probabilities.length) - 9),
      )
      return { mean, bands: { probabilities, values, response: new Float64Array(horizon).fill(1, 0, 1) } }
    })
    for (const method of METHODS as readonly Method[]) {
      const before = process.cpuUsage()
      const begin = performance.now()
      const errors = errorsOf(
        histories.map((history) => ({ trialErrors: [{ back: length, errors: Array.from(history) }] })),
      )
      reconcileForecasts(
        hierarchy,
        base,
        keys.map(() => true),
        errors,
        method,
        random,
      )
      const { user, system } = process.cpuUsage(before)
      const rss = process.resourceUsage().maxRSS / 1024
      rows.push([
        shape,
        method,
        String(histories.length),
        ((performance.now() - begin) / 1000).toFixed(2),
        ((user + system) / 1e6).toFixed(2),
        rss.toFixed(0),
      ])
    }
  }
  console.log(
    `\n${table(['10,000 series, 12 periods', 'method', 'nodes', 'seconds', 'processor s', 'most MB so far'], rows)}`,
  )
}

if (flags.only.includes('accuracy')) await accuracy()
if (flags.only.includes('speed')) speed()
