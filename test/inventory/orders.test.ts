import assert from 'node:assert/strict'
import { test } from 'node:test'
import { abcClasses, xyzClass } from '../../src/inventory/classes.ts'
import { chanceAbove, expectedAbove } from '../../src/inventory/grid-demand.ts'
import { orderQuantity } from '../../src/inventory/order.ts'
import { coverPeriods, projectStock } from '../../src/inventory/projection.ts'
import { normalCdf, normalQuantile } from '../../src/math/distribution/normal.ts'

test('an order is what is missing, at least the minimum, in whole multiples, and nothing where nothing is missing', () => {
  assert.equal(orderQuantity(100, 100), 0)
  assert.equal(orderQuantity(120, 100), 0)
  assert.equal(orderQuantity(-20, 100), 120)
  assert.equal(orderQuantity(95, 100, { minimumOrder: 40 }), 40)
  assert.equal(orderQuantity(95, 100, { orderMultiple: 12 }), 12)
  assert.equal(orderQuantity(40, 100, { minimumOrder: 61, orderMultiple: 12 }), 72)
  // 0.1 × 3 is no 0.3, and yet three boxes
  assert.ok(Math.abs(orderQuantity(0, 0.1 * 3, { orderMultiple: 0.1 }) - 0.3) < 1e-12)
})

test('projected stock: what is on hand, what arrives after the lead time, less demand; its risk is that of the total', () => {
  const sd = 10
  const probabilities = Float64Array.from({ length: 99 }, (_, k) => (k + 1) / 100)
  const response = Float64Array.of(1, 0, 0, 0)
  const values = Float64Array.from({ length: 4 * 99 }, (_, k) => 20 + sd * normalQuantile(probabilities[k % 99]!))
  const demand = { mean: new Float64Array(4).fill(20), bands: { probabilities, values, response } }
  const { stock, risk } = projectStock(demand, 50, 60, 2)
  assert.deepEqual([...stock], [30, 10, 50, 30])
  // the grid reaches below zero, so totals are normal: (stock − 20 h) / (10 √h); the grid's own spread is within 1 %
  for (const [h, available] of [50, 50, 110, 110].entries()) {
    const expected = 1 - normalCdf((available - 20 * (h + 1)) / (sd * Math.sqrt(h + 1)))
    assert.ok(Math.abs(risk[h]! - expected) < 0.005, `${h}: ${risk[h]} ${expected}`)
  }
  const lasting = { ...demand, bands: { ...demand.bands, response: new Float64Array(4).fill(1) } }
  assert.ok(projectStock(lasting, 50, 60, 2).risk[1]! > risk[1]!, 'errors that last add up')
  assert.ok(Number.isNaN(projectStock({ ...demand, bands: null }, 50, 0, 0).risk[0]!))
})

test('cover counts fractions of a period, and says nothing beyond the forecast', () => {
  const mean = Float64Array.of(10, 0, 20)
  assert.deepEqual(
    [0, 5, 10, 15, 30, 31].map((stock) => coverPeriods(mean, stock)),
    [0, 0.5, 1, 2.25, 3, null],
  )
  assert.equal(coverPeriods(mean, -3), 0)
})

test('chance and shortage above a stock are those of the quantiles', () => {
  const probabilities = Float64Array.from({ length: 199 }, (_, k) => (k + 1) / 200)
  const quantiles = probabilities.map((p) => 100 + 20 * normalQuantile(p))
  for (const stock of [70, 100, 125, 140]) {
    const z = (stock - 100) / 20
    assert.ok(Math.abs(chanceAbove(probabilities, quantiles, stock) - (1 - normalCdf(z))) < 0.002)
    const loss = 20 * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) - z * (1 - normalCdf(z)))
    assert.ok(Math.abs(expectedAbove(probabilities, quantiles, stock) - loss) < 0.1, `${stock}`)
  }
  const never = new Float64Array(199)
  assert.ok(chanceAbove(probabilities, never, 0) < 0.0051)
  assert.equal(chanceAbove(probabilities, never, -1), 1)
})

test('ABC by shares of the value, XYZ by what is left unforeseen', () => {
  assert.deepEqual(abcClasses([50, 30, 15, 5, 0]), ['A', 'A', 'B', 'C', 'C'])
  assert.deepEqual(abcClasses([1, 99]), ['C', 'A'])
  assert.deepEqual(abcClasses([0, 0]), ['C', 'C'])
  assert.deepEqual(abcClasses([]), [])
  assert.deepEqual(
    [xyzClass(100, 80, 120), xyzClass(100, 50, 150), xyzClass(10, 0, 40), xyzClass(0, 0, 0)],
    ['X', 'Y', 'Z', 'Z'],
  )
})
