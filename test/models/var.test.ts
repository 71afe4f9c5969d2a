import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fUpperTail } from '../../src/math/distribution/f.ts'
import { studentCdf } from '../../src/math/distribution/student.ts'
import { unlimited } from '../../src/math/optimize/budget.ts'
import { randomStream } from '../../src/math/random.ts'
import { dataOf } from '../../src/models/var/data.ts'
import { criterionOf, estimate } from '../../src/models/var/estimate.ts'
import { vectorAutoregression } from '../../src/models/var/index.ts'
import { companionRadius } from '../../src/models/var/stability.ts'
import type { Series } from '../../src/series/series.ts'

interface Case {
  readonly name: string
  readonly order: number
  readonly series: number[][]
  readonly exog: number[] | null
  readonly coefficients: number[][]
  readonly covariance?: number[][]
  readonly radius: number
  readonly criteria: Readonly<Record<'aic' | 'bic' | 'hqic', number[]>>
  readonly forecast: number[]
  readonly variances: number[]
  readonly granger: { readonly statistic: number; readonly p_infinite: number }[]
}

const { cases } = JSON.parse(readFileSync(new URL('../golden/var.json', import.meta.url), 'utf8')) as { cases: Case[] }
/** Two orthogonalisations of well-conditioned columns: least squares is the same to far more digits than this. */
const SAME = 1e-8
/** The radius by repeated squaring of the companion, after 20 of them. */
const SAME_RADIUS = 1e-5

const seriesOf = ({ series: [own, ...others], exog }: Case): Series => ({
  ...{ name: 'own', values: Float64Array.from(own!), seasonLength: 1, calendar: null },
  companions: { names: others.map((_, i) => `other ${i}`), columns: others.map((each) => Float64Array.from(each)) },
  ...(exog && { regressors: { names: ['outside'], columns: [Float64Array.from(exog)] } }),
})
const near = (actual: number, expected: number, what: string): void =>
  assert.ok(Math.abs(actual - expected) <= SAME * Math.max(1, Math.abs(expected)), `${what}: ${actual} not ${expected}`)

for (const golden of cases)
  test(`${golden.name}: coefficients, order, evidence, forecast and its variance are statsmodels'`, () => {
    const series = seriesOf(golden)
    const { order } = golden
    const fit = vectorAutoregression.fit(series, vectorAutoregression.check({ order, differences: 0 }), unlimited)
    const { scales } = fit
    const outside = golden.exog === null ? 1 : 2
    for (const [i, row] of golden.coefficients.entries())
      for (const [c, value] of row.entries()) {
        const unit = c < outside ? 1 : scales[(c - outside) % scales.length]!
        near((fit.coefficients[i]![c]! * scales[i]!) / unit, value, `coefficient ${i}, ${c}`)
      }
    if (golden.covariance === undefined) return
    const k = scales.length
    for (const [i, row] of golden.covariance.entries())
      for (const [j, value] of row.entries())
        near(fit.covariance[i * k + j]! * scales[i]! * scales[j]!, value, 'covariance')
    assert.ok(Math.abs(fit.radius - golden.radius) < SAME_RADIUS)
    for (const [j, { statistic }] of golden.granger.entries())
      near(fit.evidence[j]!.statistic, statistic, `Granger ${j}`)
    const future = series.regressors?.columns.map((column) => column.slice(series.values.length))
    const forecast = vectorAutoregression.forecast(fit, golden.forecast.length, randomStream(''), future)
    assert.ok(forecast.spread.kind === 'normal')
    for (const [h, value] of golden.forecast.entries()) {
      near(forecast.mean[h]!, value, `step ${h + 1}`)
      near(forecast.spread.sd[h]! ** 2 / fit.widening, golden.variances[h]!, `variance ${h + 1}`)
    }
    // statsmodels compares orders without the regressor, on the same rows
    const data = dataOf({ ...series, regressors: undefined as never }, vectorAutoregression.check({ differences: 0 }))!
    const scale = 2 * scales.reduce((sum, each) => sum + Math.log(each), 0)
    for (const [name, key] of [
      ['aic', 'aic'],
      ['bic', 'bic'],
      ['hannan_quinn', 'hqic'],
    ] as const)
      if (golden.exog === null)
        for (const [p, value] of golden.criteria[key].entries())
          near(criterionOf(estimate(data, p, 5), name) + scale, value, `${name} of order ${p}`)
  })

const simulated = (): { own: Float64Array; leader: Float64Array } => {
  const random = randomStream('leader')
  const leader = new Float64Array(151)
  const own = new Float64Array(151)
  for (let t = 1; t < 151; t++) {
    leader[t] = 0.6 * leader[t - 1]! + random.normal()
    own[t] = 0.9 * leader[t - 1]! + 0.3 * random.normal()
  }
  return { own, leader }
}

test('what leads is found, and foreseen from', () => {
  const { own, leader } = simulated()
  const series: Series = {
    ...{ name: 'own', values: own.slice(0, 150), seasonLength: 1, calendar: null },
    companions: { names: ['leader', 'noise'], columns: [leader, Float64Array.from(own, (_, t) => (t * 7919) % 13)] },
  }
  const fit = vectorAutoregression.fit(series, vectorAutoregression.check(), unlimited)
  assert.ok(fit.evidence[0]!.p < 1e-6 && fit.evidence[1]!.p > 0.01)
  const { mean } = vectorAutoregression.forecast(fit, 1, randomStream(''))
  assert.ok(Math.abs(mean[0]! - 0.9 * leader[149]!) < 0.3)
  // the value of the leader beyond the history is not looked at
  const peeked = {
    ...series,
    companions: { names: ['leader', 'noise'], columns: [leader.with(150, 1e6), series.companions!.columns[1]!] },
  }
  assert.deepEqual(vectorAutoregression.fit(peeked, vectorAutoregression.check(), unlimited), fit)
})

test('the radius of a companion matrix is that of its slowest eigenvalue, complex ones too', () => {
  assert.ok(Math.abs(companionRadius([Float64Array.of(0.5, 0, 0, -0.8)], 2) - 0.8) < SAME_RADIUS)
  // modulus √0.72 at a turn
  assert.ok(
    Math.abs(companionRadius([Float64Array.of(0.6), Float64Array.of(-0.72)], 1) - Math.sqrt(0.72)) < SAME_RADIUS,
  )
  assert.equal(companionRadius([], 2), 0)
})

test('F with one degree above is the square of t', () => {
  for (const t of [0.3, 1.2, 4, 12])
    for (const n of [3, 20, 200]) {
      const two = 2 * (1 - studentCdf(t, n))
      assert.ok(Math.abs(fUpperTail(t * t, 1, n) - two) < 1e-12)
    }
})
