import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cost, plan } from '../../src/batch/plan.ts'
import { tasksOf } from './tasks.ts'

const tasks = tasksOf(Array.from({ length: 200 }, (_, i) => `s${i}`))

test('every task is planned once: a sample of all lengths, then longest first, in chunks of bounded size', () => {
  const chunks = plan(tasks, 2, 10)
  const order = chunks.flat()
  assert.deepEqual(
    order.map(({ index }) => index).sort((a, b) => a - b),
    tasks.map(({ index }) => index),
  )
  const sample = order.slice(0, tasks.length / 8)
  for (const part of [sample, order.slice(sample.length)])
    for (let i = 1; i < part.length; i++) {
      assert.ok(cost(part[i - 1]!) >= cost(part[i]!))
      if (cost(part[i - 1]!) === cost(part[i]!)) assert.ok(part[i - 1]!.index < part[i]!.index)
    }
  const costs = tasks.map(cost)
  assert.equal(cost(sample[0]!), Math.max(...costs))
  const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length
  assert.ok(Math.abs(mean(sample.map(cost)) / mean(costs) - 1) < 0.05)
  assert.ok(chunks.every((chunk) => chunk.length > 0 && chunk.length <= 10))
})

test('a plan depends on the tasks, not on the order they come in', () => {
  assert.deepEqual(plan(tasks.toReversed(), 3), plan(tasks, 3))
})

test('one long series does not share its chunk', () => {
  const long = { ...tasks[7]!, series: { ...tasks[7]!.series, values: new Float64Array(4000) } }
  const chunks = plan(tasks.with(7, long), 2)
  assert.deepEqual(chunks[0], [long])
})

test('nothing to do is no chunk', () => assert.deepEqual(plan([], 4), []))
