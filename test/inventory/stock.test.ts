import assert from 'node:assert/strict'
import { test } from 'node:test'
import { periodsNeeded, type StockTerms, stockLevels, type Totals } from '../../src/inventory/stock.ts'
import { totalsOf } from '../../src/inventory/totals.ts'
import { normalQuantile } from '../../src/math/distribution/normal.ts'
import { randomStream } from '../../src/math/random.ts'

/** Independent normal demand: totals of k periods are normal with mean 100 k and standard deviation 20 √k. */
const independent: Totals = {
  mean: (k) => 100 * k,
  quantile: (k, p) => 100 * k + 20 * Math.sqrt(k) * normalQuantile(p),
}
const terms = (other: Partial<StockTerms>): StockTerms => ({
  leadTime: 1,
  leadTimeSd: 0,
  reviewPeriod: 0,
  serviceLevel: 0.95,
  ...other,
})

test('independent normal demand: safety stock is z σ √(lead time + review), also for fractions of a period', () => {
  for (const [leadTime, reviewPeriod] of [
    [1, 0],
    [4, 0],
    [3, 2],
    [0.5, 0],
    [2.3, 0.4],
  ] as const)
    for (const serviceLevel of [0.5, 0.8, 0.95, 0.999]) {
      const { reorderPoint, safetyStock } = stockLevels(independent, terms({ leadTime, reviewPeriod, serviceLevel }))
      const time = leadTime + reviewPeriod
      const expected = 20 * Math.sqrt(time) * normalQuantile(serviceLevel)
      assert.ok(Math.abs(safetyStock - expected) < 1e-9 * (1 + expected), `${time} ${serviceLevel} ${safetyStock}`)
      assert.ok(Math.abs(reorderPoint - safetyStock - 100 * time) < 1e-9 * reorderPoint)
    }
})

test('a lead time that varies costs what a simulation says (the original was 30 times too low)', () => {
  const random = randomStream('lead times')
  const demand: number[] = []
  for (let i = 0; i < 200_000; i++) {
    const time = Math.max(0, 6 + 1.5 * random.normal())
    demand.push(100 * time + 20 * Math.sqrt(time) * random.normal())
  }
  demand.sort((a, b) => a - b)
  for (const serviceLevel of [0.8, 0.95, 0.99]) {
    const brute = demand[Math.floor(serviceLevel * demand.length)]!
    const { reorderPoint, safetyStock } = stockLevels(
      independent,
      terms({ leadTime: 6, leadTimeSd: 1.5, serviceLevel }),
    )
    // 41 nodes cut the tails a little: 1.5 % of the total
    assert.ok(Math.abs(reorderPoint / brute - 1) < 0.015, `${serviceLevel}: ${reorderPoint} against ${brute}`)
    const fixed = stockLevels(independent, terms({ leadTime: 6, serviceLevel }))
    assert.ok(safetyStock > 2 * fixed.safetyStock)
  }
})

test('nothing is negative, and nothing is needed for no time', () => {
  assert.deepEqual(stockLevels(independent, terms({ leadTime: 0 })), { reorderPoint: 0, safetyStock: 0 })
  const falling: Totals = { mean: (k) => -5 * k, quantile: (k) => -4 * k }
  assert.deepEqual(stockLevels(falling, terms({ leadTime: 3 })), { reorderPoint: 0, safetyStock: 0 })
  const low = stockLevels(independent, terms({ leadTime: 4, serviceLevel: 0.1 }))
  assert.equal(low.safetyStock, 0)
  assert.ok(low.reorderPoint > 0)
})

test('totals are asked for no further than was announced', () => {
  const terms = { leadTime: 3.2, leadTimeSd: 1, reviewPeriod: 1, serviceLevel: 0.95 }
  const asked: number[] = []
  const recording = (k: number, p: number): number => {
    asked.push(k)
    return independent.quantile(k, p)
  }
  stockLevels({ ...independent, quantile: recording }, terms)
  assert.equal(periodsNeeded(terms), 9)
  assert.ok(Math.max(...asked) <= 9)
})

test('dependence between periods raises the safety stock above σ√L: totals are no sums of bands', () => {
  const sd = new Float64Array(4).fill(20)
  const mean = new Float64Array(4).fill(100)
  const stock = (response: Float64Array): number =>
    stockLevels(totalsOf({ mean, spread: { kind: 'normal', sd, response } }), terms({ leadTime: 4 })).safetyStock
  const apart = stock(Float64Array.of(1, 0, 0, 0))
  assert.ok(Math.abs(apart - 40 * normalQuantile(0.95)) < 1e-9)
  const together = stock(Float64Array.of(1, 0.8, 0.64, 0.512))
  assert.ok(together > 1.3 * apart && together < 2 * apart, `${together}`)
})
