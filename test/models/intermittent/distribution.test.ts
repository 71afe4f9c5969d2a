import assert from 'node:assert/strict'
import { test } from 'node:test'
import { negativeBinomialQuantile } from '../../../src/math/distribution/negative-binomial.ts'
import { poissonQuantile } from '../../../src/math/distribution/poisson.ts'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { randomStream } from '../../../src/math/random.ts'
import { totalMoments } from '../../../src/models/bands.ts'
import { sba, tsb } from '../../../src/models/intermittent/index.ts'
import { simulateDemand } from '../../../src/models/intermittent/simulate.ts'

const seriesOf = (values: ArrayLike<number>) => ({
  name: 'part',
  values: Float64Array.from(values),
  seasonLength: 1,
  calendar: null,
})
const draws = (key: string, draw: (p: number) => number): Float64Array => {
  const random = randomStream(key)
  return Float64Array.from({ length: 400 }, () => draw(random.uniform()))
}
const kindOf = (values: ArrayLike<number>): string =>
  sba.fit(seriesOf(values), sba.check(), unlimited).distribution.kind

test('each kind of demand is recognised by evidence', () => {
  assert.equal(kindOf(draws('poisson', (p) => poissonQuantile(p, 0.7))), 'poisson')
  assert.equal(kindOf(draws('negative', (p) => negativeBinomialQuantile(p, 1.5, 0.3))), 'negative_binomial')
  const inflated = draws('zeros', (p) => (p < 0.6 ? 0 : poissonQuantile((p - 0.6) / 0.4, 4)))
  assert.equal(kindOf(inflated), 'zero_inflated_poisson')
  assert.equal(kindOf(draws('money', (p) => (p < 0.7 ? 0 : 100 * p))), 'hurdle')
})

/** Of means and variances over 500 futures of 40 periods each. */
const SAMPLING = 0.12

test('simulated futures have the mean and the variance of their distribution, and totals those of an unknown rate', () => {
  const horizon = 40
  const size = 0.5
  const rate = 2
  const level = 0.2
  const values = simulateDemand(
    { kind: 'negative_binomial', size },
    rate,
    rate * Math.sqrt(level),
    horizon,
    randomStream('nb'),
  )
  const mean = values.reduce((sum, value) => sum + value / values.length, 0)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / values.length, 0)
  assert.ok(Math.abs(mean / rate - 1) < SAMPLING, `${mean}`)
  // the law of total variance over the ten levels, whose own variance is a little below the gamma's
  const periods = rate + (rate * rate * (1 + level)) / size + level * rate * rate
  assert.ok(Math.abs(variance / periods - 1) < SAMPLING, `${variance} against ${periods}`)
  const forecast = {
    mean: new Float64Array(horizon).fill(rate),
    spread: { kind: 'paths', count: values.length / horizon, values } as const,
  }
  const total = totalMoments(forecast, 1, horizon).sd ** 2
  const expected = horizon * (rate + (rate * rate * (1 + level)) / size) + horizon ** 2 * level * rate * rate
  assert.ok(Math.abs(total / expected - 1) < 2 * SAMPLING, `${total} against ${expected}`)
  assert.ok(total > 1.5 * horizon * periods * (1 - level))
})

test('no demand at all is forecast as none; what dies out is forecast to die', () => {
  const none = sba.fit(seriesOf(new Array(30).fill(0)), sba.check(), unlimited)
  const forecast = sba.forecast(none, 5, randomStream('none'))
  assert.deepEqual([...forecast.mean], [0, 0, 0, 0, 0])
  assert.ok(forecast.spread.kind === 'paths' && forecast.spread.values.every((value) => value === 0))
  const dying = [...new Array(40).fill(0).map((_, t) => (t % 3 === 0 ? 4 : 0)), ...new Array(40).fill(0)]
  assert.ok(
    tsb.fit(seriesOf(dying), tsb.check(), unlimited).rate < sba.fit(seriesOf(dying), sba.check(), unlimited).rate,
  )
})
