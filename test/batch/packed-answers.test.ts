import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Finished, packAnswers, unpackAnswers } from '../../src/batch/packed-answers.ts'
import { isWhole, offsetsIn, seal, sealedIn, unseal } from '../../src/batch/seal.ts'
import { joinTexts, splitTexts } from '../../src/batch/texts.ts'

/** Of every size from empty to beyond a page. */
const finished: Finished[] = Array.from({ length: 50 }, (_, i) => ({
  index: 3 * i,
  seconds: i / 8,
  key: `${i}`.padStart(32, '0'),
  body: new Uint8Array(i === 7 ? 90_000 : i * 131).fill(i),
}))
const keys = finished.map(({ key }) => key)

/** As they come out of a message. */
function crossed(sealed: boolean) {
  const packed = packAnswers(finished, sealed)
  return structuredClone(packed, { transfer: [packed.bytes.buffer] })
}

test('answers cross as they are, sealed or not', () => {
  for (const sealed of [false, true]) {
    const packed = crossed(sealed)
    assert.deepEqual(
      [...packed.indexes],
      finished.map(({ index }) => index),
    )
    assert.deepEqual(
      [...packed.seconds],
      finished.map(({ seconds }) => seconds),
    )
    const answers = unpackAnswers(packed, sealed ? keys : [])
    assert.deepEqual(
      answers.map(({ body }) => [...body]),
      finished.map(({ body }) => [...body]),
    )
    assert.equal(
      answers.every(({ row }) => row !== null),
      sealed,
    )
  }
})

test('rows that a worker sealed are whole, and hold each answer under its key where they say', () => {
  const rows = [...new Set(unpackAnswers(crossed(true), keys).map(({ row }) => row!))]
  assert.deepEqual(
    rows.flatMap((row) => row.keys),
    keys,
  )
  assert.ok(rows.length > 1)
  for (const row of rows) {
    const bytes = Buffer.from(row.bytes)
    assert.ok(isWhole(bytes))
    assert.ok(row.keys.length === 1 || bytes.length <= 32_768)
    assert.deepEqual(
      [...sealedIn(bytes)].map(({ key }) => key),
      row.keys,
    )
    for (const [i, offset] of offsetsIn(row).entries()) {
      const { body } = finished[keys.indexOf(row.keys[i]!)]!
      assert.deepEqual([...unseal(row.keys[i]!, bytes, offset, true)!], [...body])
      assert.equal(unseal('f'.repeat(32), bytes, offset, true), null)
    }
  }
  assert.equal(seal([]).bytes.length, 0)
})

test('texts cross as one and are told apart', () => {
  for (const texts of [[], [''], ['a', '', 'ключ', 'a\u0000b', '😀'], keys])
    assert.deepEqual(splitTexts(structuredClone(joinTexts(texts))), texts)
})
