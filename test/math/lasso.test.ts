import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cholesky, solve } from '../../src/math/cholesky.ts'
import { lasso } from '../../src/math/optimize/lasso.ts'
import { randomStream } from '../../src/math/random.ts'

const SIZE = 8
/** Products of nearly collinear columns, as the hinges of a bending line are. */
function problem(seed: number): { h: Float64Array; g: Float64Array } {
  const random = randomStream(`lasso ${seed}`)
  const hinge = (j: number, t: number): number => Math.max(0, t - j / SIZE)
  const h = new Float64Array(SIZE * SIZE)
  const g = new Float64Array(SIZE)
  for (let i = 0; i < 60; i++) {
    const t = i / 59
    const y = 3 * Math.abs(t - 0.4) + 0.3 * random.normal()
    for (let a = 0; a < SIZE; a++) {
      g[a]! += hinge(a, t) * y
      for (let b = 0; b < SIZE; b++) h[a * SIZE + b]! += hinge(a, t) * hinge(b, t)
    }
  }
  return { h, g }
}

test('the conditions of the minimum hold, from any start', () => {
  for (let seed = 0; seed < 20; seed++)
    for (const penalty of [0.001, 0.05, 0.5, 5, 1e4]) {
      const { h, g } = problem(seed)
      const answers = [0, 1, -2].map((from) => {
        const x = new Float64Array(SIZE).fill(from)
        lasso(h, g, penalty, x)
        for (let i = 0; i < SIZE; i++) {
          let slope = -g[i]!
          for (let j = 0; j < SIZE; j++) slope += h[i * SIZE + j]! * x[j]!
          if (x[i] === 0) assert.ok(Math.abs(slope) <= penalty * (1 + 1e-6), `${seed}, ${penalty}: zero ${i}`)
          else
            assert.ok(
              Math.abs(slope + penalty * Math.sign(x[i]!)) <= 1e-6 * penalty + 1e-9,
              `${seed}, ${penalty}: ${i}`,
            )
        }
        return x
      })
      if (penalty === 1e4) assert.ok(answers.every((x) => x.every((value) => value === 0)))
    }
})

test('a symmetric system is solved, a dependent row left at zero', () => {
  const matrix = Float64Array.of(4, 2, 2, 2, 5, 1, 2, 1, 6)
  const b = Float64Array.of(8, 14, 22)
  const factor = matrix.slice()
  cholesky(factor, 3)
  solve(factor, 3, b)
  const back = [0, 1, 2].map((i) => matrix[i * 3]! * b[0]! + matrix[i * 3 + 1]! * b[1]! + matrix[i * 3 + 2]! * b[2]!)
  for (const [i, value] of [8, 14, 22].entries()) assert.ok(Math.abs(back[i]! - value) < 1e-12)
  const singular = Float64Array.of(1, 1, 1, 1)
  const right = Float64Array.of(2, 2)
  cholesky(singular, 2)
  solve(singular, 2, right)
  assert.deepEqual(Array.from(right), [2, 0])
})
