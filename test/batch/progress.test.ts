import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ProgressMeter } from '../../src/batch/progress.ts'
import type { TaskResult } from '../../src/batch/task.ts'
import { judgeEstimates, type RecordedRun, shortened } from './recorded-run.ts'
import { tasksOf } from './tasks.ts'

const equal = tasksOf(Array.from({ length: 100 }, (_, i) => `s${i}`)).map((task) => ({
  ...task,
  series: { ...task.series, values: new Float64Array(50) },
}))
const result = (status: TaskResult['status']) => ({ status, used: '' })

test('the time left is hidden below 5 %, then the work left at the pace so far, with a range around it', () => {
  let clock = 1000
  const meter = new ProgressMeter(() => clock)
  meter.expect(equal)
  const step = (i: number, seconds: number, status: TaskResult['status']): void => {
    clock += seconds
    meter.add(equal[i]!, result(status), seconds)
  }
  for (let i = 0; i < 5; i++) step(i, 1, 'success')
  assert.ok(Number.isNaN(meter.read().estimatedCompletion))
  for (let i = 5; i < 20; i++) step(i, 1, i === 7 ? 'failed' : 'fallback')
  const steady = meter.read()
  // the first answer is believed to have come of a cold engine
  assert.ok(Math.abs(steady.estimatedCompletion - 80) < 3)
  assert.deepEqual([steady.successfulTasks, steady.failedTasks, steady.elapsedTime], [19, 1, 20])
  const width = ([low, high]: readonly [number, number]): number => (high - low) / (high + low)
  assert.ok(width(steady.estimatedRange) > 0.02 && width(steady.estimatedRange) < 0.2)
  for (let i = 20; i < 40; i++) step(i, i % 2 === 0 ? 1 : 5, 'success')
  const uneven = meter.read()
  assert.ok(uneven.estimatedCompletion > 90 && uneven.estimatedCompletion < 180)
  assert.ok(width(uneven.estimatedRange) > 1.5 * width(steady.estimatedRange))
})

test('answers that were there before take no time, and teach nothing', () => {
  let clock = 0
  const meter = new ProgressMeter(() => clock)
  meter.expect(equal)
  for (let i = 0; i < 50; i++) meter.add(equal[i]!, result('success'), null)
  assert.ok(Number.isNaN(meter.read().estimatedCompletion))
  for (let i = 50; i < 60; i++) {
    clock += 2
    meter.add(equal[i]!, result('success'), 2)
  }
  assert.ok(Math.abs(meter.read().estimatedCompletion - 80) < 3)
})

test('over twenty recorded runs the range holds the true end four times in five, and is no wider than it must be', () => {
  const file = join(import.meta.dirname, '../golden/progress.json')
  const runs = JSON.parse(readFileSync(file, 'utf8')) as RecordedRun[]
  assert.equal(runs.length, 20)
  const { held, width } = judgeEstimates(runs)
  assert.ok(held >= 0.8, `held ${held}`)
  assert.ok(width <= 0.4, `width ${width}`)
  // a run of a few seconds is over before its engine is warm
  for (const seconds of [3, 5, 8]) {
    const short = judgeEstimates(runs.map((run) => shortened(run, seconds)))
    assert.ok(short.held >= 0.8, `of ${seconds} s held ${short.held}`)
    assert.ok(short.width <= 0.8, `of ${seconds} s width ${short.width}`)
  }
})

test('a cancelled series is not completed; an announced total counts before it is read', () => {
  const meter = new ProgressMeter(() => 0, 500)
  meter.expect(equal)
  meter.add(equal[0]!, result('cancelled'), null)
  const { completedTasks, totalTasks, last } = meter.read()
  assert.deepEqual([completedTasks, totalTasks, last?.status], [0, 500, 'cancelled'])
})

test('a portfolio that is read piece by piece is estimated from its first pieces', () => {
  let clock = 0
  const meter = new ProgressMeter(() => clock, 10_000)
  for (let round = 0; round < 50; round++) {
    meter.expect(equal)
    for (const task of equal) {
      clock += 1
      meter.add(task, result('success'), 1)
    }
  }
  assert.ok(Math.abs(meter.read().estimatedCompletion - 5000) < 1e-6)
})
