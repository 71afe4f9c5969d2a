import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Gate } from '../../src/batch/gate.ts'
import type { BatchProgress } from '../../src/batch/progress.ts'
import { type BatchOptions, runBatch } from '../../src/batch/run.ts'
import type { Task, TaskResult } from '../../src/batch/task.ts'
import { problem } from '../../src/messages.ts'
import { engine, options, tasksOf } from './tasks.ts'

async function run(tasks: readonly Task[], given: BatchOptions): Promise<TaskResult[]> {
  const results: TaskResult[] = []
  for await (const result of runBatch(tasks, { engine, ...given })) results.push(result)
  return results.sort((a, b) => a.index - b.index)
}

const bytes = (results: readonly TaskResult[]): string =>
  JSON.stringify(results, (_, value) => (value instanceof Float64Array ? [...value] : value))
const good = (count: number): string[] => Array.from({ length: count }, (_, i) => `good ${i}`)

test('one worker and two give the same bytes, chunked or one by one', async () => {
  const tasks = tasksOf([...good(40), 'throws', 'refuses'])
  const one = bytes(await run(tasks, { workers: 1 }))
  assert.equal(bytes(await run(tasks, { workers: 2 })), one)
  assert.equal(bytes(await run(tasks, { workers: 2, chunkSize: 1 })), one)
})

test('an exception becomes a code of its own series', async () => {
  const results = await run(tasksOf(['a', 'throws', 'b', 'refuses', 'unsendable', 'c']), { workers: 1 })
  assert.deepEqual(
    results.map(({ status }) => status),
    ['success', 'failed', 'success', 'failed', 'failed', 'success'],
  )
  assert.equal(results[1]!.outcome, null)
  assert.deepEqual(results[1]!.problems[0]!.params, { cause: 'TypeError: a bug' })
  assert.deepEqual(
    [1, 3, 4].map((i) => [results[i]!.problems[0]!.code, results[i]!.problems[0]!.series]),
    [
      ['internal_error', 'throws'],
      ['series_no_values', 'refuses'],
      ['internal_error', 'unsendable'],
    ],
  )
})

test('series that bring their worker down touch no other', async () => {
  const names = [...good(10), 'exits', ...good(10), 'eats', ...good(10), 'exits again']
  const results = await run(tasksOf(names), { workers: 2, heapMb: 48 })
  assert.equal(results.length, names.length)
  for (const [i, name] of names.entries()) {
    const { status, problems } = results[i]!
    assert.equal(status, name.startsWith('good') ? 'success' : 'failed', name)
    if (status === 'failed') assert.equal(problems[0]!.code, 'worker_crashed')
  }
  assert.equal(results[10]!.problems[0]!.params.cause, 'exit 7')
  assert.equal(results[21]!.problems[0]!.params.cause, 'ERR_WORKER_OUT_OF_MEMORY')
})

test('a series that brings a worker down once is answered at its second try, alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-pool-'))
  try {
    const names = ['a', `once ${join(folder, 'mark')}`, 'b', 'c']
    const results = await run(tasksOf(names), { workers: 1 })
    assert.deepEqual(
      results.map(({ status, problems }) => [status, problems.length]),
      names.map(() => ['success', 0]),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a few cheap series run in the thread of the caller, with the same bytes', async () => {
  const tasks = tasksOf(['a', 'b']).map((task) => ({ ...task, options: { ...options, effort: 'fast' as const } }))
  const answers: string[] = []
  for (const engine of [undefined, new URL('../../src/automl/forecast-series.ts', import.meta.url)])
    answers.push(bytes(await run(tasks, { workers: 1, engine })))
  assert.equal(answers[0], answers[1])
})

test('a task without a value is answered with the reason it carries, or its own', async () => {
  const [a, b] = tasksOf(['a', 'b'])
  const empty = { ...a!.series, values: new Float64Array(0) }
  const known = problem('name_unusable', { name: 'a' })
  const tasks = [
    { ...a!, series: empty, problems: [known] },
    { ...b!, series: { ...b!.series, values: new Float64Array(3).fill(Number.NaN) } },
  ]
  const results = await run(tasks, { workers: 1 })
  assert.deepEqual(
    results.map(({ problems }) => problems.map(({ code }) => code)),
    [['name_unusable'], ['series_no_values']],
  )
})

test('a series out of time falls back to the fast search and says so; a second time it fails', async () => {
  const limit = 0.3
  const results = await run(tasksOf(['a', 'hangs', 'stuck', 'b']), { workers: 2, secondsPerSeries: limit })
  assert.deepEqual(
    results.map(({ status }) => status),
    ['success', 'fallback', 'failed', 'success'],
  )
  assert.deepEqual(results[1]!.outcome?.because, { code: 'time_limit_reached', params: { seconds: limit } })
  assert.deepEqual(results[2]!.problems[0]!.params, { seconds: limit })
})

test('an engine that cannot be loaded stops the run instead of failing every series', async () => {
  const missing = new URL('./engines/missing.ts', import.meta.url)
  await assert.rejects(run(tasksOf(good(50)), { workers: 2, engine: missing }), { code: 'internal_error' })
})

test('abort ends a spinning worker; what has no answer is cancelled', async () => {
  const controller = new AbortController()
  const names = [...good(5), ...Array.from({ length: 5 }, (_, i) => `stuck ${i}`)]
  const results = await run(tasksOf(names), {
    workers: 2,
    chunkSize: 1,
    signal: controller.signal,
    onResult: ({ status }) => status === 'success' && controller.abort(),
  })
  assert.equal(results.length, names.length)
  assert.ok(results.every(({ status }) => status === 'success' || status === 'cancelled'))
  for (const { status, problems } of results) if (status === 'cancelled') assert.equal(problems[0]!.code, 'cancelled')
  assert.ok(results.slice(5).every(({ status }) => status === 'cancelled'))
})

test('a closed gate hands out nothing until it is opened', async () => {
  const gate = new Gate()
  gate.close()
  let answered = 0
  const running = run(tasksOf(good(12)), { workers: 1, gate, onResult: () => answered++ })
  await new Promise((resolve) => setTimeout(resolve, 150))
  assert.equal(answered, 0)
  gate.open()
  assert.equal((await running).length, 12)
})

test('progress counts to the total and ends at nothing left', async () => {
  const seen: BatchProgress[] = []
  await run(tasksOf([...good(20), 'throws']), { workers: 2, onProgress: (progress) => seen.push(progress) })
  assert.deepEqual(
    seen.map(({ completedTasks }) => completedTasks),
    Array.from({ length: 21 }, (_, i) => i + 1),
  )
  const last = seen.at(-1)!
  assert.deepEqual(
    [last.totalTasks, last.successfulTasks, last.failedTasks, last.estimatedCompletion, last.models.naive],
    [21, 20, 1, 0, 20],
  )
})

test('leaving the loop early ends the workers', async () => {
  for await (const result of runBatch(tasksOf(['a', 'stuck']), { engine, workers: 2, chunkSize: 1 })) {
    assert.equal(result.index, 0)
    break
  }
})

test('a view into a large buffer is sent without the rest of it, and no name is a key', async () => {
  const large = new Float64Array(1_000_000).fill(5)
  const tasks = tasksOf(['__proto__', 'constructor', 'toString']).map((task) => ({
    ...task,
    series: { ...task.series, values: large.subarray(10, 30) },
  }))
  const results = await run(tasks, { workers: 1 })
  assert.ok(results.every(({ outcome }) => outcome?.forecast?.mean[0] === 5))
})
