import assert from 'node:assert/strict'
import { test } from 'node:test'
import { regress } from '../../src/math/linear-regression.ts'
import { randomStream } from '../../src/math/random.ts'

const random = randomStream('regression')
const noise = (n: number): Float64Array => Float64Array.from({ length: n }, () => random.normal())

test('a line by its closed form, with the t value of its slope', () => {
  const n = 40
  const x = Float64Array.from({ length: n }, (_, i) => 1000 + i)
  const y = noise(n).map((value, i) => value + 3 * x[i]! + 5)
  const { coefficients, squares, rank, lastT } = regress(y, [new Float64Array(n).fill(1), x])
  const meanX = x.reduce((a, b) => a + b) / n
  const meanY = y.reduce((a, b) => a + b) / n
  let xx = 0
  let xy = 0
  for (let i = 0; i < n; i++) {
    xx += (x[i]! - meanX) ** 2
    xy += (x[i]! - meanX) * (y[i]! - meanY)
  }
  const slope = xy / xx
  let left = 0
  for (let i = 0; i < n; i++) left += (y[i]! - meanY - slope * (x[i]! - meanX)) ** 2
  assert.equal(rank, 2)
  assert.ok(Math.abs(coefficients[1]! - slope) < 1e-10)
  assert.ok(Math.abs(coefficients[0]! - (meanY - slope * meanX)) < 1e-7)
  assert.ok(Math.abs(squares - left) < 1e-9)
  assert.ok(Math.abs(lastT / (slope / Math.sqrt(left / (n - 2) / xx)) - 1) < 1e-9)
})

test('residuals are orthogonal to every column, and a dependent column changes nothing', () => {
  const n = 30
  const columns = Array.from({ length: 5 }, () => noise(n))
  const y = noise(n)
  const { coefficients, squares } = regress(y, columns)
  const residual = y.map((value, i) => columns.reduce((left, x, k) => left - coefficients[k]! * x[i]!, value))
  for (const x of columns) assert.ok(Math.abs(x.reduce((sum, value, i) => sum + value * residual[i]!, 0)) < 1e-12)
  const more = regress(y, [...columns, columns[0]!.map((value, i) => 2 * value - columns[3]![i]!)])
  assert.ok(Math.abs(more.squares - squares) < 1e-12)
  assert.deepEqual([more.rank, more.coefficients[5], more.lastT], [5, 0, Number.NaN])
})
