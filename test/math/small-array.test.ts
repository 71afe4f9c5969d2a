import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallArray, smallArrayFrom } from '../../src/math/small-array.ts'

test('small arrays are zeros of their length, and none is written to by another', () => {
  const lengths = Array.from({ length: 500 }, (_, i) => (i * 37) % 600)
  const arrays = lengths.map((length, i) => {
    const array = smallArray(length)
    assert.ok(
      array.every((value) => value === 0),
      `${i}`,
    )
    return array.fill(i + 1)
  })
  for (const [i, array] of arrays.entries()) {
    assert.equal(array.length, lengths[i])
    assert.ok(array.every((value) => value === i + 1))
  }
})

test('numbers are copied from wherever they lie in some bytes', () => {
  for (const count of [0, 1, 60, 3000]) {
    const numbers = Float64Array.from({ length: count }, (_, i) => i / 7)
    const bytes = new Uint8Array(8 * count + 11)
    bytes.set(new Uint8Array(numbers.buffer), 5)
    const view = bytes.subarray(2)
    const copy = smallArrayFrom(view, 3, 3 + 8 * count)
    bytes.fill(255)
    assert.deepEqual([...copy], [...numbers])
  }
})
