import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CheckpointStore } from '../../src/batch/checkpoint.ts'
import type { Task } from '../../src/batch/task.ts'
import { randomStream } from '../../src/math/random.ts'
import { BatchForecastProcessor } from '../../src/processor/batch-forecast-processor.ts'
import { withCompanions } from '../../src/processor/companions.ts'
import type { SeriesInput } from '../../src/processor/portfolio.ts'
import { tasksOf } from '../batch/tasks.ts'

const N = 96
const HORIZON = 4
const GROUPS = 4

/** Orders that become shipments two months later, and what the future brought. */
function portfolio() {
  const series: Record<string, SeriesInput> = {}
  const actual: Record<string, number[]> = {}
  const put = (name: string, values: number[]): void => {
    series[name] = { values: values.slice(0, N), start: '2018-01-01', frequency: 'monthly' }
    actual[name] = values.slice(N)
  }
  for (let g = 0; g < GROUPS; g++) {
    const random = randomStream(`orders ${g}`)
    let level = 0
    const orders = Array.from({ length: N + HORIZON }, () => {
      level = 0.7 * level + random.normal()
      return 100 + 10 * level
    })
    put(`orders ${g}`, orders)
    put(
      `shipments ${g}`,
      orders.map((_, t) => 0.9 * orders[Math.max(0, t - 2)]! + 2 * random.normal()),
    )
  }
  return { series, actual }
}

const run = (series: Record<string, SeriesInput>, config: { relatedSeries?: boolean; maxWorkers?: number }) =>
  new BatchForecastProcessor()
    .setConfig({ verbose: false, maxWorkers: 1, ...config })
    .fitBatch(series, { forecastSteps: HORIZON })

test('a series that another leads is forecast with it by default, says so, and is foreseen better', async () => {
  const { series, actual } = portfolio()
  const [together, apart] = [await run(series, {}), await run(series, { relatedSeries: false })]
  const error = (results: typeof together, name: string): number => {
    const { mean } = results.get(name)!.forecast!
    return actual[name]!.reduce((sum, value, h) => sum + Math.abs(value - mean[h]!), 0)
  }
  const byVar = [...together.values()].filter(({ used }) => used === 'var').map(({ name }) => name)
  assert.ok(byVar.length >= 2 && byVar.every((name) => name.startsWith('shipments')), byVar.join())
  const sum = (results: typeof together): number => byVar.reduce((total, name) => total + error(results, name), 0)
  assert.ok(sum(together) < 0.8 * sum(apart), `${sum(together)} with, ${sum(apart)} without`)
  for (const name of byVar) {
    const { plain, explanation } = together.get(name)!
    const [lead] = plain.outcome!.related
    assert.equal(lead!.leader, name.replace('shipments', 'orders'))
    assert.equal(lead!.lag, 2)
    assert.ok(lead!.grangerP! < 0.001)
    const codes = explanation.whyChosen.map(({ code }) => code)
    assert.ok(codes.includes('follows_another') && codes.includes('leaders_used'))
  }
  assert.ok([...apart.values()].every(({ plain, used }) => plain.outcome!.related.length === 0 && used !== 'var'))
})

test('the same groups and numbers with worker threads and in another order', async () => {
  const { series } = portfolio()
  const alone = await run(series, {})
  const shuffled = await run(Object.fromEntries(Object.entries(series).reverse()), { maxWorkers: 2 })
  for (const [name, { plain }] of alone) assert.deepEqual(shuffled.get(name)!.plain.outcome, plain.outcome)
})

test('who leads whom is looked for once for the same series, and found in the checkpoint after that', () => {
  const { series } = portfolio()
  const tasks = Object.entries(series).map(([name, input], index): Task => {
    const values = Float64Array.from((input as { values: number[] }).values)
    const calendar = { frequency: { unit: 'month', step: 1 }, start: '2018-01-01', monthEnd: false } as const
    return { ...tasksOf([name])[0]!, index, series: { name, values, seasonLength: 12, calendar } }
  })
  const kept = new Map<string, Uint8Array>()
  let writes = 0
  const checkpoint: CheckpointStore = {
    inOrder: (all) => all,
    find: (keys) => keys.map((key) => kept.get(key) ?? null),
    async keep(answers) {
      writes++
      for (const { key, body } of answers) kept.set(key, body)
    },
    async close() {},
  }
  const first = withCompanions(tasks, checkpoint)
  assert.ok(first.some((task) => task.series.companions !== undefined))
  assert.deepEqual(withCompanions(tasks, checkpoint), first)
  assert.deepEqual(withCompanions(tasks, null), first)
  assert.equal(writes, 1)
  const [changed, ...rest] = tasks
  const values = changed!.series.values.with(0, 7)
  withCompanions([{ ...changed!, series: { ...changed!.series, values } }, ...rest], checkpoint)
  assert.equal(writes, 2)
})
