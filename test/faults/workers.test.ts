import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { BatchOptions } from '../../src/batch/run.ts'
import type { TaskResult } from '../../src/batch/task.ts'
import { bytesOf, namedTasks, results, threadNemesis } from './workers.ts'

const good = (count: number): string[] => Array.from({ length: count }, (_, i) => `good ${i}`)
const because = ({ outcome }: TaskResult): unknown[] => [outcome?.because?.code, outcome?.because?.params.model]

test('F03: workers ended at random cost the series in their hands another try, and nothing else', async (t) => {
  const tasks = namedTasks(good(60), 'f03')
  const begin = performance.now()
  const calm = await results(tasks, { workers: 2 })
  const milliseconds = performance.now() - begin
  const nemesis = threadNemesis('f03', [milliseconds / 10, milliseconds / 5], 8)
  const log = join(mkdtempSync(join(tmpdir(), 'arfc-f03-')), 'begun')
  process.env.FAULTS_LOG = log
  const disturbed = await results(tasks, { workers: 2 })
  nemesis.stop()
  delete process.env.FAULTS_LOG
  assert.deepEqual(
    disturbed.map(({ index }) => index),
    tasks.map(({ index }) => index),
  )
  // hit twice, a series is answered by the candidates that had finished, and says so
  const twice = disturbed.filter((result, i) => bytesOf(result) !== bytesOf(calm[i]!))
  for (const result of twice) assert.equal(because(result)[0] ?? result.problems[0]?.code, 'worker_crashed')
  const begun = Map.groupBy(readFileSync(log, 'utf8').trim().split('\n'), (name) => name)
  const most = Math.max(...[...begun.values()].map(({ length }) => length))
  rmSync(join(log, '..'), { recursive: true })
  t.diagnostic(`kills ${nemesis.kills()} lost 0 doubled 0 hit twice ${twice.length}, most tries ${most}`)
  assert.ok(nemesis.kills() >= 3)
  assert.ok(twice.length <= nemesis.kills() / 2)
})

const anonymous = (result: TaskResult): string => bytesOf(result).replaceAll(/"series":"[^"]*"/g, '')

/** Each of these models was ended for its reason and answered for by others; every other series is as in a calm run. */
async function judgePoison(
  poison: readonly (readonly [name: string, reason: string])[],
  others: readonly string[],
  given: Partial<BatchOptions>,
) {
  const names = [...others, ...poison.map(([name]) => name)]
  const tasks = namedTasks(names, 'f06')
  const calm = await results(
    tasks.map((task) => ({ ...task, series: { ...task.series, name: 'good' } })),
    { workers: 2 },
  )
  const all = await results(tasks, { workers: 2, ...given })
  for (const [i] of others.entries()) assert.equal(anonymous(all[i]!), anonymous(calm[i]!), names[i])
  for (const [name, reason] of poison) {
    const result = all[names.indexOf(name)]!
    const model = name.split(' ').at(-1)
    assert.equal(result.status, 'fallback', name)
    assert.deepEqual(because(result), [reason, model], name)
    assert.ok(result.outcome!.forecast!.mean.every(Number.isFinite), name)
    assert.ok(!result.outcome!.members.some((member) => member.model === model), name)
  }
}

test('F06, F07: a model that spins or exits costs itself; whatever else it does costs nobody a byte', () =>
  judgePoison(
    [
      ['spins in ets', 'time_limit_reached'],
      ['spins in ces', 'time_limit_reached'],
      ['exits in sba', 'worker_crashed'],
      ['exits in theta', 'worker_crashed'],
    ],
    [...good(17), 'closes the output by ets', 'throws later by ets', 'writes over its input by theta'],
    { secondsPerModel: 0.5 },
  ))

test('F08: a model that takes all memory, of its heap or beside it, costs itself', () =>
  judgePoison(
    [
      ['eats in ces', 'memory_exhausted'],
      ['hoards in theta', 'memory_exhausted'],
    ],
    good(8),
    {
      heapMb: 64,
      memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20) + 600,
    },
  ))

test('F06: an answer that never comes is none', async () => {
  const [result] = await results(namedTasks(['promises for ever by arima'], 'f06'), { workers: 1 })
  assert.deepEqual([result!.status, result!.problems[0]!.code], ['failed', 'internal_error'])
})

test('F06: what stops a whole process stops a child, and the batch goes on', async () => {
  const names = [...good(9), 'stops the process in theta', ...good(5)]
  const all = await results(namedTasks(names, 'f06'), { workers: 2, isolated: true })
  const hit = all[9]!
  assert.deepEqual([hit.status, ...because(hit)], ['fallback', 'worker_crashed', 'theta'])
  assert.equal(hit.outcome!.because!.params.cause, 'SIGSEGV')
  assert.ok(all.every((result, i) => i === 9 || result.status === 'success'))
})
