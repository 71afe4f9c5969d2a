import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomStream } from '../../../src/math/random.ts'
import { chain, decode, layoutOf } from '../../../src/models/ets/coordinates.ts'
import { adjoint, filter, loss, makeTrace, type Parameters } from '../../../src/models/ets/kernel.ts'
import { FORMS, formName, shapeOf } from '../../../src/models/ets/spec.ts'

/** Central differences with a step of 1e-6 are good to about 1e-7 of the gradient's size. */
const DIFFERENCES = 1e-5

for (const form of FORMS)
  test(`the backward pass gives the gradient of ${formName(form)}, with and without missing values`, () => {
    const m = 4
    const random = randomStream(`gradient ${formName(form)}`)
    for (const withMissing of [false, true]) {
      const y = Float64Array.from({ length: 30 }, (_, t) => 1 + 0.01 * t + 0.2 * Math.sin(t) + 0.1 * random.normal())
      if (withMissing) y[7] = y[8] = y[20] = Number.NaN
      const shape = shapeOf(form, m)
      const layout = layoutOf(shape, form.trend === 'Ad', 0)
      const point = Float64Array.from({ length: layout.size }, () => 0.5 * random.normal())
      point[layout.level] = 1
      if (layout.slope >= 0) point[layout.slope] = 0.01
      if (layout.season >= 0)
        for (let j = 0; j < m; j++) point[layout.season + j] = (form.season === 'M' ? 1 : 0) + 0.05 * random.normal()
      const trace = makeTrace(y.length)
      const parameters: Parameters = { alpha: 0, beta: 0, gamma: 0, phi: 1, states: new Float64Array(2 + m) }
      const value = (at: Float64Array): number => {
        decode(layout, at, m, parameters)
        assert.ok(filter(shape, y, parameters, trace))
        const { squares, logs, count } = loss(shape, y, trace.fitted)
        return count * Math.log(squares) + 2 * logs
      }
      value(point)
      const { squares, count } = loss(shape, y, trace.fitted)
      const byParameter = new Float64Array(6 + m)
      adjoint(shape, y, parameters, trace, squares, count, byParameter)
      const gradient = new Float64Array(layout.size)
      chain(layout, point, m, byParameter, gradient)
      for (let i = 0; i < layout.size; i++) {
        const step = 1e-6
        const up = Float64Array.from(point)
        const down = Float64Array.from(point)
        up[i]! += step
        down[i]! -= step
        const numeric = (value(up) - value(down)) / (2 * step)
        assert.ok(
          Math.abs(numeric - gradient[i]!) <= DIFFERENCES * (1 + Math.abs(numeric)),
          `coordinate ${i}: ${gradient[i]} against ${numeric}`,
        )
      }
    }
  })
