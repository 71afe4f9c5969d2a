import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { randomStream } from '../../../src/math/random.ts'
import { forgets } from '../../../src/models/ces/forgetting.ts'
import { ces } from '../../../src/models/ces/index.ts'
import { adjoint, filter, makeTrace, type Parameters } from '../../../src/models/ces/kernel.ts'
import { shapeOf } from '../../../src/models/ces/member.ts'
import { SEASONALITIES } from '../../../src/models/ces/spec.ts'

const M = 4
const random = randomStream('ces')
const y = Float64Array.from({ length: 40 }, (_, t) =>
  t % 11 === 5 ? Number.NaN : 10 + t / 5 + (t % M) + random.normal(),
)
const seriesOf = (values: Float64Array, seasonLength = 1) => ({ name: '', values, seasonLength, calendar: null })

/** Relative error of central differences of a smooth function. */
const DIFFERENCES = 1e-6

for (const seasonality of SEASONALITIES)
  test(`${seasonality}: the backward pass is the gradient of the squares`, () => {
    const shape = shapeOf(seasonality, M)
    const size = 4 + 2 + 2 * shape.seasonLength
    const point = Float64Array.from({ length: size }, (_, i) =>
      i === 2 && seasonality === 'partial' ? 0.2 : 1 + 0.1 * (i % 3),
    )
    const squaresAt = (at: Float64Array): number => {
      const [a0, a1, b0, b1] = at as unknown as [number, number, number, number]
      return filter(shape, y, { a0, a1, b0, b1, states: at.slice(4) }, makeTrace(y.length))
    }
    const trace = makeTrace(y.length)
    const [a0, a1, b0, b1] = point as unknown as [number, number, number, number]
    const parameters: Parameters = { a0, a1, b0, b1, states: point.slice(4) }
    filter(shape, y, parameters, trace)
    const gradient = new Float64Array(size)
    adjoint(shape, y, parameters, trace, 2, gradient)
    for (let i = 0; i < size; i++) {
      // a season alone has no level
      if (!shape.level && (i < 2 || i === 4 || i === 5)) continue
      const step = 1e-6
      const slope =
        (squaresAt(point.with(i, point[i]! + step)) - squaresAt(point.with(i, point[i]! - step))) / (2 * step)
      const allowed = DIFFERENCES * Math.max(1, Math.abs(slope), squaresAt(point))
      assert.ok(Math.abs(slope - gradient[i]!) < allowed, `coordinate ${i}: ${gradient[i]} against ${slope}`)
    }
  })

test('errors are forgotten inside the region of the paper, and not outside', () => {
  assert.ok(forgets(1.3, 1) && forgets(1.9, 1))
  assert.ok(!forgets(2.6, 1) && !forgets(0.9, 1.2))
})

test('a season is found, and its forecast repeats it', () => {
  const values = Float64Array.from({ length: 60 }, (_, t) => 100 + 20 * Math.sin((t * Math.PI) / 6) + random.normal())
  const fit = ces.fit(seriesOf(values, 12), ces.check(), unlimited)
  assert.ok(fit.members.every(({ seasonality }) => seasonality !== 'none'))
  const { mean } = ces.forecast(fit, 12, random)
  for (let h = 0; h < 12; h++) assert.ok(Math.abs(mean[h]! - (100 + 20 * Math.sin(((60 + h) * Math.PI) / 6))) < 5)
})

test('the response is what an error does to the path', () => {
  const fit = ces.fit(seriesOf(y, M), ces.check({ seasonality: 'full', selection: 'best' }), unlimited)
  const { spread, mean } = ces.forecast(fit, 8, random)
  assert.ok(spread.kind === 'normal')
  // one more value, a standard error above its forecast, moves what follows by the response
  const longer = Float64Array.of(...y, mean[0]! + 1)
  const moved = ces.forecast(ces.update!(fit, seriesOf(longer, M)), 7, random).mean
  const same = ces.forecast(ces.update!(fit, seriesOf(Float64Array.of(...y, mean[0]!), M)), 7, random).mean
  for (let h = 0; h < 7; h++) assert.ok(Math.abs(moved[h]! - same[h]! - spread.response[h + 1]!) < 1e-9)
})
