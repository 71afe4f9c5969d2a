import assert from 'node:assert/strict'
import { test } from 'node:test'
import { poissonQuantile } from '../../../src/math/distribution/poisson.ts'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { randomStream } from '../../../src/math/random.ts'
import { demandOf } from '../../../src/models/intermittent/demand.ts'
import { type Method, rateOf, smooth } from '../../../src/models/intermittent/smooth.ts'

const ROUNDING = 1e-12
const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < ROUNDING, `${a} against ${b}`)
const levelOf = (values: number[], method: Method, alpha = 0.2, beta = 0.1): number =>
  smooth(demandOf(Float64Array.from(values)), method, alpha, beta).level

// leading zeros say nothing; then sizes 2, 4, 6 with intervals 3 and 2 between them, and one empty period: the averages
// that all begin with are size 4 and, over the six periods after the first demand, interval 3
const values = [0, 0, 2, 0, 0, 4, 0, 6, 0]

test('Croston and SBA by hand', () => {
  const size = 4 + 0.2 * (4 - 4)
  const sizes = size + 0.2 * (6 - size)
  const start = 6 / 2
  const interval = start + 0.1 * (3 - start)
  const intervals = interval + 0.1 * (2 - interval)
  near(levelOf(values, 'croston'), sizes / intervals)
  near(levelOf(values, 'sba'), (0.95 * sizes) / intervals)
})

test('TSB by hand: the probability moves in every period', () => {
  let probability = 2 / 6
  for (const demand of [0, 0, 1, 0, 1, 0]) probability += 0.1 * (demand - probability)
  const size = 4
  near(levelOf(values, 'tsb'), probability * (size + 0.2 * (6 - size)))
  const died = [...values, ...new Array(60).fill(0)]
  assert.ok(levelOf(died, 'tsb') < 0.02 * levelOf(values, 'tsb'))
  assert.ok(levelOf(died, 'tsb') < 0.1 * levelOf(died, 'croston'), 'Croston does not notice')
})

/** Exponential smoothing of rates, from the average demand a period. */
const smoothed = (rates: readonly number[], start: number): number =>
  rates.reduce((level, rate) => level + 0.2 * (rate - level), start)

test('ADIDA by hand: buckets of three periods that end with the last', () => {
  // from the first demand: 2 | 0 0 4 | 0 6 0
  near(levelOf(values, 'adida'), smoothed([4 / 3, 2], 4 / 3))
})

test('IMAPA is the average over the buckets; with demand in every period all are exponential smoothing', () => {
  near(levelOf([3, 5, 4, 6], 'adida'), smoothed([3, 5, 4, 6], 4.5))
  near(levelOf([3, 5, 4, 6], 'imapa'), smoothed([3, 5, 4, 6], 4.5))
  const one = smoothed([2, 0, 0, 4, 0, 6, 0], 4 / 3)
  const two = smoothed([0, 2, 3], 4 / 3)
  near(levelOf(values, 'imapa'), (one + two + levelOf(values, 'adida')) / 3)
})

test('constants are weighted by the likelihood of their errors: two pairs of the grid, by hand', () => {
  const demand = demandOf(Float64Array.from(values))
  const pairs: Record<Method, [alpha: number, beta: number][]> = {
    croston: [
      [0.02, 0.02],
      [0.02, 0.05],
    ],
    sba: [
      [0.02, 0.02],
      [0.02, 0.05],
    ],
    tsb: [
      [0.02, 0.005],
      [0.02, 0.01],
    ],
    adida: [
      [0.02, 0.02],
      [0.05, 0.05],
    ],
    imapa: [
      [0.02, 0.02],
      [0.05, 0.05],
    ],
  }
  for (const method of ['croston', 'sba', 'tsb', 'adida', 'imapa'] as const) {
    const tried = pairs[method].map(([alpha, beta]) => {
      const { level, fitted } = smooth(demand, method, alpha, beta)
      let squares = 0
      // the first demand is where the history begins, and not forecast
      for (let t = 1; t < fitted.length; t++) squares += (demand.values[t]! - fitted[t]!) ** 2
      return { level, beta, weight: squares ** (-demand.observed / 2) }
    })
    const total = tried.reduce((sum, { weight }) => sum + weight, 0)
    const average = rateOf(demand, method, { maxEvaluations: 2 })
    assert.equal(average.evaluations, 2)
    near(
      average.level,
      tried.reduce((sum, { level, weight }) => sum + (level * weight) / total, 0),
    )
    near(
      average.intervalSmoothing,
      tried.reduce((sum, { beta, weight }) => sum + (beta * weight) / total, 0),
    )
  }
})

test('a rate that jumps asks for larger constants than one that stays', () => {
  const random = randomStream('weights')
  const smoothingOf = (rate: (t: number) => number): number => {
    const history = Float64Array.from({ length: 300 }, (_, t) => poissonQuantile(random.uniform(), rate(t)))
    return rateOf(demandOf(history), 'adida', unlimited).sizeSmoothing
  }
  assert.ok(2 * smoothingOf(() => 0.8) < smoothingOf((t) => (Math.floor(t / 50) % 2 === 0 ? 0.3 : 12)))
})

test('one demand in a very long history is answered at once', () => {
  const rare = demandOf(Float64Array.from({ length: 20_000 }, (_, t) => (t === 0 ? 3 : 0)))
  for (const method of ['croston', 'sba', 'tsb', 'adida', 'imapa'] as const) {
    const { level } = rateOf(rare, method, unlimited)
    assert.ok(level >= 0 && level < 1e-3, `${method}: ${level}`)
  }
})

test('a rate before a period knows nothing of it, its start apart', () => {
  for (const method of ['croston', 'sba', 'tsb', 'adida', 'imapa'] as const) {
    const whole = smooth(demandOf(Float64Array.from(values)), method, 0.2, 0.1).fitted
    // the same sizes in another order have the same averages
    const changed = smooth(demandOf(Float64Array.from(values).with(5, 6).with(7, 4)), method, 0.2, 0.1).fitted
    assert.deepEqual(whole.slice(0, 4), changed.slice(0, 4), method)
    assert.notDeepEqual(whole, changed, method)
  }
})
