import assert from 'node:assert/strict'
import { test } from 'node:test'
import { METHODS, type PastErrors } from '../../src/hierarchy/covariance.ts'
import { hierarchyOf } from '../../src/hierarchy/hierarchy.ts'
import { totalName, totalsBy } from '../../src/hierarchy/levels.ts'
import { isTemplate, keysByTemplate, keysOfNames } from '../../src/hierarchy/names.ts'
import { reconcileForecasts } from '../../src/hierarchy/reconcile-forecasts.ts'
import { normalQuantile } from '../../src/math/distribution/normal.ts'
import { randomStream } from '../../src/math/random.ts'
import type { PublishedForecast } from '../../src/models/published-forecast.ts'

const places = ['Milano', 'Roma', 'Napoli']
const products = ['A', 'B', 'C', 'D']
const names = places.flatMap((place) => products.map((product) => `${place}_${product}`))
const keys = keysOfNames(names)!
const hierarchy = hierarchyOf(names.length, totalsBy(keys))

const probabilities = Float64Array.of(0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
const normal = (mean: number, sd: number, horizon: number): PublishedForecast => ({
  mean: new Float64Array(horizon).fill(mean),
  bands: {
    probabilities,
    values: Float64Array.from({ length: horizon * 7 }, (_, k) => mean + sd * normalQuantile(probabilities[k % 7]!)),
    response: new Float64Array(horizon).fill(1, 0, 1),
  },
})
const at = ({ bands }: PublishedForecast, step: number, p: number): number =>
  bands!.values[step * probabilities.length + probabilities.indexOf(p)]!

test('names like Milano_A give totals by place, by product and of all', () => {
  assert.deepEqual(keys.columns, ['1', '2'])
  const totals = hierarchy.totals.map((total) => [totalName(total, keys.columns), total.parts.length])
  assert.deepEqual(totals, [
    ...products.map((product) => [`*_${product}`, 3]),
    ...places.map((place) => [`${place}_*`, 4]),
    ['*', 12],
  ])
})

test('names that fall into no equal pieces, or where no piece comes again, give nothing', () => {
  assert.equal(keysOfNames(['a', 'b']), null)
  assert.equal(keysOfNames(['a_b', 'c_d_e']), null)
  assert.equal(keysOfNames(['a_b', 'c_d']), null)
  assert.deepEqual(keysOfNames(['SKU / 1 / x', 'SKU / 2 / x', 'SKU / 2 / y'])?.columns, ['2', '3'])
})

test('a template splits names whose pieces hold the separator; a state and its regions make no pairs', () => {
  const template = 'AT_{region}_{state:New_South_Wales|Victoria}_{purpose}'
  assert.ok(isTemplate(template) && !isTemplate('{a}_{a}') && !isTemplate('Milano_A'))
  const given = [
    'AT_Blue_Mountains_New_South_Wales_Holiday',
    'AT_Sydney_New_South_Wales_Holiday',
    'AT_Mallee_Victoria_Business',
  ]
  const { columns, rows } = keysByTemplate([...given, 'AT_Mallee_Victoria_Holiday', 'nonsense'], template)
  assert.deepEqual(columns, ['region', 'state', 'purpose'])
  assert.deepEqual(rows[0], ['Blue_Mountains', 'New_South_Wales', 'Holiday'])
  assert.equal(rows[4], null)
  const found = totalsBy({ columns, rows: rows.slice(0, 4).map((row) => row!) })
  assert.deepEqual(
    found.map((total) => totalName(total, columns)),
    ['*', 'Mallee_*_*', '*_New_South_Wales_*', '*_Victoria_*', '*_*_Holiday', '*_New_South_Wales_Holiday'],
  )
})

for (const method of METHODS)
  test(`${method}: means add up to 1e-9 at every step, nothing is below zero, bands are in order`, () => {
    const random = randomStream(method)
    const horizon = 5
    const base = Array.from({ length: hierarchy.partCount + hierarchy.totals.length }, (_, i) => {
      const parts = i < names.length ? 1 : hierarchy.totals[i - names.length]!.parts.length
      return normal(parts * (20 + 15 * random.normal()), 8 * parts, horizon)
    })
    const length = 20
    const errors: PastErrors = {
      values: Float64Array.from({ length: base.length * length }, () => random.normal()),
      length,
    }
    const floors = names.map(() => true)
    const { forecasts } = reconcileForecasts(hierarchy, base, floors, errors, method, random)
    for (const [k, { parts }] of hierarchy.totals.entries())
      for (let h = 0; h < horizon; h++) {
        const sum = Array.from(parts).reduce((all, part) => all + forecasts[part]!.mean[h]!, 0)
        const total = forecasts[names.length + k]!
        assert.ok(Math.abs(sum - total.mean[h]!) < 1e-9 * (1 + sum))
        // what no part can be below, their sum cannot
        assert.ok(at(total, h, 0.025) >= 0)
      }
    for (const { mean, bands } of forecasts) {
      assert.ok(mean.every((value) => value >= 0))
      for (let k = 1; k < bands!.values.length; k++)
        if (k % 7 !== 0) assert.ok(bands!.values[k]! >= bands!.values[k - 1]!)
    }
  })

test('a distribution of the total is that of the sum of its parts: narrower where they err apart than together', () => {
  const two = hierarchyOf(2, [{ level: [], group: [], parts: Int32Array.of(0, 1) }])
  const base = [normal(100, 10, 1), normal(50, 10, 1), normal(150, 30, 1)]
  const length = 2000
  const width = (correlation: number): number => {
    const random = randomStream('width')
    const values = new Float64Array(3 * length)
    for (let t = 0; t < length; t++) {
      const common = random.normal()
      const error = (): number => Math.sqrt(correlation) * common + Math.sqrt(1 - correlation) * random.normal()
      values[t] = error()
      values[length + t] = error()
      values[2 * length + t] = values[t]! + values[length + t]!
    }
    const found = reconcileForecasts(two, base, [false, false], { values, length }, 'bottom_up', random).forecasts
    assert.ok(Math.abs(at(found[0]!, 0, 0.9) - at(base[0]!, 0, 0.9)) < 1, 'a part keeps its own spread')
    return (at(found[2]!, 0, 0.9) - at(found[2]!, 0, 0.1)) / 2 / normalQuantile(0.9)
  }
  // √(10² + 10² + 2 ρ 10 10); 499 futures of a mixture are within a tenth
  for (const correlation of [0, 0.5, 0.9]) {
    const expected = Math.sqrt(200 + 200 * correlation)
    assert.ok(Math.abs(width(correlation) / expected - 1) < 0.1, `${correlation}: ${width(correlation)} ${expected}`)
  }
})

test('correlations that broke are not weighed by: mint becomes wls, and says so', () => {
  const base = [...names.map((_, i) => normal(10 + i, 2, 2))]
  const all = [...base, ...hierarchy.totals.map(({ parts }) => normal(20 * parts.length, 9, 2))]
  const length = 40
  const errors = (broken: boolean): PastErrors => {
    const random = randomStream('breaks')
    const values = new Float64Array(all.length * length)
    for (let t = 0; t < length; t++) {
      // every other part has an error of its own twin; after a break it has the opposite one
      const sign = broken && t >= length / 2 ? -1 : 1
      for (let i = 0; i < names.length; i += 2) {
        const error = 4 * random.normal()
        values[i * length + t] = error + 0.2 * random.normal()
        values[(i + 1) * length + t] = -sign * error + 0.2 * random.normal()
      }
      for (const [k, { parts }] of hierarchy.totals.entries()) {
        const sum = Array.from(parts).reduce((total, part) => total + values[part * length + t]!, 0)
        values[(names.length + k) * length + t] = 0.5 * sum + random.normal()
      }
    }
    return { values, length }
  }
  const run = (broken: boolean) =>
    reconcileForecasts(
      hierarchy,
      all,
      names.map(() => true),
      errors(broken),
      'mint',
      randomStream('1'),
    )
  assert.deepEqual([run(false).method, run(true).method], ['mint', 'wls'])
})

test('the same input gives the same bytes', () => {
  const base = names.map((_, i) => normal(10 + i, 2, 2))
  const all = [...base, ...hierarchy.totals.map(({ parts }) => normal(20 * parts.length, 9, 2))]
  const errors = { values: Float64Array.from({ length: all.length * 9 }, (_, k) => Math.sin(k)), length: 9 }
  const once = () =>
    reconcileForecasts(
      hierarchy,
      all,
      names.map(() => true),
      errors,
      'mint',
      randomStream('1'),
    )
  assert.deepEqual(once(), once())
})
