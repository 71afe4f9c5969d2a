import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { randomStream } from '../../src/math/random.ts'
import { adf } from '../../src/series/unit-root/adf.ts'
import { chooseDifferences } from '../../src/series/unit-root/choose-differences.ts'
import { firstDifferences } from '../../src/series/unit-root/first-differences.ts'
import { interpolatedP } from '../../src/series/unit-root/interpolated-p.ts'
import { kpss } from '../../src/series/unit-root/kpss.ts'
import { ocsb, ocsbRegression } from '../../src/series/unit-root/ocsb.ts'
import { seasonalDifferences } from '../../src/series/unit-root/seasonal-differences.ts'

interface Case {
  readonly seasonLength: number
  readonly values: (number | null)[]
  readonly ndiffs: number
  readonly nsdiffs?: number
  readonly d: number
  readonly D: number
}
const golden = Object.entries(
  JSON.parse(readFileSync(new URL('../golden/differences.json', import.meta.url), 'utf8')) as Record<string, Case>,
).map(([name, item]) => ({ ...item, name, values: Float64Array.from(item.values, (value) => value ?? Number.NaN) }))
const valuesOf = (name: string): Float64Array => golden.find((item) => item.name === name)!.values

test("ndiffs, nsdiffs and the differences of auto.arima are R's", () => {
  for (const { name, values, seasonLength, ndiffs, nsdiffs, d, D } of golden) {
    assert.equal(firstDifferences(values).d, ndiffs, `${name} ndiffs`)
    if (nsdiffs !== undefined) assert.equal(seasonalDifferences(values, seasonLength).D, nsdiffs, `${name} nsdiffs`)
    const ours = chooseDifferences(values, seasonLength)
    assert.deepEqual([ours.d, ours.D], [d, D], name)
  }
})

test('the KPSS statistic by its definition', () => {
  const x = [1, 3, 2, 5, 4, 6]
  const e = x.map((value) => value - 3.5)
  const partial = e.map((_, i) => e.slice(0, i + 1).reduce((a, b) => a + b, 0))
  const squares = (values: number[]): number => values.reduce((a, b) => a + b * b, 0)
  const lagged = e.slice(1).reduce((sum, value, i) => sum + value * e[i]!, 0)
  const expected = squares(partial) / 36 / (squares(e) / 6 + (2 / 6) * 0.5 * lagged)
  assert.ok(Math.abs(kpss(Float64Array.from(x), 1).statistic - expected) < 1e-14)
  assert.equal(kpss(Float64Array.from(x)).lags, 0)
})

test("OCSB statistics are R's on Australian residents", () => {
  // R's datasets::austres, in thousands; ocsb.test(austres, maxlag = 2 or 3, lag.method = "fixed") of forecast
  const austres = Float64Array.of(
    ...[13067.3, 13130.5, 13198.4, 13254.2, 13303.7, 13353.9, 13409.3, 13459.2, 13504.5, 13552.6, 13614.3, 13669.5],
    ...[13722.6, 13772.1, 13832.0, 13862.6, 13893.0, 13926.8, 13968.9, 14004.7, 14033.1, 14066.0, 14110.1, 14155.6],
    ...[14192.2, 14231.7, 14281.5, 14330.3, 14359.3, 14396.6, 14430.8, 14478.4, 14515.7, 14554.9, 14602.5, 14646.4],
    ...[14695.4, 14746.6, 14807.4, 14874.4, 14923.3, 14988.7, 15054.1, 15121.7, 15184.2, 15239.3, 15288.9, 15346.2],
    ...[15393.5, 15439.0, 15483.5, 15531.5, 15579.4, 15628.5, 15677.3, 15736.7, 15788.3, 15839.7, 15900.6, 15961.5],
    ...[16018.3, 16076.9, 16139.0, 16203.0, 16263.3, 16327.9, 16398.9, 16478.3, 16538.2, 16621.6, 16697.0, 16777.2],
    ...[16833.1, 16891.6, 16956.8, 17026.3, 17085.4, 17106.9, 17169.4, 17239.4, 17292.0, 17354.2, 17414.2, 17447.3],
    ...[17482.6, 17526.0, 17568.7, 17627.1, 17661.5],
  )
  assert.ok(Math.abs(ocsbRegression(austres, 4, 2, 2).statistic - -5.673749) < 5e-7)
  assert.ok(Math.abs(ocsbRegression(austres, 4, 3, 3).statistic - -5.632227) < 5e-7)
  const { statistic, critical } = ocsb(austres, 4)
  assert.ok(statistic < critical, 'no seasonal unit root')
})

test('a random walk is differenced once, noise not at all, by either test; a seasonal walk by its season', () => {
  const random = randomStream('unit roots')
  const differences = { kpss: [0, 0], adf: [0, 0] }
  let seasonal = 0
  const runs = 60
  for (let run = 0; run < runs; run++) {
    const noise = Float64Array.from({ length: 240 }, () => random.normal())
    let level = 0
    const walk = noise.map((value) => (level += value))
    for (const unitRootTest of ['kpss', 'adf'] as const) {
      if (firstDifferences(noise, { unitRootTest }).d === 0) differences[unitRootTest][0]!++
      if (firstDifferences(walk, { unitRootTest }).d === 1) differences[unitRootTest][1]!++
    }
    const years = noise.slice()
    for (let t = 12; t < years.length; t++) years[t]! += years[t - 12]!
    if (seasonalDifferences(years, 12, { seasonalTest: 'ocsb' }).D === 1) seasonal++
  }
  // tests at 5 %: of 60 at least 50 hold with a probability beyond 99.9 %, KPSS has less power against a walk
  for (const counts of Object.values(differences)) for (const count of counts) assert.ok(count >= 48, `${count}`)
  assert.ok(seasonal >= 48, `${seasonal}`)
})

test('what does not vary needs no difference, and none beyond the one that makes it constant', () => {
  const constant = chooseDifferences(new Float64Array(60).fill(3.1), 12)
  assert.deepEqual([constant.d, constant.D, constant.evidence.constant], [0, 0, true])
  const line = chooseDifferences(
    Float64Array.from({ length: 60 }, (_, t) => 0.1 * t + 7),
    1,
  )
  assert.deepEqual([line.d, line.D, line.evidence.constant], [1, 0, true])
  const season = Float64Array.from({ length: 60 }, (_, t) => 100 + 10 * Math.sin((t * Math.PI) / 6) + 0.3 * t)
  const repeated = chooseDifferences(season, 12)
  assert.deepEqual([repeated.d, repeated.D, repeated.evidence.constant], [0, 1, true])
})

test('missing values, short and extreme series have an answer, and scale does not matter', () => {
  const holes = valuesOf('UKgas').map((value, t) => (t % 10 === 3 || t < 4 ? Number.NaN : value))
  const { d, D } = chooseDifferences(holes, 4)
  assert.deepEqual([d, D], [1, 1])
  for (const values of [[], [Number.NaN], [1], [1, 2], [1, 2, 4]]) {
    const answer = chooseDifferences(values, 4)
    assert.ok(answer.d >= 0 && answer.d <= 2 && answer.D === 0)
    assert.ok(chooseDifferences(values, 4, { unitRootTest: 'adf', seasonalTest: 'ocsb' }).d >= 0)
  }
  for (const factor of [1e-250, 1e250]) {
    const scaled = valuesOf('JohnsonJohnson').map((value) => value * factor)
    const [kpssAndStrength, adfAndOcsb] = [{}, { unitRootTest: 'adf', seasonalTest: 'ocsb' }] as const
    for (const options of [kpssAndStrength, adfAndOcsb]) {
      const plain = chooseDifferences(valuesOf('JohnsonJohnson'), 4, options)
      const answer = chooseDifferences(scaled, 4, options)
      assert.deepEqual([answer.d, answer.D], [plain.d, plain.D], `at ${factor}`)
    }
  }
  assert.equal(chooseDifferences(valuesOf('N0048'), 1, { maxDifferences: 1 }).d, 1)
  assert.equal(chooseDifferences(valuesOf('UKgas'), 4, { maxSeasonalDifferences: 0 }).D, 0)
})

test('probabilities are interpolated in the table and kept to its ends', () => {
  const table = [
    [-3, -2, -1],
    [0.01, 0.05, 0.1],
  ] as const
  assert.equal(interpolatedP(-2.5, ...table), 0.03)
  assert.equal(interpolatedP(-9, ...table), 0.01)
  assert.equal(interpolatedP(0, ...table), 0.1)
  assert.ok(Number.isNaN(adf(Float64Array.of(1, 2, 3)).p))
})
