import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EffortChooser } from '../../src/batch/effort.ts'
import { cost } from '../../src/batch/plan.ts'
import type { Task } from '../../src/batch/task.ts'
import { BatchForecastProcessor } from '../../src/processor/batch-forecast-processor.ts'
import { madePortfolio } from '../faults/portfolio.ts'
import { options, tasksOf } from './tasks.ts'

const SHARES: Readonly<Record<string, number>> = { '': 1, quick: 0.4, quickest: 0.12, naive: 0.05 }

/** Series of two lengths, in chunks of ten, on workers that take what a unit of cost takes here; seconds and efforts used. */
function simulated(deadline: number, paceOfAsked: number, workers = 2) {
  const names = Array.from({ length: 1000 }, (_, i) => `series ${i}`)
  const tasks = tasksOf(names).map(
    (task, i): Task => ({
      ...task,
      options,
      series: { ...task.series, seasonLength: 12, values: new Float64Array(i < 200 ? 300 : 60) },
    }),
  )
  const clocks = new Array<number>(workers).fill(0)
  let now = 0
  const chooser = new EffortChooser(deadline, workers, 0, () => now * 1000)
  chooser.expect(tasks)
  const efforts = new Map<string, number>()
  const pending: { at: number; tell: () => void }[] = []
  for (let from = 0; from < tasks.length; from += 10) {
    const free = clocks.indexOf(Math.min(...clocks))
    now = clocks[free]!
    for (const { tell } of pending.filter(({ at }) => at <= now)) tell()
    pending.splice(0, pending.length, ...pending.filter(({ at }) => at > now))
    const chunk = tasks.slice(from, from + 10)
    const effort = chooser.choose(chunk[0]!)
    for (const task of chunk) {
      const seconds = cost(task) * paceOfAsked * SHARES[effort.name]!
      clocks[free]! += seconds
      efforts.set(effort.name, (efforts.get(effort.name) ?? 0) + 1)
      pending.push({ at: clocks[free]!, tell: () => chooser.answered(task, effort, seconds) })
    }
  }
  return { seconds: Math.max(...clocks), efforts }
}

/** Of the whole portfolio on two workers, at this pace and with all that was asked for. */
const ASKED_SECONDS = simulated(1e9, 5e-6).seconds

test('with time enough all is done as it was asked for', () => {
  assert.deepEqual([...simulated(1.3 * ASKED_SECONDS, 5e-6).efforts], [['', 1000]])
})

for (const share of [0.9, 0.6, 0.45, 0.3, 0.15, 0.1])
  for (const speed of [1, 8, 0.2])
    test(`with ${share} of the time, on a machine of ${speed} times the speed assumed, all end in time and little of it is left`, () => {
      const deadline = (share * ASKED_SECONDS) / speed
      const { seconds, efforts } = simulated(deadline, 5e-6 / speed)
      assert.equal(
        [...efforts.values()].reduce((sum, count) => sum + count, 0),
        1000,
      )
      // what a hundredth is late the pool ends
      assert.ok(seconds <= 1.01 * deadline, `${seconds} of ${deadline}`)
      assert.ok(seconds >= 0.6 * deadline, `${seconds} of ${deadline}`)
      // what takes next to nothing is for the deadlines that nothing else can meet
      if (share >= 0.15) assert.ok((efforts.get('naive') ?? 0) <= 150, `${efforts.get('naive')} naive`)
    })

test('series that were forecast with less effort say so, are no fallback, and are taken again by a retry', async () => {
  const portfolio = Object.fromEntries(
    madePortfolio(12, 60, 'deadline').map(([name, values]) => [name, { values, seasonLength: 12 }]),
  )
  const processor = new BatchForecastProcessor().setConfig({ verbose: false, maxWorkers: 1, deadline: 2000 })
  // as if it were known that a million more come: what is asked for can never be done in time
  const many = new Map(Object.entries(portfolio))
  Object.defineProperty(many, 'size', { value: 1_000_000 })
  const results = new Map<
    string,
    Awaited<ReturnType<typeof processor.fitBatch>> extends Map<string, infer R> ? R : never
  >()
  for await (const [name, result] of processor.stream(many, { forecastSteps: 6 })) results.set(name, result)
  assert.equal(results.size, 12)
  for (const { ok, problems, because, used } of results.values()) {
    assert.ok(ok)
    const less = problems.find(({ code }) => code === 'effort_reduced')
    assert.ok(less !== undefined || because?.code === 'deadline_reached', used)
    if (less !== undefined) assert.equal(because, undefined)
    if (less !== undefined) assert.equal(less.params.seconds, 2000)
  }
  const again = await new BatchForecastProcessor()
    .setConfig({ verbose: false, maxWorkers: 1 })
    .retryFailed(results, { forecastSteps: 6 })
  for (const { problems, because } of again.values()) {
    assert.ok(!problems.some(({ code }) => code === 'effort_reduced'))
    assert.equal(because, undefined)
  }
})
