import assert from 'node:assert/strict'
import { test } from 'node:test'
import { erfc } from '../../src/math/distribution/error-function.ts'
import { incompleteBeta } from '../../src/math/distribution/incomplete-beta.ts'
import { lowerGamma, upperGamma } from '../../src/math/distribution/incomplete-gamma.ts'
import { logGamma } from '../../src/math/distribution/log-gamma.ts'

// the distributions built on these are checked against 50 digits; here what they do not reach

/** Digits that double precision leaves after some ten operations. */
const TOLERANCE = 1e-14
/** Terms of a continued fraction, or a difference, cost one or two more. */
const SUMMED = 1e-12

const near = (found: number, expected: number, tolerance = TOLERANCE): void =>
  assert.ok(Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${found}, not ${expected}`)

test('erfc: both sides of each border between its approximations are alike, and it ends at 0 and 2', () => {
  for (const border of [0.46875, 4]) {
    const [below, above] = [erfc(border), erfc(border * (1 + 1e-15))]
    assert.ok(Math.abs(below - above) <= 1e-13 * below, `${below} and ${above}`)
  }
  for (const x of [0.1, 0.46, 0.5, 3, 5]) near(erfc(x) + erfc(-x), 2)
  assert.equal(erfc(0), 1)
  assert.equal(erfc(Number.POSITIVE_INFINITY), 0)
  assert.equal(erfc(Number.NEGATIVE_INFINITY), 2)
  assert.ok(Number.isNaN(erfc(Number.NaN)))
})

test('log Γ is the logarithm of factorials, and grows by log x', () => {
  let factorial = 1
  for (let n = 1; n < 20; n++) {
    near(logGamma(n), Math.log(factorial))
    factorial *= n
  }
  near(logGamma(0.5), 0.5 * Math.log(Math.PI))
  for (const x of [1e-8, 0.3, 2.7, 15.5, 16.5, 1e4]) near(logGamma(x + 1), logGamma(x) + Math.log(x))
  assert.ok(Number.isNaN(logGamma(0)))
})

test('the incomplete beta function has its closed forms and its symmetry', () => {
  for (const x of [1e-9, 0.01, 0.3, 0.5, 0.9, 0.999]) {
    near(incompleteBeta(x, 1, 1), x)
    near(incompleteBeta(x, 0.5, 0.5), (2 / Math.PI) * Math.asin(Math.sqrt(x)), SUMMED)
    near(incompleteBeta(x, 3, 1), x ** 3)
    for (const [a, b] of [
      [0.1, 7],
      [12, 3],
      [1e5, 2e5],
    ] as const) {
      near(incompleteBeta(x, a, b) + incompleteBeta(x, a, b, true), 1)
      // of a tiny x its complement keeps few digits
      if (x >= 0.01) near(incompleteBeta(x, a, b), incompleteBeta(1 - x, b, a, true), SUMMED)
    }
  }
  assert.equal(incompleteBeta(0, 2, 3), 0)
  assert.equal(incompleteBeta(1, 2, 3, true), 0)
  assert.ok(Number.isNaN(incompleteBeta(1.1, 2, 3)))
})

test('both incomplete gamma functions add to 1, and for whole shapes are the Poisson sum', () => {
  for (const x of [1e-6, 0.5, 3, 999, 1001])
    for (const shape of [0.05, 1, 2.5, 40, 1000]) near(lowerGamma(x, shape) + upperGamma(x, shape), 1)
  for (const x of [0.1, 2, 9]) near(upperGamma(x, 3), Math.exp(-x) * (1 + x + (x * x) / 2))
})
