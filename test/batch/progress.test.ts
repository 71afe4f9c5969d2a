import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProgressMeter } from '../../src/batch/progress.ts'
import type { TaskResult } from '../../src/batch/task.ts'
import { tasksOf } from './tasks.ts'

const equal = tasksOf(Array.from({ length: 100 }, (_, i) => `s${i}`)).map((task) => ({
  ...task,
  series: { ...task.series, values: new Float64Array(50) },
}))
const result = (index: number, status: TaskResult['status']): TaskResult => ({
  index,
  status,
  outcome: null,
  problems: [],
})

test('the time left is hidden below 5 %, then a straight line with a range around it', () => {
  let clock = 1000
  const meter = new ProgressMeter(() => clock)
  meter.expect(equal)
  for (let i = 0; i < 5; i++) {
    clock += 1
    meter.add(equal[i]!, result(i, 'success'))
  }
  assert.ok(Number.isNaN(meter.read().estimatedCompletion))
  for (let i = 5; i < 20; i++) {
    clock += 1
    meter.add(equal[i]!, result(i, i === 7 ? 'failed' : 'fallback'))
  }
  const steady = meter.read()
  assert.ok(Math.abs(steady.estimatedCompletion - 80) < 1e-9)
  assert.ok(steady.estimatedRange.every((edge) => Math.abs(edge - 80) < 1e-9))
  assert.deepEqual([steady.successfulTasks, steady.failedTasks, steady.elapsedTime], [19, 1, 20])
  for (let i = 20; i < 40; i++) {
    clock += 3
    meter.add(equal[i]!, result(i, 'success'))
  }
  const [low, high] = meter.read().estimatedRange
  assert.ok(Math.abs(low - 60) < 1e-9 && Math.abs(high - 180) < 1e-9)
  assert.ok(Math.abs(meter.read().estimatedCompletion - 120) < 1e-9)
})

test('a cancelled series is not completed; an announced total counts before it is read', () => {
  const meter = new ProgressMeter(() => 0, 500)
  meter.expect(equal)
  meter.add(equal[0]!, result(0, 'cancelled'))
  const { completedTasks, totalTasks, last } = meter.read()
  assert.deepEqual([completedTasks, totalTasks, last?.status], [0, 500, 'cancelled'])
})

test('a long run keeps its estimate while its points are thinned out', () => {
  let clock = 0
  const meter = new ProgressMeter(() => clock, 10_000)
  for (let round = 0; round < 50; round++) {
    meter.expect(equal)
    for (const task of equal) {
      clock += 1
      meter.add(task, result(task.index, 'success'))
    }
  }
  const { estimatedCompletion, estimatedRange } = meter.read()
  for (const seconds of [estimatedCompletion, ...estimatedRange]) assert.ok(Math.abs(seconds - 5000) < 1e-6)
})
