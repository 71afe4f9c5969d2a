import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { randomStream } from '../../../src/math/random.ts'
import { arima } from '../../../src/models/arima/index.ts'
import { likelihoodOf } from '../../../src/models/arima/likelihood-of.ts'
import type { Series } from '../../../src/series/series.ts'

interface Case {
  readonly name: string
  readonly values: readonly (number | null)[]
  readonly season: number
  readonly order: readonly [p: number, d: number, q: number]
  readonly seasonal: readonly [P: number, D: number, Q: number]
  readonly regressors: readonly Readonly<Record<string, number>>[] | null
  readonly coef: Readonly<Record<string, number>>
  readonly loglik: number
  readonly mean: readonly number[]
  readonly se: readonly number[]
}
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/arimax.json'), 'utf8')) as {
  cases: readonly Case[]
}

/** R's diffuse start is an approximation of the likelihood of the differences; without differences both are exact. */
const APART = { differenced: 5e-3, plain: 1e-6 }
/** Of forecasts and their deviations, in deviations: what is left where the coefficients agree to R's own precision. */
const SAME = 2e-3

function seriesOf({ name, values, season, regressors }: Case): Series {
  const plain = {
    name,
    values: Float64Array.from(values, (value) => value ?? Number.NaN),
    seasonLength: season,
    calendar: null,
  }
  if (regressors === null) return plain
  const names = Object.keys(regressors[0]!)
  const columns = names.map((column) => Float64Array.from(regressors, (row) => row[column]!))
  return { ...plain, regressors: { names, columns } }
}

for (const one of cases) {
  const [p, d, q] = one.order
  const [P, D, Q] = one.seasonal
  const series = seriesOf(one)
  const constant = 'intercept' in one.coef
  const coefficients = (name: string, count: number): number[] =>
    Array.from({ length: count }, (_, i) => one.coef[`${name}${i + 1}`]!)
  const theirs = {
    ar: coefficients('ar', p),
    ma: coefficients('ma', q),
    seasonalAr: coefficients('sar', P),
    seasonalMa: coefficients('sma', Q),
  }
  const apart = d + D > 0 ? APART.differenced : APART.plain

  test(`${one.name}: R's likelihood at R's coefficients`, () => {
    const ours = likelihoodOf(series, { d, D, constant }, theirs)
    assert.ok(Math.abs(ours - one.loglik) < apart * Math.max(1, Math.abs(one.loglik) / 100), `${ours}, R ${one.loglik}`)
  })

  test(`${one.name}: the fit reaches it, and forecasts the same`, () => {
    const fit = arima.fit(series, arima.check({ d, D, order: [p, q, P, Q], constant }), unlimited)
    const member = fit.members[0]!
    const ours = likelihoodOf(series, { d, D, constant }, member)
    assert.ok(ours >= one.loglik - apart, `${ours}, R ${one.loglik}`)
    const found = [member.ar, member.ma, member.seasonalAr, member.seasonalMa].flat()
    const agree = found.every((value, i) => Math.abs(value - Object.values(theirs).flat()[i]!) < SAME)
    if (!agree) {
      assert.ok(ours > one.loglik, 'other coefficients only where they are better')
      return
    }
    const n = one.values.length
    const future = series.regressors?.columns.map((column) => column.slice(n))
    const { mean, spread } = arima.forecast(fit, one.mean.length, randomStream('arimax'), future)
    assert.ok(spread.kind === 'normal')
    const freedom = 1 + found.length + (series.regressors?.names.length ?? 0)
    for (const [h, expected] of one.mean.entries()) {
      const deviation = one.se[h]!
      assert.ok(Math.abs(mean[h]! - expected) < 5 * SAME * deviation, `step ${h + 1}: ${mean[h]}, R ${expected}`)
      // ours counts the coefficients' uncertainty: wider, and not by more than there are coefficients for
      const ratio = spread.sd[h]! / deviation
      assert.ok(ratio > 1 - SAME && ratio < 1 + (2 * freedom) / Math.sqrt(n), `step ${h + 1}: ${ratio} of R's`)
    }
  })
}
