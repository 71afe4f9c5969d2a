import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { guerreroLambda } from '../../src/series/guerrero.ts'
import { boxCox, inverse, inverseMean } from '../../src/series/transform.ts'

const golden = JSON.parse(readFileSync(new URL('../golden/stl.json', import.meta.url), 'utf8'))

test('the inverse undoes the transform', () => {
  const value = fc.double({ min: 1e-3, max: 1e6, noNaN: true })
  const lambda = fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), fc.constantFrom(0, 1, -1, 1e-12))
  fc.assert(
    fc.property(value, lambda, (x, l) => {
      const w = boxCox([x], l)[0]
      // near the bound -1/lambda of a negative lambda the transform is flat: digits are lost as x^-lambda grows
      const tolerance = 1e-13 * Math.max(10, x ** -l * 10, Math.abs(Math.log(x)) * 10)
      assert.ok(Math.abs(inverse([w], l)[0] - x) <= tolerance * x, `${x} ${l}`)
    }),
    { seed: 4 },
  )
  assert.ok(Math.abs(inverse(boxCox([-3], 0.5), 0.5)[0] + 3) < 1e-12)
  assert.ok(Math.abs(inverse(boxCox([0], 0.5), 0.5)[0]) < 1e-12)
})

test('what does not exist is NaN, never Infinity made up', () => {
  assert.ok(boxCox([0, -1], 0).every(Number.isNaN))
  assert.ok(boxCox([0, -1], -0.5).every(Number.isNaN))
  assert.ok(Number.isNaN(inverse([2.1], -0.5)[0]))
})

test('means against numerical integration', () => {
  const integrated = (w: number, sd: number, l: number): number => {
    let sum = 0
    for (let k = -800; k <= 800; k++) {
      const z = k / 100
      sum += inverse([w + sd * z], l)[0] * Math.exp((-z * z) / 2) * 0.01
    }
    return sum / Math.sqrt(2 * Math.PI)
  }
  assert.ok(Math.abs(inverseMean([2], [0.5], 0)[0] / integrated(2, 0.5, 0) - 1) < 1e-9)
  assert.ok(Math.abs(inverseMean([6], [0.5], 0.5)[0] / integrated(6, 0.5, 0.5) - 1) < 1e-9)
  // second order only: within a few parts in ten thousand for a moderate spread
  assert.ok(Math.abs(inverseMean([6], [0.4], 0.2)[0] / integrated(6, 0.4, 0.2) - 1) < 5e-4)
  assert.equal(inverseMean([3], [2], 1)[0], 4)
})

test("Guerrero's lambda is R's", () => {
  for (const { values, seasonLength, lambda } of Object.values<Record<string, never>>(golden))
    assert.ok(Math.abs(guerreroLambda(values, seasonLength) - lambda) < 1e-6)
  assert.equal(guerreroLambda([1, 2, 3], 12), 1)
  assert.equal(guerreroLambda(new Array(40).fill(0), 4), 1)
})
