import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { randomStream } from '../../../src/math/random.ts'
import { arima } from '../../../src/models/arima/index.ts'
import { totalMoments } from '../../../src/models/bands.ts'

/** Deviations of totals over a response vector, which is one average for all steps: within this of the exact ones. */
const NEAR = 0.03

/** What the sum of the first steps would be, n times drawn: a random walk whose drift is as uncertain as its estimate. */
test('totals of a random walk with drift know that the drift is estimated', () => {
  const random = randomStream('totals')
  let level = 0
  const values = Float64Array.from({ length: 40 }, () => {
    level += 1 + random.normal()
    return level
  })
  const series = { name: '', values, seasonLength: 1, calendar: null }
  const fit = arima.fit(series, arima.check({ d: 1, D: 0, order: [0, 0, 0, 0], constant: true }), unlimited)
  const { variance } = fit.members[0]!
  const forecast = arima.forecast(fit, 12, random)
  for (const steps of [2, 6, 12]) {
    // errors: Σ k² σ² over the steps each one stays in; drift: variance σ²/n, times 1 + 2 + … + steps
    let exact = 0
    for (let k = 1; k <= steps; k++) exact += k * k
    exact += ((steps * (steps + 1)) / 2) ** 2 / (values.length - 1)
    const expected = Math.sqrt(exact * variance) * fit.scale
    const { sd } = totalMoments(forecast, 1, steps)
    assert.ok(Math.abs(sd / expected - 1) < NEAR, `${steps} steps: ${sd} against ${expected}`)
  }
})
