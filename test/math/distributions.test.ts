import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gammaCdf, gammaQuantile } from '../../src/math/distribution/gamma.ts'
import {
  negativeBinomialCdf,
  negativeBinomialPmf,
  negativeBinomialQuantile,
} from '../../src/math/distribution/negative-binomial.ts'
import { normalCdf, normalDensity, normalQuantile } from '../../src/math/distribution/normal.ts'
import { poissonCdf, poissonPmf, poissonQuantile } from '../../src/math/distribution/poisson.ts'
import { studentCdf, studentQuantile } from '../../src/math/distribution/student.ts'

/** Rows of arguments and, last, the value at 50 digits (mpmath): scripts/make-distribution-goldens.py. */
const golden = JSON.parse(readFileSync(new URL('../golden/distributions.json', import.meta.url), 'utf8')) as Record<
  string,
  number[][]
>

/** Relative tolerance of each function; absolute for probabilities below 1e-290. */
const functions: Record<string, [f: (...x: number[]) => number, tolerance: number]> = {
  normalCdf: [normalCdf as never, 1e-13],
  normalQuantile: [normalQuantile as never, 1e-14],
  studentCdf: [studentCdf as never, 1e-11],
  studentQuantile: [studentQuantile as never, 1e-10],
  gammaCdf: [((x: number, shape: number) => gammaCdf(3 * x, shape, 3)) as never, 1e-12],
  gammaQuantile: [((p: number, shape: number) => gammaQuantile(p, shape, 0.1) * 10) as never, 1e-11],
  poissonPmf: [poissonPmf as never, 1e-12],
  poissonCdf: [poissonCdf as never, 1e-12],
  poissonQuantile: [poissonQuantile as never, 0],
  negativeBinomialPmf: [negativeBinomialPmf as never, 1e-12],
  negativeBinomialCdf: [negativeBinomialCdf as never, 1e-8],
  negativeBinomialQuantile: [negativeBinomialQuantile as never, 0],
}

for (const [name, [f, tolerance]] of Object.entries(functions))
  test(`${name} agrees with 50 digits to ${tolerance}`, () => {
    const rows = golden[name]!
    assert.ok(rows.length > 10)
    let worst = 0
    let where: number[] = []
    for (const row of rows) {
      const expected = row.at(-1)!
      const found = f(...row.slice(0, -1))
      const error = found === expected ? 0 : Math.abs(found - expected) / Math.max(Math.abs(expected), 1e-290)
      if (!(error <= worst)) {
        worst = error
        where = [...row, found]
      }
    }
    assert.ok(worst <= tolerance, `relative error ${worst} at ${where}`)
  })

test('ends and nonsense: quantiles at 0 and 1, NaN outside', () => {
  assert.equal(normalQuantile(0), Number.NEGATIVE_INFINITY)
  assert.equal(studentQuantile(1, 3), Number.POSITIVE_INFINITY)
  assert.equal(studentQuantile(0.5, 3), 0)
  assert.equal(gammaQuantile(0, 2, 1), 0)
  assert.equal(poissonQuantile(0.9, 0), 0)
  assert.equal(negativeBinomialQuantile(1, 2, 1), Number.POSITIVE_INFINITY)
  for (const p of [-0.1, 1.1, Number.NaN])
    for (const value of [
      normalQuantile(p),
      studentQuantile(p, 3),
      gammaQuantile(p, 2, 1),
      poissonQuantile(p, 4),
      negativeBinomialQuantile(p, 4, 2),
    ])
      assert.ok(Number.isNaN(value))
  assert.ok(Number.isNaN(poissonPmf(2, -1)) && Number.isNaN(negativeBinomialCdf(2, 1, 0)))
  assert.ok(Math.abs(normalDensity(1) - 0.24197072451914337) < 1e-16)
})

test('the quantile of a discrete cdf at k is k, also far out', () => {
  for (const mean of [0.2, 3, 57.3, 1e5])
    for (const k of [
      Math.max(0, Math.floor(mean - 2 * Math.sqrt(mean))),
      Math.ceil(mean),
      Math.ceil(mean + 2 * Math.sqrt(mean)),
    ]) {
      assert.equal(poissonQuantile(poissonCdf(k, mean), mean), k)
      assert.equal(negativeBinomialQuantile(negativeBinomialCdf(k, mean, 2.5), mean, 2.5), k)
    }
})

test('a very large size is the Poisson distribution', () => {
  assert.ok(Math.abs(negativeBinomialPmf(7, 5, 1e12) / poissonPmf(7, 5) - 1) < 1e-10)
  assert.equal(negativeBinomialPmf(7, 5, Number.POSITIVE_INFINITY), poissonPmf(7, 5))
})
