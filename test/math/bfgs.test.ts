import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bfgs, bfgsScratch } from '../../src/math/optimize/bfgs.ts'
import { unlimited } from '../../src/math/optimize/budget.ts'

/** Where the gain of a step falls under the tolerance of 1e-8, a smooth minimum is found to about this. */
const OPTIMISER = 1e-4

type Objective = (x: Float64Array, gradient: Float64Array) => number
const rosenbrock: Objective = (x, gradient) => {
  const [a, b] = [x[0]!, x[1]!]
  gradient[0] = -400 * a * (b - a * a) - 2 * (1 - a)
  gradient[1] = 200 * (b - a * a)
  return 100 * (b - a * a) ** 2 + (1 - a) ** 2
}
/** Infinity left of zero, its minimum at 1/2 close to that wall. */
const walled: Objective = (x, gradient) => {
  let sum = 0
  for (let i = 0; i < x.length; i++) {
    if (!(x[i]! > 0)) return Number.POSITIVE_INFINITY
    sum += 2 * x[i]! - Math.log(x[i]!)
    gradient[i] = 2 - 1 / x[i]!
  }
  return sum
}

test('BFGS: Rosenbrock from the usual start', () => {
  const point = Float64Array.of(-1.2, 1)
  const { value, evaluations, converged } = bfgs(rosenbrock, point, bfgsScratch(2), unlimited, 1e-14)
  assert.ok(converged && evaluations < 100, `${evaluations}`)
  assert.ok(value < 1e-12 && Math.abs(point[0]! - 1) < OPTIMISER && Math.abs(point[1]! - 1) < OPTIMISER)
})

test('BFGS: a quadratic in 180 dimensions of very different scales', () => {
  const size = 180
  const point = new Float64Array(size)
  const { converged } = bfgs(
    (x, gradient) => {
      let sum = 0
      for (let i = 0; i < size; i++) {
        const weight = 1 + i
        sum += 0.5 * weight * (x[i]! - i) ** 2
        gradient[i] = weight * (x[i]! - i)
      }
      return sum
    },
    point,
    bfgsScratch(size),
    unlimited,
    1e-14,
    2000,
  )
  assert.ok(converged)
  for (let i = 0; i < size; i++) assert.ok(Math.abs(point[i]! - i) < 1e-3, `${i}: ${point[i]}`)
})

test('BFGS: a wall of Infinity is stepped back from, and a start behind it is told', () => {
  const point = new Float64Array(5).fill(40)
  assert.ok(bfgs(walled, point, bfgsScratch(5), unlimited, 1e-12).converged)
  for (const x of point) assert.ok(Math.abs(x - 0.5) < OPTIMISER, `${x}`)
  const outside = bfgs(walled, Float64Array.of(-1), bfgsScratch(1), unlimited)
  assert.deepEqual(outside, { value: Number.POSITIVE_INFINITY, evaluations: 1, converged: false })
})

test('BFGS: the budget is kept to, and the best point so far is given', () => {
  for (let most = 1; most < 30; most++) {
    const point = Float64Array.of(-1.2, 1)
    const { value, evaluations, converged } = bfgs(rosenbrock, point, bfgsScratch(2), { maxEvaluations: most })
    assert.ok(evaluations <= most && !converged, `${most}`)
    assert.equal(rosenbrock(point, new Float64Array(2)), value)
  }
  const stopped = bfgs(rosenbrock, Float64Array.of(-1.2, 1), bfgsScratch(2), { ...unlimited, expired: () => true })
  assert.deepEqual(stopped, { value: stopped.value, evaluations: 1, converged: false })
})

test('BFGS: scratch of an earlier search leaves no trace', () => {
  const scratch = bfgsScratch(2)
  const first = Float64Array.of(-1.2, 1)
  bfgs(rosenbrock, first, scratch, unlimited)
  const second = Float64Array.of(-1.2, 1)
  bfgs(rosenbrock, second, scratch, unlimited)
  assert.deepEqual(second, first)
})

test('BFGS: a search in units is the search of the coordinates over their units', () => {
  const units = Float64Array.of(0.01, 20, 3)
  const scaled: Objective = (z, gradient) => {
    const value = rosenbrock(z, gradient) + (z[2]! - 1) ** 4
    gradient[2] = 4 * (z[2]! - 1) ** 3
    return value
  }
  const natural: Objective = (x, gradient) => {
    const value = scaled(
      x.map((each, i) => each / units[i]!),
      gradient,
    )
    for (let i = 0; i < 3; i++) gradient[i]! /= units[i]!
    return value
  }
  const z = Float64Array.of(-1.2, 1, 3)
  const x = z.map((each, i) => each * units[i]!)
  const inner = bfgs(scaled, z, bfgsScratch(3), unlimited, 1e-10)
  const outer = bfgs(natural, x, bfgsScratch(3), unlimited, 1e-10, 200, units)
  assert.equal(outer.evaluations, inner.evaluations)
  for (let i = 0; i < 3; i++)
    assert.ok(Math.abs(x[i]! / units[i]! - z[i]!) < OPTIMISER, `${i}: ${x[i]! / units[i]!} ${z[i]}`)
})
