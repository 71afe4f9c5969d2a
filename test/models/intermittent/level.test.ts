import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { randomStream } from '../../../src/math/random.ts'
import { totalMoments } from '../../../src/models/bands.ts'
import { croston, sba, tsb } from '../../../src/models/intermittent/index.ts'
import { levelsOf } from '../../../src/models/intermittent/level.ts'

const seriesOf = (values: ArrayLike<number>) => ({
  name: 'part',
  values: Float64Array.from(values),
  seasonLength: 1,
  calendar: null,
})
const averageOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0)
/** The means are exact but for the incomplete gamma function's rounding. */
const ROUNDING = 1e-9

test('the levels of a rate average to it exactly, rise, and vary a little less than the rate does', () => {
  for (const sd of [0.1, 0.5, 1.5, 3]) {
    const levels = levelsOf(3, sd, false)
    assert.ok(Math.abs(averageOf(levels) / 3 - 1) < ROUNDING, `${averageOf(levels)}`)
    assert.ok(levels.every((level, k) => level >= 0 && (k === 0 || level > levels[k - 1]!)))
    const spread = Math.sqrt(averageOf(levels.map((level) => (level - 3) ** 2)))
    // what varies within a slice is lost: most where the upper tail is long
    assert.ok(spread < sd && spread > 0.93 * sd, `${spread} of ${sd}`)
  }
  assert.deepEqual(new Set(levelsOf(3, 0, false)), new Set([3]))
})

test('an exponential distribution in slices, by hand: the mean above the last quantile is that quantile and the mean', () => {
  const levels = levelsOf(2, 2, false)
  assert.ok(Math.abs(levels.at(-1)! - 2 * (Math.log(levels.length) + 1)) < 1e-6)
})

test('returns that nearly cancel demand do not blow sizes up', () => {
  const values = Array.from({ length: 60 }, (_, t) => (t % 6 === 0 ? 100.5 : t % 6 === 3 ? -99.5 : 0))
  const fit = sba.fit(seriesOf(values), sba.check(), unlimited)
  const { spread } = sba.forecast(fit, 12, randomStream('returns'))
  assert.ok(spread.kind === 'paths')
  const largest = spread.values.reduce((high, value) => Math.max(high, Math.abs(value)), 0)
  assert.ok(largest < 300, `${largest}`)
})

test('weights and money: as many demands as the rate asks, of sizes that have been', () => {
  const sizes = [1.5, 2.25, 7.75]
  const values = Array.from({ length: 90 }, (_, t) => (t % 5 === 0 ? sizes[(t / 5) % 3]! : 0))
  const { spread } = tsb.forecast(tsb.fit(seriesOf(values), tsb.check(), unlimited), 10, randomStream('kilograms'))
  assert.ok(spread.kind === 'paths')
  assert.deepEqual([...new Set(spread.values)].sort(), [0, ...sizes])
  // dying out: fewer demands, not smaller ones
  const died = seriesOf([...values, ...new Array(90).fill(0)])
  const after = tsb.forecast(tsb.fit(died, tsb.check(), unlimited), 10, randomStream('kilograms'))
  assert.ok(after.spread.kind === 'paths')
  const share = (drawn: Float64Array): number => drawn.filter((value) => value > 0).length / drawn.length
  assert.ok(share(after.spread.values) < share(spread.values) / 2)
  assert.ok(after.spread.values.every((value) => value === 0 || sizes.includes(value)))
})

test('one demand only: its size, once in as many periods as were seen, and nobody is sure of that', () => {
  const values = [0, 0, 0, 5, ...new Array(19).fill(0)]
  const fit = croston.fit(seriesOf(values), croston.check(), unlimited)
  assert.ok(Math.abs(fit.rate - 5 / 20) < ROUNDING)
  assert.ok(fit.levelSd > 0.5 * fit.rate)
  const forecast = croston.forecast(fit, 20, randomStream('one'))
  assert.ok(forecast.spread.kind === 'paths' && forecast.spread.values.every((value) => value === 0 || value === 5))
  const alone = Math.sqrt(20 * (0.05 * 25 - 0.25 ** 2))
  assert.ok(totalMoments(forecast, 1, 20).sd > 1.05 * alone)
})

test('missing periods are neither demand nor none', () => {
  const values = Array.from({ length: 40 }, (_, t) => (t % 4 === 0 ? 3 : 0))
  const holes = values.map((value, t) => (t === 10 || t === 21 ? Number.NaN : value))
  const rate = (history: number[]): number => croston.fit(seriesOf(history), croston.check(), unlimited).rate
  assert.ok(rate(holes) > rate(values) && rate(holes) < 1.2 * rate(values))
})

/** Histories of a known process: the share that holds is known to 2.1 points (one standard error). */
const HISTORIES = 200

test('totals of a known process: forecast quantiles hold as often as they say', () => {
  const random = randomStream('process')
  const draw = (): number => (random.uniform() < 0.3 ? 1 + Math.floor(4 * random.uniform()) : 0)
  let within = 0
  for (let i = 0; i < HISTORIES; i++) {
    const values = Array.from({ length: 60 }, draw)
    const total = Array.from({ length: 6 }, draw).reduce((sum, value) => sum + value, 0)
    const forecast = sba.forecast(sba.fit(seriesOf(values), sba.check(), unlimited), 6, random)
    assert.ok(forecast.spread.kind === 'paths')
    const { count, values: futures } = forecast.spread
    let below = 0
    for (let path = 0; path < count; path++) {
      let sum = 0
      for (let h = 0; h < 6; h++) sum += futures[path * 6 + h]!
      if (sum < total) below++
    }
    // the total is at or below the 90 % quantile
    if (below / count < 0.9) within++
  }
  // counts hold somewhat more than 90 %; a deviation of 3 standard errors (2.1 points each) below is a fault
  assert.ok(within / HISTORIES > 0.9 - 0.065 && within / HISTORIES < 0.985, `${within / HISTORIES}`)
})
