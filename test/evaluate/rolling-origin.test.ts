import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseOrigins, errorBySteps, losses, rollingOrigin } from '../../src/evaluate/rolling-origin.ts'

const options = { horizon: 12, validationSplit: 0.2, count: 3, leastTraining: 6 }

test('origins lie in the last share of the history and leave a horizon to judge', () => {
  assert.deepEqual(chooseOrigins(120, options), [
    { at: 96, steps: 12 },
    { at: 102, steps: 12 },
    { at: 108, steps: 12 },
  ])
  assert.deepEqual(chooseOrigins(120, { ...options, count: 1 }), [{ at: 96, steps: 12 }])
  // horizon longer than the part kept: the later origins are judged on fewer steps
  assert.deepEqual(chooseOrigins(60, { ...options, horizon: 30 }), [
    { at: 48, steps: 12 },
    { at: 51, steps: 9 },
    { at: 54, steps: 6 },
  ])
})

test('every origin has enough to fit on and something to judge', () => {
  for (let n = 0; n < 80; n++)
    for (const validationSplit of [0.1, 0.2, 0.4])
      for (const count of [1, 3, 6])
        for (const horizon of [1, 12, 30]) {
          const origins = chooseOrigins(n, { horizon, validationSplit, count, leastTraining: 6 })
          assert.equal(origins.length > 0, n >= 7)
          assert.ok(origins.length <= count)
          for (const { at, steps } of origins) {
            assert.ok(at >= 6 && steps >= 1 && steps <= horizon && at + steps <= n)
          }
        }
})

test('a model sees the values before its origin and nothing else', () => {
  const values = Float64Array.from({ length: 120 }, (_, i) => i)
  const seen: number[][] = []
  const trials = rollingOrigin(
    values,
    chooseOrigins(120, options),
    (past, steps, index) => {
      seen.push([index, past.length, past.buffer.byteLength / 8, past[past.length - 1]!])
      past.fill(Number.NaN) // what it does to its copy stays its own
      return { mean: new Float64Array(steps).fill(95), spread: { kind: 'none' } }
    },
    () => null,
  )!
  assert.deepEqual(seen, [
    [0, 96, 96, 95],
    [1, 102, 102, 101],
    [2, 108, 108, 107],
  ])
  assert.ok(!values.some(Number.isNaN))
  assert.deepEqual(losses(trials.slice(0, 1), Math.abs), [{ total: 78, count: 12 }])
  assert.equal(errorBySteps(trials)[0], (1 + 7 + 13) / 3)
})

test('a model that cannot be fitted at one origin has no trials', () => {
  const origins = chooseOrigins(120, options)
  const answer = rollingOrigin(
    new Float64Array(120),
    origins,
    (_, steps, index) => (index === 1 ? null : { mean: new Float64Array(steps), spread: { kind: 'none' } }),
    () => null,
  )
  assert.equal(answer, null)
})
