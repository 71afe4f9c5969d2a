import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normalQuantile } from '../../../src/math/distribution/normal.ts'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { quantileSorted } from '../../../src/math/quantile.ts'
import { randomStream } from '../../../src/math/random.ts'
import { type EtsFit, ets } from '../../../src/models/ets/index.ts'
import { filter, loss, makeTrace } from '../../../src/models/ets/kernel.ts'
import { projector, simulate } from '../../../src/models/ets/simulate.ts'
import { formName, shapeOf } from '../../../src/models/ets/spec.ts'
import { cases, formOf, type GoldenCase, nameOf, parametersOf, seriesOf } from './golden.ts'

/** R prints 10 significant digits of its parameters; a likelihood and a forecast amplify that no further than this. */
const PRINTED = 1e-6
/** What an optimiser may stop short of R's own, as the reference states. */
const OPTIMISER = 1e-3

test("the recursion at R's parameters has R's likelihood and R's forecasts", () => {
  let inadmissible = 0
  for (const item of cases) {
    const { season, values } = seriesOf(item)
    const y = Float64Array.from(values)
    const shape = shapeOf(formOf(item), season)
    const parameters = parametersOf(item)
    const trace = makeTrace(y.length)
    // R lets ŷ run below zero under multiplicative errors; for us such a point is inadmissible.
    if (!filter(shape, y, parameters, trace)) {
      assert.equal(item.model[0], 'M', nameOf(item))
      inadmissible++
      continue
    }
    const { squares, logs, count } = loss(shape, y, trace.fitted)
    const logLikelihood = -0.5 * (count * Math.log(squares) + 2 * logs)
    assert.ok(Math.abs(logLikelihood - item.loglik) < PRINTED * Math.abs(item.loglik), nameOf(item))

    const horizon = item.mean.length
    const member = {
      ...parameters,
      form: formName(formOf(item)),
      label: '',
      weight: 1,
      initial: [],
      final: Array.from(parameters.states),
      variance: item.sigma2,
      logLikelihood,
      aicc: 0,
      evaluations: 0,
      effects: [],
    }
    const path = new Float64Array(horizon)
    projector(member, { seasonLength: season, observations: y.length }, horizon)(new Float64Array(horizon), 0, path, 0)
    const sd = Math.sqrt(item.sigma2)
    for (let h = 0; h < horizon; h++) {
      const scale = Math.max(Math.abs(item.mean[h]!), sd)
      // Where season and error multiply, R prints the mean of the distribution: the path differs from it by O(variance).
      const allowed = item.model[2] === 'M' ? (h + 1) * item.sigma2 : PRINTED
      assert.ok(Math.abs(path[h]! - item.mean[h]!) <= allowed * scale, `${nameOf(item)} step ${h + 1}`)
    }
  }
  assert.ok(inadmissible < 0.1 * cases.length, `${inadmissible} inadmissible`)
})

test("maximum likelihood reaches R's log-likelihood on every classic fit", () => {
  const short = cases.filter((item) => {
    const { season, values } = seriesOf(item)
    const spec = ets.check({ estimation: 'ml', selection: 'best', form: formName(formOf(item)) })
    const series = { name: '', values: Float64Array.from(values), seasonLength: season, calendar: null }
    const fit = ets.fit(series, spec, unlimited)
    return fit.members[0]!.logLikelihood - values.length * Math.log(fit.scale) < item.loglik - OPTIMISER
  })
  assert.deepEqual(short.map(nameOf), [])
})

const NO_DESIGN = { plan: { regressors: [], waves: [] }, kept: [] }

/** R's parameters as a fit of one form. */
function fitOf(item: GoldenCase, paths: number): EtsFit {
  const { season, values } = seriesOf(item)
  const parameters = parametersOf(item)
  const initial = Array.from(parameters.states)
  filter(shapeOf(formOf(item), season), Float64Array.from(values), parameters, makeTrace(values.length))
  const name = { form: formName(formOf(item)), label: '', weight: 1 }
  const judged = { variance: item.sigma2, logLikelihood: 0, aicc: 0, evaluations: 0, effects: [] }
  const member = { ...parameters, ...name, ...judged, initial, final: Array.from(parameters.states) }
  const base = { model: 'ets' as const, label: '', evaluations: 0, scale: 1, design: NO_DESIGN, paths }
  return { ...base, observations: values.length, seasonLength: season, members: [member] }
}

const linear = cases.filter(({ model }) => model[0] === 'A')

test("the bands of one linear form are R's 80 % bands", () => {
  for (const item of linear) {
    const { spread } = ets.forecast(fitOf(item, 2), item.mean.length, randomStream('unused'))
    assert.equal(spread.kind, 'normal', nameOf(item))
    if (spread.kind !== 'normal') return
    for (let h = 0; h < item.mean.length; h++) {
      const ours = normalQuantile(0.9) * spread.sd[h]!
      const width = bandWidth(item, h)
      // R prints 10 digits of the bound: their difference to the mean keeps those of the larger number.
      const printed = PRINTED * (width + Math.abs(item.mean[h]!))
      assert.ok(Math.abs(ours - width) <= printed, `${nameOf(item)} step ${h + 1}: ${ours} against ${width}`)
    }
  }
})

test('simulated futures agree with the exact spread where there is one', () => {
  for (const item of linear) {
    const horizon = item.mean.length
    const fit = fitOf(item, 4000)
    const { spread } = ets.forecast(fit, horizon, randomStream('unused'))
    assert.equal(spread.kind, 'normal')
    if (spread.kind !== 'normal') return
    const { count, values } = simulate(fit, horizon, randomStream(nameOf(item)))
    for (let h = 0; h < horizon; h++) {
      const column = Float64Array.from({ length: count }, (_, i) => values[i * horizon + h]!).sort()
      const half = (quantileSorted(column, 0.9) - quantileSorted(column, 0.1)) / 2
      // The 10 % quantile of 4,000 antithetic paths has a standard error under 3 % of the half width.
      const width = normalQuantile(0.9) * spread.sd[h]!
      assert.ok(Math.abs(half - width) < 0.1 * width, `${nameOf(item)} step ${h + 1}`)
    }
  }
})

/** Half width of the 80 % band. R 8.20 counts gamma one step early for (A,N,A): there the formula (Hyndman et al. 2008, table 6.1) stands in. */
function bandWidth(item: GoldenCase, step: number): number {
  if (item.model !== 'ANA') return item.mean[step]! - item.lower80[step]!
  const { alpha, gamma } = parametersOf(item)
  let squares = 1
  for (let j = 1; j <= step; j++) squares += (alpha + (j % seriesOf(item).season === 0 ? gamma : 0)) ** 2
  return normalQuantile(0.9) * Math.sqrt(item.sigma2 * squares)
}
