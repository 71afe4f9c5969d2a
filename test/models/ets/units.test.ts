import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomStream } from '../../../src/math/random.ts'
import { encode, layoutOf } from '../../../src/models/ets/coordinates.ts'
import { makeTrace, type Parameters } from '../../../src/models/ets/kernel.ts'
import { parseForm, shapeOf } from '../../../src/models/ets/spec.ts'
import { unitsOf } from '../../../src/models/ets/units.ts'

/** Of a forward difference of 1e-4 on effects that are linear: rounding of the series over it. */
const DIFFERENCE = 1e-8
const ALPHA = 0.3
const GAMMA = 0.2
const random = randomStream('units')
const y = Float64Array.from({ length: 60 }, () => 1 + 0.1 * random.normal())

/** Units of a form with the smoothing parameters above, all states at nothing; and Σ e² there. */
function unitsWith(
  name: string,
  m: number,
  precision: number,
): { units: Float64Array; squares: number; season: number } {
  const shape = shapeOf(parseForm(name)!, m)
  const layout = layoutOf(shape, false, 0)
  const parameters: Parameters = { alpha: ALPHA, beta: 0, gamma: GAMMA, phi: 1, states: new Float64Array(2 + m) }
  const point = new Float64Array(layout.size)
  encode(layout, parameters, point)
  const prior = { centre: point, precision: new Float64Array(layout.size).fill(precision), precisionAbove: precision }
  const trace = makeTrace(y.length)
  const units = unitsOf(y, y.length, shape, layout, point, prior, { parameters, trace })!
  let level = 0
  const figure = new Float64Array(m)
  let squares = 0
  for (let t = 0; t < y.length; t++) {
    const season = shape.season === 0 ? 0 : figure[t % m]!
    const error = y[t]! - level - season
    squares += error * error
    level += ALPHA * error
    figure[t % m] = season + GAMMA * error
  }
  return { units, squares, season: layout.season }
}

test('the unit of a level is what its fading effect and the prior leave open', () => {
  for (const precision of [0, 7]) {
    const { units, squares } = unitsWith('ANN', 1, precision)
    let effect = 0
    for (let t = 0; t < y.length; t++) effect += (1 - ALPHA) ** (2 * t)
    const expected = 1 / Math.sqrt((y.length * effect) / squares + precision)
    assert.ok(Math.abs(units[1]! / expected - 1) < DIFFERENCE, `${units[1]} ${expected}`)
  }
})

test('the slots of a season share the unit of the first', () => {
  const { units, season } = unitsWith('ANA', 4, 1)
  assert.equal(units.length, season + 4)
  for (let j = 1; j < 4; j++) assert.equal(units[season + j], units[season])
})

test('there are none where the point is not admissible', () => {
  const shape = shapeOf(parseForm('MNN')!, 1)
  const layout = layoutOf(shape, false, 0)
  const parameters: Parameters = { alpha: ALPHA, beta: 0, gamma: 0, phi: 1, states: Float64Array.of(-1, 0, 0) }
  const point = new Float64Array(layout.size)
  encode(layout, parameters, point)
  const prior = { centre: point, precision: new Float64Array(layout.size).fill(1), precisionAbove: 1 }
  assert.equal(unitsOf(y, y.length, shape, layout, point, prior, { parameters, trace: makeTrace(y.length) }), null)
})
