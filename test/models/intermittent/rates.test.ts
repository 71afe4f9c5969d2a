import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demandOf } from '../../../src/models/intermittent/demand.ts'
import { type Method, smooth } from '../../../src/models/intermittent/smooth.ts'

const ROUNDING = 1e-12
const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < ROUNDING, `${a} against ${b}`)
const levelOf = (values: number[], method: Method, alpha = 0.2, beta = 0.1): number =>
  smooth(demandOf(Float64Array.from(values)), method, alpha, beta).level

// leading zeros say nothing; then sizes 2, 4, 6 with intervals 3 and 2 between them, and one empty period
const values = [0, 0, 2, 0, 0, 4, 0, 6, 0]

test('Croston and SBA by hand', () => {
  const size = 2 + 0.2 * (4 - 2)
  const sizes = size + 0.2 * (6 - size)
  const start = 7 / 3
  const interval = start + 0.1 * (3 - start)
  const intervals = interval + 0.1 * (2 - interval)
  near(levelOf(values, 'croston'), sizes / intervals)
  near(levelOf(values, 'sba'), (0.95 * sizes) / intervals)
})

test('TSB by hand: the probability moves in every period', () => {
  let probability = 3 / 7
  for (const demand of [0, 0, 1, 0, 1, 0]) probability += 0.1 * (demand - probability)
  const size = 2 + 0.2 * 2
  near(levelOf(values, 'tsb'), probability * (size + 0.2 * (6 - size)))
  const died = [...values, ...new Array(60).fill(0)]
  assert.ok(levelOf(died, 'tsb') < 0.02 * levelOf(values, 'tsb'))
  assert.ok(levelOf(died, 'tsb') < 0.1 * levelOf(died, 'croston'), 'Croston does not notice')
})

test('ADIDA by hand: buckets of two periods that end with the last', () => {
  // from the first demand: 2 | 0 0 | 4 0 | 6 0
  const first = 0
  const second = first + 0.2 * (2 - first)
  near(levelOf(values, 'adida'), second + 0.2 * (3 - second))
})

test('IMAPA is the average over the buckets; with demand in every period all are exponential smoothing', () => {
  const dense = [3, 5, 4, 6]
  const level = [5, 4, 6].reduce((l, value) => l + 0.2 * (value - l), 3)
  near(levelOf(dense, 'adida'), level)
  near(levelOf(dense, 'imapa'), level)
  const one = [2, 0, 0, 4, 0, 6, 0].reduce((l, value) => l + 0.2 * (value - l))
  near(levelOf(values, 'imapa'), (one + levelOf(values, 'adida')) / 2)
})

test('a rate before a period knows nothing of it', () => {
  for (const method of ['croston', 'sba', 'tsb', 'adida', 'imapa'] as const) {
    const whole = smooth(demandOf(Float64Array.from(values)), method, 0.2, 0.1).fitted
    const changed = smooth(demandOf(Float64Array.from(values).with(7, 60)), method, 0.2, 0.1).fitted
    assert.deepEqual(whole.slice(0, 6), changed.slice(0, 6), method)
  }
})
