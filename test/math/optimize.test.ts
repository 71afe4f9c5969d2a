import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brentMinimum } from '../../src/math/optimize/brent.ts'
import { brentRoot } from '../../src/math/optimize/brent-root.ts'
import { unlimited } from '../../src/math/optimize/budget.ts'
import { nelderMead } from '../../src/math/optimize/nelder-mead.ts'

const near = (found: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${found} is not ${expected} to ${tolerance}`)
const rosenbrock = (x: Float64Array): number => 100 * (x[1]! - x[0]! ** 2) ** 2 + (1 - x[0]!) ** 2
const box = (n: number, at: number): Float64Array => new Float64Array(n).fill(at)

test('Nelder-Mead: Rosenbrock from the usual start', () => {
  const options = { step: box(2, 0.5), tolerance: 1e-12 }
  const found = nelderMead(rosenbrock, Float64Array.of(-1.2, 1), box(2, -5), box(2, 5), options, unlimited)
  assert.ok(found.converged && found.evaluations < 1000, `${found.evaluations} evaluations`)
  near(found.point[0]!, 1, 1e-5)
  near(found.point[1]!, 1, 1e-5)
})

test('Nelder-Mead: a minimum on an edge and in a corner; never outside the box', () => {
  const outside: number[] = []
  const bowl = (x: Float64Array): number => {
    if (x[0]! < 0 || x[1]! < 0 || x[2]! > 1) outside.push(x[0]!)
    return (x[0]! + 1) ** 2 + (x[1]! - 0.3) ** 2 + (x[2]! - 4) ** 2
  }
  const options = { step: box(3, 0.2) }
  const found = nelderMead(bowl, box(3, 0.5), box(3, 0), box(3, 1), options, unlimited)
  assert.deepEqual(outside, [])
  near(found.point[0]!, 0, 1e-4)
  near(found.point[1]!, 0.3, 1e-3)
  near(found.point[2]!, 1, 1e-4)
})

test('Nelder-Mead: five dimensions, with inadmissible points as Infinity and NaN', () => {
  const f = (x: Float64Array): number => {
    if (x[0]! > 2) return Number.POSITIVE_INFINITY
    if (x[1]! > 2) return Number.NaN
    return x.reduce((total, value, j) => total + (j + 1) * (value - 0.1 * j) ** 2, 0)
  }
  const options = { step: box(5, 0.7), tolerance: 1e-10 }
  const found = nelderMead(f, box(5, 1.9), box(5, -3), box(5, 3), options, unlimited)
  for (let j = 0; j < 5; j++) near(found.point[j]!, 0.1 * j, 1e-3)
})

test('Nelder-Mead: the budget is kept to, the best point so far is given, the start is not touched', () => {
  let calls = 0
  const f = (x: Float64Array): number => {
    calls++
    return rosenbrock(x)
  }
  const start = Float64Array.of(-1.2, 1)
  for (const maxEvaluations of [0, 1, 2, 3, 10, 37]) {
    calls = 0
    const found = nelderMead(f, start, box(2, -5), box(2, 5), { step: box(2, 0.5) }, { maxEvaluations })
    assert.ok(calls <= maxEvaluations && found.evaluations === calls, `${calls} of ${maxEvaluations}`)
    assert.equal(found.converged, false)
    assert.ok(maxEvaluations === 0 || found.value === rosenbrock(found.point))
  }
  assert.deepEqual([...start], [-1.2, 1])
  const expired = (): boolean => calls >= 20
  calls = 0
  nelderMead(f, start, box(2, -5), box(2, 5), { step: box(2, 0.5) }, { maxEvaluations: 1e9, expired })
  assert.ok(calls < 60)
})

test('Brent: minima inside, at an end, and with a NaN half', () => {
  const inside = brentMinimum((x) => (x - 1 / 3) ** 2, 0, 1, unlimited)
  near(inside.point, 1 / 3, 1e-7)
  assert.ok(inside.converged && inside.evaluations < 12)
  near(brentMinimum((x) => x, 2, 5, unlimited).point, 2, 1e-7)
  near(brentMinimum((x) => (x > 0.9 ? Number.NaN : (x - 0.5) ** 4), 0, 1, unlimited).point, 0.5, 1e-2)
  near(brentMinimum((x) => Math.cos(x), 2, 4, unlimited, 1e-10).point, Math.PI, 1e-7)
  const cut = brentMinimum((x) => Math.cos(x), 2, 4, { maxEvaluations: 3 })
  assert.equal(cut.evaluations, 3)
  assert.equal(cut.converged, false)
})

test('Brent: roots to full precision; NaN without a crossing', () => {
  let calls = 0
  const f = (x: number): number => {
    calls++
    return Math.cos(x) - x
  }
  near(brentRoot(f, 0, 1, unlimited), 0.7390851332151607, 2e-16)
  assert.ok(calls <= 12, `${calls} calls`)
  near(
    brentRoot((x) => x ** 3, -1, 2, unlimited, 1e-12),
    0,
    1e-11,
  )
  assert.equal(
    brentRoot((x) => x - 1, 1, 5, unlimited),
    1,
  )
  assert.ok(Number.isNaN(brentRoot((x) => x * x + 1, -1, 1, unlimited)))
  assert.ok(Number.isNaN(brentRoot(() => Number.NaN, -1, 1, unlimited)))
})
