import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Correlation, correlationOf, covarianceOf } from '../../src/hierarchy/covariance.ts'
import { addUp, type Hierarchy, hierarchyOf, type Total } from '../../src/hierarchy/hierarchy.ts'
import { type ErrorCovariance, reconciler } from '../../src/hierarchy/reconcile.ts'
import { cholesky, solve } from '../../src/math/cholesky.ts'
import { type Random, randomStream } from '../../src/math/random.ts'

const total = (...parts: number[]): Total => ({ level: [], group: [], parts: Int32Array.from(parts) })

/** A tree, two crossed groupings, and totals that overlap at random. */
const SHAPES: Readonly<Record<string, Hierarchy>> = {
  'a total of two': hierarchyOf(2, [total(0, 1)]),
  'a tree of three levels': hierarchyOf(9, [
    total(0, 1, 2, 3, 4, 5, 6, 7, 8),
    ...[total(0, 1, 2), total(3, 4), total(5, 6, 7, 8), total(0, 1, 2, 3, 4), total(5, 6)],
  ]),
  'places crossed with products': hierarchyOf(12, [
    total(...Array.from({ length: 12 }, (_, i) => i)),
    ...Array.from({ length: 3 }, (_, place) => total(...[0, 1, 2, 3].map((k) => 4 * place + k))),
    ...Array.from({ length: 4 }, (_, product) => total(...[0, 1, 2].map((k) => 4 * k + product))),
  ]),
}

/** S (Sᵀ W⁻¹ S)⁻¹ Sᵀ W⁻¹ ŷ by dense matrices, as the papers write it. */
function textbook(hierarchy: Hierarchy, { diagonal, factor, rank }: ErrorCovariance, base: Float64Array): Float64Array {
  const m = hierarchy.partCount
  const n = m + hierarchy.totals.length
  const rows = Array.from({ length: n }, (_, node) =>
    Float64Array.from({ length: m }, (_, part) =>
      Number(node < m ? node === part : hierarchy.totals[node - m]!.parts.includes(part)),
    ),
  )
  const w = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let entry = i === j ? diagonal[i]! : 0
      for (let r = 0; r < rank; r++) entry += factor[i * rank + r]! * factor[j * rank + r]!
      w[i * n + j] = entry
    }
  cholesky(w, n)
  const inverse = (column: Float64Array): Float64Array => {
    const copy = column.slice()
    solve(w, n, copy)
    return copy
  }
  const weighted = Array.from({ length: m }, (_, part) => inverse(Float64Array.from(rows, (row) => row[part]!)))
  const normal = new Float64Array(m * m)
  const right = new Float64Array(m)
  for (let a = 0; a < m; a++) {
    for (let node = 0; node < n; node++) {
      right[a]! += weighted[a]![node]! * base[node]!
      for (let b = 0; b < m; b++) normal[a * m + b]! += weighted[a]![node]! * rows[node]![b]!
    }
  }
  cholesky(normal, m)
  solve(normal, m, right)
  return Float64Array.from(rows, (row) => row.reduce((sum, each, part) => sum + each * right[part]!, 0))
}

function covariance(hierarchy: Hierarchy, rank: number, random: Random): ErrorCovariance {
  const n = hierarchy.partCount + hierarchy.totals.length
  return {
    diagonal: Float64Array.from({ length: n }, () => 0.1 + random.uniform()),
    factor: Float64Array.from({ length: n * rank }, () => random.normal()),
    rank,
  }
}

for (const [name, hierarchy] of Object.entries(SHAPES))
  test(`${name}: the projection is that of the textbook's dense matrices, and adds up to rounding`, () => {
    const random = randomStream(name)
    const n = hierarchy.partCount + hierarchy.totals.length
    for (const rank of [0, 1, 5, 30]) {
      const w = covariance(hierarchy, rank, random)
      const base = Float64Array.from({ length: n }, () => 100 * random.normal())
      const values = base.slice()
      reconciler(hierarchy, w)(values)
      const expected = textbook(hierarchy, w, base)
      // two routes through systems whose condition numbers reach 10⁴
      for (let i = 0; i < n; i++) assert.ok(Math.abs(values[i]! - expected[i]!) < 1e-8, `rank ${rank} node ${i}`)
      const again = values.slice()
      addUp(hierarchy, again)
      assert.deepEqual(again, values)
    }
  })

test('forecasts that add up already are left alone', () => {
  const hierarchy = SHAPES['a tree of three levels']!
  const random = randomStream('coherent')
  const values = Float64Array.from({ length: 15 }, () => 10 * random.uniform())
  addUp(hierarchy, values)
  const before = values.slice()
  reconciler(hierarchy, covariance(hierarchy, 4, random))(values)
  for (const [i, value] of values.entries()) assert.ok(Math.abs(value - before[i]!) < 1e-12)
})

test('the shrinkage is that of Schäfer and Strimmer over all pairs, towards the average correlation', () => {
  const random = randomStream('shrinkage')
  const length = 24
  const nodes = 7
  const common = Float64Array.from({ length }, () => random.normal())
  const values = Float64Array.from({ length: nodes * length }, (_, k) => common[k % length]! + 1.5 * random.normal())
  const found = correlationOf({ values, length })
  const pairs: { mean: number; variance: number }[] = []
  for (let i = 0; i < nodes; i++)
    for (let j = 0; j < nodes; j++) {
      if (i === j) continue
      const products = Float64Array.from(
        { length },
        (_, t) => found.scores[i * length + t]! * found.scores[j * length + t]!,
      )
      const mean = products.reduce((sum, each) => sum + each, 0) / length
      const squares = products.reduce((sum, each) => sum + (each - mean) ** 2, 0)
      pairs.push({ mean, variance: (length / (length - 1) ** 3) * squares })
    }
  const average = pairs.reduce((sum, { mean }) => sum + mean, 0) / pairs.length
  let cross = 0
  let squares = 0
  for (let i = 0; i < nodes; i++)
    for (let t = 1; t < length; t++) {
      const [now, before] = [found.scores[i * length + t]!, found.scores[i * length + t - 1]!]
      cross += now * before
      squares += (now ** 2 + before ** 2) / 2
    }
  const lag = Math.max(0, cross / squares)
  const slow = (1 + lag ** 2) / (1 - lag ** 2)
  const variances = slow * pairs.reduce((sum, { variance }) => sum + variance, 0)
  const distances = pairs.reduce((sum, { mean }) => sum + (mean - average) ** 2, 0)
  assert.ok(Math.abs(found.common - average) < 1e-12)
  assert.ok(Math.abs(found.shrinkage - Math.min(1, variances / distances)) < 1e-9)
  assert.ok(found.common > 0.1 && found.common < 0.6)
  const slowly = values.map((_, k) => (k % length === 0 ? 0 : values[k]! + values[k - 1]!))
  assert.ok(correlationOf({ values: slowly, length }).shrinkage > found.shrinkage)
})

const covarianceFor = (hierarchy: Hierarchy, method: 'ols' | 'wls' | 'mint', correlation: Correlation, silent = -1) =>
  covarianceOf(hierarchy, method, correlation, (node) => node === silent, new Float64Array(40).fill(5))

test('noise has no common correlation, and a node that never erred is all but certain', () => {
  const random = randomStream('noise')
  const length = 60
  const values = Float64Array.from({ length: 40 * length }, () => random.normal())
  const { common, shrinkage } = correlationOf({ values, length })
  assert.ok(common < 0.03 && shrinkage > 0.8, `${common} ${shrinkage}`)
  const hierarchy = hierarchyOf(2, [total(0, 1)])
  const errors = Float64Array.from({ length: 36 }, (_, k) => (k < 12 ? 0 : random.normal()))
  const forecast = Float64Array.of(5, 5, 12)
  reconciler(hierarchy, covarianceFor(hierarchy, 'mint', correlationOf({ values: errors, length: 12 })))(forecast)
  assert.ok(Math.abs(forecast[0]! - 5) < 0.01 && forecast[1]! > 5.2 && forecast[1]! < 6.8, [...forecast].join(' '))
})

test('a total without a forecast has no say: the others are reconciled as if it were not there', () => {
  const hierarchy = SHAPES['places crossed with products']!
  const random = randomStream('one total is missing')
  const { totals, partCount } = hierarchy
  const nodes = partCount + totals.length
  const silent = 3
  const length = 20
  const all = correlationOf({ values: Float64Array.from({ length: nodes * length }, () => random.normal()), length })
  const correlation = { ...all, shrinkage: 0.3, common: 0.2 }
  const forecast = Float64Array.from({ length: nodes }, () => 10 * random.uniform())
  const without = hierarchyOf(
    partCount,
    totals.filter((_, k) => k !== silent),
  )
  const kept = (_: unknown, i: number): boolean => i !== partCount + silent
  const scores = correlation.scores.filter((_, k) => kept(_, Math.floor(k / length)))
  const rest = { ...correlation, scores, sd: correlation.sd.filter(kept) }
  for (const method of ['ols', 'wls', 'mint'] as const) {
    const full = forecast.slice()
    reconciler(hierarchy, covarianceFor(hierarchy, method, correlation, partCount + silent))(full)
    const some = forecast.filter(kept)
    reconciler(without, covarianceFor(without, method, rest))(some)
    for (const [i, value] of some.entries()) assert.ok(Math.abs(value - full.filter(kept)[i]!) < 1e-9, `${method} ${i}`)
  }
})
