import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomStream } from '../../../src/math/random.ts'
import { likelihoodOf } from '../../../src/models/arima/likelihood-of.ts'
import type { Series } from '../../../src/series/series.ts'
import { denseLogLikelihood } from './dense.ts'

/** Both are sums of a few hundred numbers around one, the oracle's γ cut at ψ weights below this. */
const ROUNDING = 1e-8

const M = 4
const models = [
  { ar: [], ma: [], seasonalAr: [], seasonalMa: [] },
  { ar: [0.7], ma: [], seasonalAr: [], seasonalMa: [] },
  { ar: [], ma: [-0.6, 0.3], seasonalAr: [], seasonalMa: [] },
  { ar: [1.2, -0.5], ma: [0.4], seasonalAr: [], seasonalMa: [] },
  { ar: [0.3], ma: [0.5], seasonalAr: [0.6], seasonalMa: [-0.7] },
  { ar: [-0.3, 0.2, 0.1, 0.1, -0.2], ma: [], seasonalAr: [0.5], seasonalMa: [0.4, 0.2] },
  // not invertible: the likelihood is that of its mirror image, and exact all the same
  { ar: [0.2], ma: [1.6], seasonalAr: [], seasonalMa: [-1] },
]

/** φ and θ of a seasonal model, multiplied out. */
function multiplied({ ar, ma, seasonalAr, seasonalMa }: (typeof models)[number]): [number[], number[]] {
  const times = (short: number[], long: number[]): number[] => {
    const a = [1, ...short]
    const b = [1, ...long.flatMap((value) => [...new Array<number>(M - 1).fill(0), value])]
    const product = new Array<number>(a.length + b.length - 1).fill(0)
    for (const [i, x] of a.entries()) for (const [j, y] of b.entries()) product[i + j]! += x * y
    return product.slice(1)
  }
  const minus = (values: number[]): number[] => values.map((value) => -value)
  return [minus(times(minus(ar), minus(seasonalAr))), times(ma, seasonalMa)]
}

const random = randomStream('arima likelihood')
const y = Array.from({ length: 70 }, () => 5 + 2 * random.normal())

function difference(values: readonly number[], lag: number): number[] {
  return values.slice(lag).map((value, t) => value - values[t]!)
}

const same = (a: number, b: number): void => assert.ok(Math.abs(a - b) < ROUNDING * Math.abs(b), `${a} against ${b}`)

for (const [i, model] of models.entries()) {
  const [phi, theta] = multiplied(model)
  const ours = (values: readonly number[], d: number, D: number, constant: boolean): number =>
    likelihoodOf(
      { name: '', values: Float64Array.from(values), seasonLength: M, calendar: null },
      { d, D, constant },
      model,
    )

  test(`model ${i}: the filter's likelihood is the dense one, with and without a mean`, () => {
    same(ours(y, 0, 0, true), denseLogLikelihood(y, phi, theta, true))
    same(ours(y, 0, 0, false), denseLogLikelihood(y, phi, theta, false))
  })

  test(`model ${i}: of a differenced series it is that of the differences`, () => {
    same(ours(y, 1, 1, false), denseLogLikelihood(difference(difference(y, M), 1), phi, theta, false))
    same(ours(y, 1, 0, true), denseLogLikelihood(difference(y, 1), phi, theta, true))
  })

  test(`model ${i}: with gaps it is that of what was observed`, () => {
    const holes = y.map((value, t) => (t % 9 === 4 || t === 30 || t === 32 ? Number.NaN : value))
    same(ours(holes, 0, 0, true), denseLogLikelihood(holes, phi, theta, true))
  })
}

const price = Array.from({ length: 70 }, () => random.normal())
const promotion = Array.from({ length: 70 }, (_, t) => Number(t % 13 < 2))

for (const [i, model] of models.entries()) {
  const [phi, theta] = multiplied(model)
  const seriesOf = (values: readonly number[], columns: readonly (readonly number[])[]): Series => ({
    ...{ name: '', values: Float64Array.from(values), seasonLength: M, calendar: null },
    regressors: { names: columns.map((_, c) => `x${c}`), columns: columns.map((column) => Float64Array.from(column)) },
  })

  test(`model ${i}: with regressors it is that of generalised least squares, collinear ones left out`, () => {
    const dear = y.map((value, t) => value + 3 * price[t]! - 2 * promotion[t]!)
    const series = seriesOf(dear, [price, promotion, price.map((value, t) => value - promotion[t]!), dear.map(() => 4)])
    same(
      likelihoodOf(series, { d: 0, D: 0, constant: true }, model),
      denseLogLikelihood(dear, phi, theta, true, [price, promotion]),
    )
    const steps = [price, promotion].map((column) => difference(column, 1))
    same(
      likelihoodOf(series, { d: 1, D: 0, constant: false }, model),
      denseLogLikelihood(difference(dear, 1), phi, theta, false, steps),
    )
  })

  test(`model ${i}: both ways through gaps lead to the same likelihood`, () => {
    const holes = y.map((value, t) => ((t > 1 && t % 5 === 3) || t === 30 || t === 31 ? Number.NaN : value))
    for (const [d, D, constant] of [
      [0, 0, true],
      [1, 0, true],
      [0, 1, true],
      [1, 1, false],
    ] as const) {
      const series = seriesOf(holes, [price])
      const pulses = likelihoodOf(series, { d, D, constant }, model, 'pulses')
      same(likelihoodOf(series, { d, D, constant }, model, 'levels'), pulses)
    }
  })
}

test('an explosive process has no likelihood', () => {
  const series = { name: '', values: Float64Array.from(y), seasonLength: 1, calendar: null }
  const explosive = { ar: [1.01], ma: [], seasonalAr: [], seasonalMa: [] }
  assert.equal(likelihoodOf(series, { d: 0, D: 0, constant: true }, explosive), Number.NEGATIVE_INFINITY)
})
