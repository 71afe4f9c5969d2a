import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  coverOf,
  cycleService,
  fillRate,
  periodsNeeded,
  type StockTerms,
  stockLevels,
  type Totals,
} from '../../src/inventory/stock.ts'
import { totalsOf } from '../../src/inventory/totals.ts'
import { normalQuantile } from '../../src/math/distribution/normal.ts'
import { type Random, randomStream } from '../../src/math/random.ts'

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

/** A gamma variable of a whole shape, by its exponential parts. */
function gamma(shape: number, scale: number, random: Random): number {
  let sum = 0
  for (let k = 0; k < shape; k++) sum -= scale * Math.log(random.uniform())
  return sum
}

test('a lead time that varies costs what a simulation says (the original was 30 times too low)', () => {
  const random = randomStream('lead times')
  const demand: number[] = []
  for (let i = 0; i < 200_000; i++) {
    // mean 6, standard deviation 1.5
    const time = gamma(16, 6 / 16, random)
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

test('lead times of the past are taken as they are: each as likely as the others', () => {
  const random = randomStream('past lead times')
  const leadTimes = [2, 2, 3, 9]
  const demand = Array.from({ length: 200_000 }, (_, i) => {
    const time = leadTimes[i % 4]! + 1
    return 100 * time + 20 * Math.sqrt(time) * random.normal()
  }).sort((a, b) => a - b)
  const asked = terms({ leadTimes, leadTime: 4, reviewPeriod: 1, serviceLevel: 0.9 })
  const { reorderPoint, safetyStock } = stockLevels(independent, asked)
  assert.ok(Math.abs(reorderPoint / demand[180_000]! - 1) < 0.01, `${reorderPoint} ${demand[180_000]}`)
  assert.ok(Math.abs(reorderPoint - safetyStock - 500) < 1e-9)
  assert.equal(periodsNeeded(asked), 10)
})

test('fill rates and the service of a cycle are those of a simulation; the least stock of a fill rate is found', () => {
  const random = randomStream('orders')
  for (const [leadTime, reviewPeriod] of [
    [2, 1],
    [1, 3],
  ] as const) {
    const asked = terms({ leadTime, reviewPeriod, serviceLevel: 0.93, serviceMeasure: 'fill_rate' })
    const cover = coverOf(independent, asked)
    const target = stockLevels(independent, asked).reorderPoint
    const pipeline: number[] = new Array(leadTime).fill(0)
    let net = target
    let cycles = 0
    let short = 0
    let waited = 0
    let total = 0
    for (let t = 0; t < 300_000; t++) {
      net += pipeline.shift()!
      pipeline.push(t % reviewPeriod === 0 ? target - net - pipeline.reduce((sum, each) => sum + each, 0) : 0)
      const demand = 100 + 20 * random.normal()
      const before = Math.max(0, net)
      net -= demand
      total += demand
      waited += Math.max(0, demand - before)
      // just before the order of a review arrives
      if (t >= leadTime && (t + 1 - leadTime) % reviewPeriod === 0) {
        cycles++
        short += Number(net < 0)
      }
    }
    // three standard errors of so many periods, and 400 values for a distribution
    assert.ok(Math.abs(1 - waited / total - fillRate(cover, target)) < 0.004, `${1 - waited / total}`)
    assert.ok(Math.abs(fillRate(cover, target) - 0.93) < 1e-4)
    assert.ok(Math.abs(1 - short / cycles - cycleService(cover, target)) < 0.01, `${1 - short / cycles}`)
  }
})

/** Totals of one to three periods by so many draws. */
function drawnTotals(meanDemand: number, atOnce: boolean, draw: (periods: number) => number): Totals {
  const count = 20_000
  const sums = [1, 2, 3].map((periods) => Float64Array.from({ length: count }, () => draw(periods)).sort())
  return { atOnce, mean: (k) => meanDemand * k, quantile: (k, p) => sums[k - 1]![Math.floor(p * count)]! }
}

test('under continuous review fill rates are those of a simulation, of demand that flows and of demand that comes at once', () => {
  const random = randomStream('continuous review')
  const exponential = (mean: number): number => -mean * Math.log(1 - random.uniform())
  // about twenty small orders a period, or two large ones in five periods
  const flowing = { every: () => exponential(0.05), size: () => exponential(5), mean: 100, atOnce: false }
  const lumpy = { every: () => exponential(2.5), size: () => exponential(10), mean: 4, atOnce: true }
  const leadTime = 2
  for (const { every, size, mean, atOnce } of [flowing, lumpy]) {
    const totals = drawnTotals(mean, atOnce, (periods) => {
      let total = 0
      for (let at = every(); at <= periods; at += every()) total += size()
      return total
    })
    const cover = coverOf(totals, terms({ leadTime }))
    for (const fillRateAsked of [0.8, 0.95]) {
      const asked = terms({ leadTime, serviceLevel: fillRateAsked, serviceMeasure: 'fill_rate' })
      const target = stockLevels(totals, asked).reorderPoint
      assert.ok(Math.abs(fillRate(cover, target) - fillRateAsked) < 0.003)
      // what is taken is ordered at once, and arrives after the lead time
      const under: { at: number; size: number }[] = []
      let [ordered, waited, total] = [0, 0, 0]
      for (let at = 0, orders = 0; orders < 1_000_000; orders++) {
        at += every()
        while (under.length > 0 && under[0]!.at <= at - leadTime) ordered -= under.shift()!.size
        const order = size()
        total += order
        waited += Math.max(0, order - Math.max(0, target - ordered))
        ordered += order
        under.push({ at, size: order })
      }
      // three standard errors of the share, and two lumps of one period are taken for one
      assert.ok(Math.abs(1 - waited / total - fillRateAsked) < 0.008, `${1 - waited / total} for ${fillRateAsked}`)
    }
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
  assert.equal(periodsNeeded(terms), 7)
  assert.ok(Math.max(...asked) <= 7)
})

test('dependence between periods raises the safety stock above σ√L: totals are no sums of bands', () => {
  const sd = new Float64Array(4).fill(20)
  const mean = new Float64Array(4).fill(100)
  const stock = (response: Float64Array): number =>
    stockLevels(
      totalsOf({ mean, spread: { kind: 'normal', sd, response } }, () => randomStream('totals')),
      terms({ leadTime: 4 }),
    ).safetyStock
  const apart = stock(Float64Array.of(1, 0, 0, 0))
  assert.ok(Math.abs(apart - 40 * normalQuantile(0.95)) < 1e-9)
  const together = stock(Float64Array.of(1, 0.8, 0.64, 0.512))
  assert.ok(together > 1.3 * apart && together < 2 * apart, `${together}`)
})
