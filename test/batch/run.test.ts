import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { BatchEvent } from '../../src/batch/events.ts'
import { Gate } from '../../src/batch/gate.ts'
import type { BatchProgress } from '../../src/batch/progress.ts'
import { type BatchOptions, runBatch } from '../../src/batch/run.ts'
import type { Task, TaskResult } from '../../src/batch/task.ts'
import { problem } from '../../src/messages.ts'
import { engine, tasksOf } from './tasks.ts'

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

/** What became of a series, in one line. */
const fate = ({ status, outcome }: TaskResult): string =>
  [status, outcome?.label, outcome?.because?.code, outcome?.because?.params.model].filter(Boolean).join(' ')

test('a model that brings its worker down costs itself, and no other series', async () => {
  const names = [...good(10), 'exits in theta', ...good(10), 'eats in arima', ...good(10), 'exits in all']
  const results = await run(tasksOf(names), { workers: 2, heapMb: 48 })
  assert.equal(results.length, names.length)
  for (const [i, name] of names.entries())
    if (name.startsWith('good')) assert.equal(fate(results[i]!), 'success ets+theta+arima+seasonal_naive', name)
  // what the finished candidates give
  assert.equal(fate(results[10]!), 'fallback ets worker_crashed theta')
  assert.equal(results[10]!.outcome?.because?.params.cause, 'exit 7')
  assert.equal(fate(results[21]!), 'fallback ets+theta memory_exhausted arima')
  assert.equal(results[21]!.outcome?.because?.params.megabytes, 48)
  // nothing is left to try: full, full alone, the short chain, the naive ones
  assert.equal(fate(results[32]!), 'failed')
  assert.equal(results[32]!.problems[0]!.code, 'worker_crashed')
})

test('where no candidate has finished the short chain answers, then the naive ones', async () => {
  const results = await run(tasksOf(['exits in ets', 'exits in ets, simple_arima']), { workers: 1 })
  assert.deepEqual(results.map(fate), [
    'fallback simple_arima worker_crashed ets',
    'fallback seasonal_naive worker_crashed ets',
  ])
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

test('a model that ignores its time is ended, and the others answer without it', async () => {
  const seconds = 0.2
  const names = ['a', 'spins in theta', 'spins before', 'spins in theta, arima', 'b']
  const results = await run(tasksOf(names), { workers: 2, secondsPerModel: seconds })
  assert.deepEqual(results.map(fate), [
    'success ets+theta+arima+seasonal_naive',
    'fallback ets+arima+seasonal_naive time_limit_reached theta',
    'failed',
    'fallback ets time_limit_reached arima',
    'success ets+theta+arima+seasonal_naive',
  ])
  assert.equal(results[1]!.outcome?.because?.params.seconds, seconds)
  assert.deepEqual(results[2]!.problems[0]!.params, { model: 'none', seconds })
})

test('a search that its time ends gives its best so far, and says so', async () => {
  const [result] = await run(tasksOf(['searches in theta']), { workers: 1, secondsPerModel: 0.1 })
  assert.equal(fate(result!), 'success ets+theta+arima+seasonal_naive')
  assert.deepEqual(
    result!.problems.map(({ code, params, model }) => [code, params.model, params.seconds, model]),
    [['search_cut_short', 'theta', 0.1, 'theta']],
  )
})

test('memory outside of the heap is watched too', async () => {
  const names = [...good(5), 'hoards in arima', ...good(5)]
  const megabytes = Math.round(process.memoryUsage.rss() / 2 ** 20) + 500
  const results = await run(tasksOf(names), { workers: 1, memoryMb: megabytes })
  assert.equal(fate(results[5]!), 'fallback ets+theta memory_exhausted arima')
  assert.equal(results[5]!.outcome?.because?.params.megabytes, megabytes)
  assert.equal(results.filter(({ status }) => status === 'success').length, 10)
})

test('in a child process even an abort costs only the series that were in hand, and the one to blame its model', async () => {
  const names = [...good(12), 'aborts in theta', ...good(12), 'exits in arima', 'aborts in all']
  const results = await run(tasksOf(names), { workers: 2, isolated: true, chunkSize: 3 })
  for (const [i, name] of names.entries())
    if (name.startsWith('good')) assert.equal(fate(results[i]!), 'success ets+theta+arima+seasonal_naive', name)
  assert.equal(fate(results[12]!), 'fallback ets worker_crashed theta')
  assert.equal(results[12]!.outcome?.because?.params.cause, 'SIGABRT')
  assert.equal(fate(results[25]!), 'fallback ets+theta worker_crashed arima')
  assert.equal(fate(results[26]!), 'failed')
  assert.equal(bytes(results.slice(0, 12)), bytes(await run(tasksOf(good(12)), { workers: 1 })))
})

test('a child process can be paused and stopped, and an engine that it cannot load ends the run', async () => {
  const gate = new Gate()
  gate.close()
  const controller = new AbortController()
  let answered = 0
  const running = run(tasksOf([...good(4), 'spins in ets']), {
    ...{ workers: 2, chunkSize: 1, isolated: true, gate, signal: controller.signal },
    onResult: ({ status }) => {
      if (status === 'success' && ++answered === 4) controller.abort()
    },
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.equal(answered, 0)
  gate.open()
  assert.deepEqual(
    (await running).map(({ status }) => status),
    [...good(4).map(() => 'success'), 'cancelled'],
  )
  const missing = new URL('./engines/missing.ts', import.meta.url)
  const failing = run(tasksOf(good(5)), { workers: 1, isolated: true, engine: missing })
  await assert.rejects(failing, { code: 'internal_error' })
})

test('after the deadline the naive models answer, and say why', async () => {
  const names = [...Array.from({ length: 20 }, () => 'spins in ets'), ...good(1)]
  const results = await run(tasksOf(names), { workers: 1, deadlineSeconds: 0.5, chunkSize: 3 })
  const late = results.filter(({ status }) => status === 'fallback')
  assert.ok(late.length >= 20 && results.every(({ status }) => status === 'success' || status === 'fallback'))
  assert.ok(late.every((result) => fate(result) === 'fallback seasonal_naive deadline_reached'))
})

test('an engine that cannot be loaded stops the run instead of failing every series', async () => {
  const missing = new URL('./engines/missing.ts', import.meta.url)
  await assert.rejects(run(tasksOf(good(50)), { workers: 2, engine: missing }), { code: 'internal_error' })
})

test('abort ends a spinning worker; what has no answer is cancelled', async () => {
  const controller = new AbortController()
  const names = [...good(5), ...Array.from({ length: 5 }, () => 'spins in ets')]
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
  const states: string[] = []
  const onEvent = (event: BatchEvent): void => {
    if (event.kind === 'state') states.push(event.state)
  }
  const running = run(tasksOf(good(12)), { workers: 1, gate, onEvent, onResult: () => answered++ })
  await new Promise((resolve) => setTimeout(resolve, 150))
  assert.equal(answered, 0)
  gate.open()
  assert.equal((await running).length, 12)
  assert.deepEqual(states, ['running', 'running', 'completed'])
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
  for await (const result of runBatch(tasksOf(['a', 'spins in ets']), { engine, workers: 2, chunkSize: 1 })) {
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
