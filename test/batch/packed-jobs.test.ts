import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Job } from '../../src/batch/messages.ts'
import { pack, unpack } from '../../src/batch/packed-jobs.ts'
import { code } from '../../src/messages.ts'
import { options, tasksOf } from './tasks.ts'

const month = { frequency: { unit: 'month', step: 1 }, start: '2020-01-01', monthEnd: false } as const
const jobOf = (index: number, change: Partial<Job['series']> = {}): Job => {
  const { series } = tasksOf(['a'])[0]!
  return { index, series: { ...series, name: `series ${index}`, ...change }, options, carried: null }
}

/** As they come out of a message. */
const crossed = (jobs: readonly Job[]): Job[] => {
  const packed = pack(jobs)
  return [...unpack(structuredClone(packed, { transfer: [packed.values.buffer] }))]
}

test('jobs cross as they are, whatever they have in common', () => {
  const column = (of: number): Float64Array => Float64Array.of(of, of + 1, Number.NaN)
  const outside = { names: ['price'], columns: [column(1)] }
  const told = code('updated_without_refit', { periods: 1, corrected: 0, age: 1 })
  const jobs: Job[] = [
    jobOf(0),
    jobOf(7, { values: Float64Array.of(1, Number.NaN, -0) }),
    jobOf(3, { values: new Float64Array(0) }),
    jobOf(1, { calendar: month }),
    jobOf(2, { calendar: { ...month } }),
    jobOf(4, { calendar: { ...month, start: '2020-02-01' } }),
    jobOf(5, { seasonLength: 12 }),
    jobOf(6, { seasonLength: 12, furtherSeasons: [365.25] }),
    jobOf(8, { seasonLength: 12, furtherSeasons: [365] }),
    jobOf(9, { regressors: outside }),
    jobOf(10, { regressors: { names: ['price'], columns: [column(5)] } }),
    jobOf(11, { companions: { names: ['b'], columns: [column(9)] } }),
    { ...jobOf(12), carried: { fits: {}, age: 1, told, hash: 'x' } },
    { ...jobOf(13), options: { ...options, horizon: 9 } },
    jobOf(14),
  ]
  assert.deepEqual(crossed(jobs), jobs)
  assert.deepEqual(crossed([]), [])
})

test('what series have in common crosses once, and no view takes its whole array along', () => {
  const large = new Float64Array(100_000)
  const alike = Array.from({ length: 50 }, (_, i) =>
    jobOf(i, { values: large.subarray(i, i + 3), calendar: { ...month } }),
  )
  const packed = pack(alike)
  assert.equal(packed.common.length, 1)
  assert.equal(packed.values.length, 150)
  const { common } = pack([jobOf(0, { regressors: { names: ['x'], columns: [large.subarray(5, 8)] } })])
  assert.equal(common[0]!.series.regressors!.columns[0]!.buffer.byteLength, 24)
})
