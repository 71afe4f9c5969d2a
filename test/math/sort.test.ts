import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomStream } from '../../src/math/random.ts'
import { sortNumbers } from '../../src/math/sort.ts'

const KINDS: Readonly<Record<string, (random: ReturnType<typeof randomStream>, i: number) => number>> = {
  normal: (random) => random.normal(),
  'heavy tails': (random) => 1 / random.uniform(),
  equal: () => 3,
  few: (random) => Math.floor(4 * random.uniform()),
  counts: (random) => Math.floor(40 * random.uniform() ** 6),
  'counts of both signs': (random) => Math.floor(60 * (random.uniform() - 0.5) ** 5),
  'counts and a half': (random, i) => (i === 9 ? 0.5 : Math.floor(40 * random.uniform() ** 6)),
  'one far away': (random, i) => (i === 7 ? 1e300 : random.uniform()),
  missing: (random, i) => (i % 5 === 0 ? Number.NaN : random.normal()),
  infinite: (random, i) => (i === 3 ? Number.NEGATIVE_INFINITY : random.normal()),
  huge: (random) => 1.7e308 * random.normal(),
  tiny: (random) => 5e-324 * Math.floor(10 * random.uniform()),
}

for (const [kind, draw] of Object.entries(KINDS))
  test(`sorts as the language does: ${kind}`, () => {
    for (const n of [0, 1, 31, 32, 100, 500, 2000]) {
      const random = randomStream(`${kind} ${n}`)
      const values = Float64Array.from({ length: n }, (_, i) => draw(random, i))
      assert.deepEqual(sortNumbers(values.slice()), values.slice().sort())
    }
  })

test('sorts a part and leaves the rest', () => {
  for (const [kind, draw] of Object.entries(KINDS))
    for (const n of [20, 300]) {
      const random = randomStream(kind)
      const values = Float64Array.from({ length: n + 40 }, (_, i) => draw(random, i))
      const wanted = values.slice()
      wanted.subarray(7, 7 + n).sort()
      assert.deepEqual(sortNumbers(values.slice(), 7, 7 + n), wanted, `${kind} ${n}`)
    }
})
