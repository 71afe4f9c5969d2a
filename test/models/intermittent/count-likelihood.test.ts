import assert from 'node:assert/strict'
import { test } from 'node:test'
import { negativeBinomialPmf } from '../../../src/math/distribution/negative-binomial.ts'
import { poissonPmf } from '../../../src/math/distribution/poisson.ts'
import { randomStream } from '../../../src/math/random.ts'
import { countLikelihood } from '../../../src/models/intermittent/count-likelihood.ts'
import { demandOf } from '../../../src/models/intermittent/demand.ts'
import { zeroInflatedPmf } from '../../../src/models/intermittent/distribution.ts'

/** Relative; hundreds of logarithms are added in another order. */
const ROUNDING = 1e-11

test('the likelihood of counts is that of their probabilities, one by one', () => {
  const random = randomStream('counts')
  const values = Float64Array.from({ length: 300 }, (_, t) =>
    t % 41 === 7 ? Number.NaN : random.uniform() < 0.6 ? 0 : Math.floor(1 + 30 * random.uniform() ** 3),
  )
  values[0] = 2
  let level = 3
  // some of the rates last, some are too small, the first is unknown
  const rates = values.map((_, t) => {
    if (t % 4 === 0) level = 6 * random.uniform()
    return t === 0 ? Number.NaN : t % 50 === 9 ? 1e-9 : level
  })
  const likelihood = countLikelihood(demandOf(values), rates)
  const oneByOne = (pmf: (value: number, mean: number) => number): number => {
    let sum = 0
    for (let t = 0; t < values.length; t++)
      if (!Number.isNaN(values[t]!) && !Number.isNaN(rates[t]!))
        sum -= 2 * Math.log(pmf(values[t]!, Math.max(1e-3, rates[t]!)))
    return sum
  }
  const same = (found: number, expected: number): void =>
    assert.ok(Math.abs(found - expected) < ROUNDING * Math.abs(expected), `${found} for ${expected}`)
  same(likelihood.poisson(), oneByOne(poissonPmf))
  for (const size of [0.01, 0.3, 1, 17, 400])
    same(
      likelihood.negativeBinomial(size),
      oneByOne((value, mean) => negativeBinomialPmf(value, mean, size)),
    )
  for (const zeros of [0, 0.2, 0.9, 0.98])
    same(
      likelihood.zeroInflated(zeros),
      oneByOne((value, mean) => zeroInflatedPmf(value, mean, zeros)),
    )
})
